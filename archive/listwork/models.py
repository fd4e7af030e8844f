"""The documents of work on lists: acts on many rows, and saved views."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from bson import ObjectId
from mongoengine import (
    BooleanField,
    DateTimeField,
    DictField,
    Document,
    EnumField,
    IntField,
    ListField,
    ObjectIdField,
    Q,
    StringField,
)

from archive.actor import Actor, Role, Scope
from archive.database import Numbered, Record, Working, collection_of, counts_by
from archive.listwork.rules import WORKING, Definition, Outcome, RunState

KEPT_AT_ONCE = 5000


class Run(Numbered, Working):
    """批量操作: one act on many records, with the reason that each of their events carries."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "runs",
        "indexes": [
            {"fields": ["number"], "unique": True},
            ("-created_at", "id"),
            ("state", "worked_at"),
        ],
    }
    derived = Working.derived | {"is_laid_out"}
    working = WORKING

    number = StringField(required=True)
    act = StringField(required=True)
    on = StringField(required=True)  # the key of the list
    facts = DictField()
    reason = StringField(required=True, max_length=500)
    state = EnumField(RunState, required=True, default=RunState.RUNNING)
    language = StringField(default="zh")
    total: int = IntField(required=True)
    made_by_id = StringField(required=True)
    made_by_name = StringField(required=True)
    undone_because = StringField(max_length=500)
    undone_by_id = StringField()
    undone_by_name = StringField()
    is_laid_out = BooleanField()  # whether all its rows are written: before, nothing is done

    @property
    def caption(self) -> str:
        return cast(str, self.number)

    def is_within(self, scope: Scope, actor_id: str) -> bool:
        return scope is Scope.ALL or self.made_by_id == actor_id

    def rows(self, *outcomes: Outcome) -> Any:
        """Its rows, all or those of *outcomes*, as a query."""
        found = RunRow.objects(run_id=self.id)
        return found.filter(outcome__in=outcomes) if outcomes else found

    def counts(self) -> dict[Outcome, int]:
        """How many rows have each outcome."""
        return counts_by("outcome", Outcome, self.rows())


class RunRow(Document):
    """One record of an act on many. Not a record: its act is."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "run_rows",
        "auto_create_index": False,
        "strict": False,
        "indexes": [
            {"fields": ["run_id", "place"], "unique": True},
            ("run_id", "outcome", "place"),
        ],
    }

    run_id = ObjectIdField(required=True)
    place = IntField(required=True)
    record = ObjectIdField(required=True)
    caption = StringField()
    outcome = EnumField(Outcome, required=True, default=Outcome.WAITING)
    why = StringField()
    before = DictField()

    @classmethod
    def lay_out(cls, run: Run, records: Iterable[ObjectId]) -> None:
        """Write a row for each of *records*; a second time changes nothing."""
        cls.objects(run_id=run.id).delete()
        rows = [
            {"run_id": run.id, "place": place, "record": record, "outcome": Outcome.WAITING.value}
            for place, record in enumerate(records, 1)
        ]
        for start in range(0, len(rows), KEPT_AT_ONCE):
            collection_of(cls).insert_many(rows[start : start + KEPT_AT_ONCE], ordered=False)
        Run.objects(id=run.id).update_one(set__is_laid_out=True)

    def become(self, outcome: Outcome, why: str = "", **facts: Any) -> None:
        """Write what became of the row."""
        self.outcome, self.why = outcome, why
        given = {f"set__{name}": value for name, value in facts.items()}
        type(self).objects(id=self.id).update_one(set__outcome=outcome, set__why=why, **given)


class SavedView(Record):
    """视图: how somebody wants to see a list, kept under a name; theirs, or shared with a role."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "saved_views",
        "indexes": [("on", "owner_id"), ("on", "role"), ("owner_id", "on", "name")],
    }
    derived = frozenset({"default_of"})

    on = StringField(required=True)  # the key of the list
    name = StringField(required=True, max_length=40)
    owner_id = StringField(required=True)
    owner_name = StringField(required=True)
    role = EnumField(Role)  # with whom it is shared
    filters = DictField()
    columns = ListField(StringField())
    sort = StringField()
    before = DictField()  # what it was until it was replaced
    removed_at = DateTimeField()
    default_of = ListField(StringField())  # people who open the list with it

    @property
    def caption(self) -> str:
        return cast(str, self.name)

    def is_within(self, scope: Scope, actor_id: str) -> bool:
        return str(self.owner_id) == actor_id

    @property
    def definition(self) -> Definition:
        """What it opens."""
        return Definition(self.filters, self.columns, self.sort or "")

    @classmethod
    def of_owner(cls, actor: Actor) -> Any:
        """The views of *actor*, without those removed, as a query."""
        return cls.objects(owner_id=actor.id, removed_at=None)

    @classmethod
    def offered_to(cls, actor: Actor) -> Any:
        """The views that *actor* opens: their own, and those shared with a role of theirs."""
        shared = Q(role__in=list(actor.roles))
        return cls.objects((Q(owner_id=actor.id) | shared) & Q(removed_at=None))
