"""Fields that MongoEngine does not bring."""

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from bson import Decimal128
from mongoengine import Decimal128Field


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
        places = min(self.places, max(self.fewest, -value.normalize().as_tuple().exponent))
        return Decimal128(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


class MoneyField(ExactField):
    """An amount in yuan and fen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(places=2, **options)
