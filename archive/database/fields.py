"""Fields that MongoEngine does not bring."""

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from bson import Decimal128
from mongoengine import Decimal128Field
from mongoengine.base import BaseField

BIAS, EXPONENT_AT, SIGN_AT, HALF = 6176, 49, 63, 64  # of 128 bits, as BSON lays them out
MOST_DIGITS = 28  # that decimals are calculated with


def exactly(value: Decimal) -> Decimal128:
    """The finite *value* as MongoDB keeps it: as `Decimal128(value)`, in a tenth of the time."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or len(digits) > MOST_DIGITS or abs(exponent) > BIAS // 2:
        return Decimal128(value)
    significand = int(value.scaleb(-exponent).copy_abs())
    high = sign << SIGN_AT | exponent + BIAS << EXPONENT_AT | significand >> HALF
    return Decimal128((high, significand & (1 << HALF) - 1))  # type: ignore[arg-type]  # BID, as it says


class AsStoredField(BaseField):
    """What is given as MongoDB keeps it, and read so: no objects are made of it."""

    if TYPE_CHECKING:  # MongoEngine, which is untyped, has it

        def __get__(self, record: object, owner: object) -> Any: ...


class ExactField(Decimal128Field):
    """A decimal number with a fixed number of places, kept exactly; read as `Decimal`.

    With *fewest*, the number of places is between both: no more are kept than the number has.
    What has more places is rounded half up, as an invoice is. Numbers that earlier versions kept
    as doubles are read as the decimal that they stood for.
    """

    if TYPE_CHECKING:  # MongoEngine, which is untyped, has it

        def __get__(self, record: object, owner: object) -> Any: ...

    def __init__(self, *, places: int, fewest: int | None = None, **options: Any) -> None:
        self.places = places
        self.fewest = places if fewest is None else fewest
        super().__init__(**options)

    def to_mongo(self, value: Any) -> Decimal128 | None:
        if value is None:
            return None
        if isinstance(value, Decimal128):
            value = value.to_decimal()
        elif not isinstance(value, Decimal):
            value = Decimal(str(value))
        if not value.is_finite():
            return Decimal128(value)
        places = self.places
        if self.fewest < places:
            places = min(places, max(self.fewest, -value.normalize().as_tuple().exponent))
        return exactly(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


class MoneyField(ExactField):
    """An amount in yuan and fen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(places=2, **options)
