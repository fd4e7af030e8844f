"""The system of record: MongoDB through MongoEngine, and `Record`, our base document."""

from archive.database.asking import KeyReused, asking_as, following_up
from archive.database.changing import Planned, change_many
from archive.database.connection import (
    DURABLE,
    DatabaseAway,
    collection_of,
    connect,
    count_up_to,
    create_indexes,
    durable,
    every,
    kind_of,
    next_number,
    ping,
)
from archive.database.differing import BOOKKEEPING
from archive.database.fields import ExactField, MoneyField
from archive.database.record import (
    DUPLICATE,
    EditedMeanwhile,
    Event,
    Record,
    Taken,
    records,
)
from archive.database.shared import Numbered, Working, counts_by
from archive.database.turns import in_turn

__all__ = [
    "BOOKKEEPING",
    "DUPLICATE",
    "DURABLE",
    "DatabaseAway",
    "EditedMeanwhile",
    "Event",
    "ExactField",
    "KeyReused",
    "MoneyField",
    "Numbered",
    "Planned",
    "Record",
    "Taken",
    "Working",
    "asking_as",
    "change_many",
    "collection_of",
    "connect",
    "count_up_to",
    "counts_by",
    "create_indexes",
    "durable",
    "every",
    "following_up",
    "in_turn",
    "kind_of",
    "next_number",
    "ping",
    "records",
]
