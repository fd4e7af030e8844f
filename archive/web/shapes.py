"""What the API answers: a shape is declared once and reads what it shows from the record.

A view returns the record itself, with its ETag where it has one (`tagged`); APIFlask validates and
dumps it through the shape that the route declares with `output`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Self

from flask_babel import gettext
from pydantic import BaseModel, BeforeValidator, Field, PlainSerializer, model_validator
from werkzeug.http import quote_etag

from archive import clock
from archive.database import Record
from archive.masking import masked

Key = Annotated[str, BeforeValidator(str)]
"""The identity of a record."""
Money = Annotated[Decimal, PlainSerializer("{:.2f}".format, return_type=str)]
"""An amount in yuan: text with two decimals, which no program takes for a double."""
Number = Annotated[Decimal, PlainSerializer("{:f}".format, return_type=str)]
"""An exact number as text, with as many decimals as are kept."""
Instant = Annotated[datetime, PlainSerializer(clock.local, return_type=datetime)]
"""An instant in ISO 8601, on the company's clock with its offset."""
Masked = Annotated[str, PlainSerializer(masked, return_type=str)]
"""A telephone number of which a part can be read."""
Words = Annotated[
    str,
    PlainSerializer(lambda words: gettext(words), return_type=str),  # noqa: PLW0108  # one argument
]
"""Words for people, in the language of the asker."""


@dataclass(frozen=True)
class Source:
    """Where a field of an `Out` has its value from."""

    get: Callable[[Any], Any]


def reads(source: str | Callable[[Any], Any]) -> Any:
    """Declare a field of an `Out` that does not bear the name of what it shows.

    *source* is an attribute of the record, a path to one (``file.name``; nothing where a step of it
    is nothing), or a function of the record.
    """
    field = Field()
    field.metadata.append(Source(path(source) if isinstance(source, str) else source))
    return field


def path(names: str) -> Callable[[Any], Any]:
    """What reads the attribute at the end of *names*, or None where it ends earlier."""

    def get(record: Any) -> Any:
        for name in names.split("."):
            if record is None:
                return None
            record = getattr(record, name)
        return record

    return get


class Out(BaseModel):
    """Base of every shape. It is made from a record, or from a mapping of its own fields."""

    @model_validator(mode="before")
    @classmethod
    def read(cls, given: Any) -> Any:
        """The value of each field, from the record *given*."""
        return given if isinstance(given, Mapping) else cls.facts_of(given)

    @classmethod
    def facts_of(cls, record: object, **known: Any) -> dict[str, Any]:
        """The value of each field; *known* are those that *record* cannot say."""
        facts = known
        for name, info in cls.model_fields.items():
            if name not in known:
                source = next((each for each in info.metadata if isinstance(each, Source)), None)
                facts[name] = source.get(record) if source else getattr(record, name)
        return facts

    @classmethod
    def of(cls, record: object, **known: Any) -> Self:
        """The shape of *record*; *known* are the fields that it cannot say."""
        return cls.model_validate(cls.facts_of(record, **known))

    @classmethod
    def model_json_schema(cls, *arguments: Any, **options: Any) -> dict[str, Any]:
        """What is sent, which is all that a shape describes; APIFlask asks for what is read."""
        return super().model_json_schema(*arguments, **options | {"mode": "serialization"})


class RecordOut(Out):
    """What every record shows of itself."""

    id: Key
    revision: int
    created_at: Instant
    updated_at: Instant


Tagged = tuple[Record, dict[str, str]]
"""A record and the headers of the answer that shows it."""


def tagged(record: Record, *, address: str = "") -> Tagged:
    """*record* as a view returns it, its revision as the ETag; a new one also has an *address*."""
    headers = {"ETag": quote_etag(str(record.revision))}
    if address:
        headers["Location"] = address
    return record, headers
