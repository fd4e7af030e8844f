"""The documents of filing, and their named queries."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar, Self, cast

from bson import ObjectId
from mongoengine import (
    BooleanField,
    DateField,
    DateTimeField,
    EmbeddedDocument,
    EmbeddedDocumentField,
    EmbeddedDocumentListField,
    EnumField,
    IntField,
    ListField,
    ObjectIdField,
    StringField,
)

from archive.actor import Actor, Right, Scope
from archive.customers.models import OfCustomer
from archive.database import Record, collection_of
from archive.filing.models.files import StoredFile, Version
from archive.filing.models.proposals import Candidate, Proposal, ReadField
from archive.filing.rules import (
    WAITING,
    AttachmentKind,
    Confidentiality,
    DepositState,
    Validity,
    permit_number,
    validity,
)
from archive.reading import texts_of
from archive.recognition.papers import FieldName

__all__ = [
    "Attachment",
    "Candidate",
    "Deposit",
    "Filing",
    "Hold",
    "Origin",
    "Piece",
    "Proposal",
    "ReadField",
    "StoredFile",
    "Version",
]


class Filing(EmbeddedDocument):
    """What the custodian decided about a deposit: enough to finish filing after a crash."""

    customer_id = ObjectIdField(required=True)
    attachment_id = ObjectIdField(required=True)
    supersedes = BooleanField(default=False)
    kind = EnumField(AttachmentKind)
    title = StringField(max_length=120)
    confidentiality = EnumField(Confidentiality)
    document_on = DateField()
    valid_until = DateField()
    paper_original = BooleanField(default=False)
    copies = IntField()
    place = StringField(max_length=60)


class Origin(EmbeddedDocument):
    """What the way in says of a file: words of a folder, a mail or a sheet between two papers.

    A hint, never more: `customer_id` and `kind` are what these words name, where they name one.
    """

    words = StringField(max_length=500)  # sub-folder and file name; sender and subject
    customer_id = ObjectIdField()
    kind = EnumField(AttachmentKind)
    is_on_sheet = BooleanField()  # a separator sheet names the customer
    is_old = BooleanField()  # one of years of scans: it waits behind what comes in today


class Piece(EmbeddedDocument):
    """A paper that was cut out of a deposit: what it became, and which pages it has."""

    deposit_id = ObjectIdField(required=True)
    pages = ListField(IntField(), required=True)


class Hold(EmbeddedDocument):
    """On whose desk a deposit is; it lapses when nobody renews it."""

    who_id = StringField(required=True)
    who_name = StringField(required=True)
    since = DateTimeField(required=True)
    until = DateTimeField(required=True)


class Deposit(Record):
    """A file that came in and waits for, or has found, its place."""

    customer_path = "filing.customer_id"
    derived = frozenset(
        {"is_half_filed", "is_half_joined", "is_half_cut", "hold", "permit_numbers"}
    )
    unrecorded = frozenset({"proposal"})  # what a machine read, of people too

    meta: ClassVar[dict[str, Any]] = {
        "collection": "deposits",
        "indexes": [
            ("state", "created_at"),
            ("-decided_at", "id"),
            {"fields": ["is_half_filed"], "sparse": True},
            {"fields": ["is_half_joined"], "sparse": True},
            {"fields": ["permit_numbers"], "sparse": True},
            {"fields": ["is_half_cut"], "sparse": True},
            {"fields": ["hold.who_id"], "sparse": True},
            "file.sha256",
            "-created_at",
            {
                "fields": ["uploader_id", "upload_key"],
                "unique": True,
                "partialFilterExpression": {"upload_key": {"$exists": True}},
            },
        ],
    }

    state = EnumField(DepositState, required=True, default=DepositState.RECEIVED)
    file = EmbeddedDocumentField(StoredFile, required=True)
    uploader_id = StringField(required=True)
    uploader_name = StringField(required=True)
    upload_key = StringField(max_length=64)
    origin = EmbeddedDocumentField(Origin)
    filing = EmbeddedDocumentField(Filing)
    proposal = EmbeddedDocumentField(Proposal)
    hold = EmbeddedDocumentField(Hold)  # no event: it says who looks at it, not what was done
    decided_at = DateTimeField()
    decided_by_id = StringField()
    decided_by_name = StringField()
    rejection = StringField(max_length=500)
    is_half_filed = BooleanField()  # True until the attachment is written, then gone
    parts = ListField(ObjectIdField())  # of one that was joined: those it was made of, in order
    straightened = ListField(IntField())  # of one that was joined: which photographs, made straight
    joined_into = ObjectIdField()  # of such a part, while it is one
    is_half_joined = BooleanField()  # True until every part says where it belongs, then gone
    permit_numbers = ListField(StringField())  # that were read on it
    pieces = EmbeddedDocumentListField(Piece)  # of one that was cut: what was made of its pages
    cut_from = ObjectIdField()  # of such a piece
    cut_pages = ListField(IntField())  # which pages of that one it has, in order
    is_half_cut = BooleanField()  # True until every piece is on the stack, then gone

    @property
    def caption(self) -> str:
        return cast(str, self.file.name)

    @property
    def customer_key(self) -> str | None:
        return str(self.filing.customer_id) if self.filing else None

    @property
    def has_failed(self) -> bool:
        """Whether something is wrong with the file, or it cannot be drawn."""
        flaw = self.file.flaw or self.file.infection
        return bool(flaw) or self.state is DepositState.FAILED

    @property
    def is_waiting(self) -> bool:
        """Whether it still waits to be filed."""
        return self.state in WAITING

    @property
    def is_old(self) -> bool:
        """Whether it is one of years of scans, which wait behind what comes in today."""
        return bool(self.origin and self.origin.is_old)

    def held_by_other(self, actor_id: str, now: datetime) -> Hold | None:
        """Who works at it just now, where that is not the person *actor_id*."""
        if self.hold and self.hold.until > now and self.hold.who_id != actor_id:
            return cast(Hold, self.hold)
        return None

    def is_within(self, scope: Scope, actor_id: str) -> bool:
        return scope is Scope.ALL or (scope is Scope.RECORDED and self.uploader_id == actor_id)

    def derive(self) -> dict[str, Any]:
        """The numbers of permits by which later papers find the customer."""
        read = self.proposal.fields_read if self.proposal else ()
        said = (each.value for each in read if each.name is FieldName.PERMIT_NUMBER)
        return {"permit_numbers": sorted({permit_number(each) for each in said} - {""})}

    @classmethod
    def filed_with_permit(cls, numbers: Iterable[str]) -> list[ObjectId]:
        """The customers in whose archives papers with one of these numbers are now."""
        filed = cls.objects(permit_numbers__in=list(numbers), state=DepositState.FILED)
        papers = [each.filing.attachment_id for each in filed.only("filing").limit(50)]
        return list(Attachment.filed().filter(id__in=papers).scalar("customer_id"))

    @classmethod
    def rejected(cls) -> Any:
        """Those that were rejected, the latest first."""
        return cls.objects(state=DepositState.REJECTED)

    @classmethod
    def waiting(cls) -> Any:
        """Those that wait, oldest first: the day's stack, and after it years of old scans."""
        return cls.objects(state__in=list(WAITING)).order_by("origin.is_old", "created_at", "id")

    @classmethod
    def by_upload(cls, uploader_id: str, upload_key: str) -> Self | None:
        """What an earlier try of the same upload left, if it got so far."""
        found = cls.objects(uploader_id=uploader_id, upload_key=upload_key).first()
        return cast("Self | None", found)

    @classmethod
    def without_preview(cls, before: datetime, limit: int) -> list[Self]:
        """Those whose preparation has waited since before *before*."""
        late = cls.objects(state=DepositState.RECEIVED, created_at__lt=before)
        return list(late.order_by("created_at").limit(limit))

    @classmethod
    def half_filed(cls) -> Any:
        """Those whose attachment is not written yet, although it is decided."""
        return cls.objects(is_half_filed=True)

    @classmethod
    def half_joined(cls, before: datetime) -> Any:
        """Those whose parts do not all say where they belong, since before *before*."""
        return cls.objects(is_half_joined=True, updated_at__lt=before)

    @property
    def part_deposits(self) -> list[Self]:
        """What it was joined of, in order."""
        return [type(self).find(str(each)) for each in self.parts]

    @classmethod
    def half_cut(cls, before: datetime) -> Any:
        """Those whose pieces are not all on the stack, or not all off it, since before *before*."""
        return cls.objects(is_half_cut=True, updated_at__lt=before)

    @property
    def piece_deposits(self) -> list[Self]:
        """What was cut out of it, in order."""
        order = [each.deposit_id for each in self.pieces]
        return sorted(type(self).objects(id__in=order), key=lambda each: order.index(each.id))

    @classmethod
    def others_with(cls, sha256: str, deposit_id: ObjectId | None) -> list[Self]:
        """Other deposits of the same bytes that were not rejected, oldest first."""
        other = {"file.sha256": sha256, "_id": {"$ne": deposit_id}}
        if collection_of(cls).find_one(other, {"_id": 1}) is None:  # in most cases: cheaply
            return []
        same = cls.objects(file__sha256=sha256, id__ne=deposit_id, state__ne=DepositState.REJECTED)
        return list(same.order_by("created_at").limit(5))


LONGEST_TEXT = 50_000
"""So many characters of a paper can be found: the first forty pages of a dense contract."""


class Attachment(OfCustomer):
    """A paper of a customer's archive: its facts, and every version of its file."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "attachments",
        "indexes": [
            ("customer_id", "kind", "-created_at"),
            ("salesperson_id", "-created_at", "id"),
            "versions.sha256",
            "versions.deposit_id",
            ("valid_until", "id"),
            ("-created_at", "id"),
            {"fields": ["place"], "sparse": True},
        ],
    }

    opens = Right.LIST_ATTACHMENTS
    counts_for_all = True

    customer_id = ObjectIdField(required=True)
    kind = EnumField(AttachmentKind, required=True)
    title = StringField(required=True, max_length=120)
    confidentiality = EnumField(Confidentiality, required=True)
    document_on = DateField()
    valid_until = DateField()
    paper_original = BooleanField(default=False)
    copies = IntField(min_value=1, max_value=999)
    place = StringField(max_length=60)
    versions = EmbeddedDocumentListField(Version, required=True)

    withdrawn_at = DateTimeField()  # when its filing was undone
    disposed_at = DateTimeField()  # since when its bytes are gone
    disposal_number = StringField()
    disposed_because = StringField()
    disposed_by_name = StringField()  # who approved that
    text_read_at = DateTimeField()  # when its text last came to be found

    _text: str | None = None

    @property
    def text(self) -> str:
        """What was read in the version in force; read once, or given by `with_texts` for many."""
        if self._text is None:
            found = texts_of([self.current.sha256], LONGEST_TEXT)
            self._text = found.get(self.current.sha256, "")
        return self._text

    @classmethod
    def with_texts(cls, records: Iterable[Self]) -> list[Self]:
        """*records* with their customers and what was read in them, in two queries."""
        listed = cls.with_customers(records)
        texts = texts_of((each.current.sha256 for each in listed), LONGEST_TEXT)
        for each in listed:
            each._text = texts.get(each.current.sha256, "")  # noqa: SLF001 - of this very class
        return listed

    @property
    def caption(self) -> str:
        return cast(str, self.title)

    @property
    def current(self) -> Version:
        """The version in force."""
        return cast(Version, self.versions[-1])

    @property
    def is_confidential(self) -> bool:
        """Whether only those whom Art. 10 names may see the pages."""
        return self.confidentiality is Confidentiality.CONFIDENTIAL

    @property
    def looked_at_by(self) -> Right:
        """The right to see its pages, and what is written there."""
        return Right.VIEW_CONFIDENTIAL if self.is_confidential else Right.VIEW_INTERNAL

    def version(self, number: int | None) -> Version | None:
        """The version with *number*; the one in force where no number is given."""
        if number is None:
            return self.current
        return next((each for each in self.versions if each.number == number), None)

    def validity(self, today: date) -> Validity | None:
        """Whether the paper is still good on *today*."""
        return validity(self.valid_until, today)

    @classmethod
    def filed(cls) -> Any:
        """All that are on file; those whose filing was undone are not."""
        return cls.objects(withdrawn_at=None)

    @classmethod
    def listed_for(cls, actor: Actor) -> Any:
        """Those on file that *actor* may see listed, as a query."""
        return cls.visible_to(actor).filter(withdrawn_at=None)

    @classmethod
    def of_customer(cls, customer_id: ObjectId) -> Any:
        """All attachments of a customer, the newest first within each kind."""
        return cls.filed().filter(customer_id=customer_id).order_by("kind", "-created_at")

    @classmethod
    def with_bytes(cls, sha256: str) -> list[Self]:
        """Where these bytes are filed by themselves."""
        # Most bytes are new, which MongoDB says sooner than MongoEngine has put its question.
        if collection_of(cls).find_one({"versions.sha256": sha256}, {"_id": 1}) is None:
            return []
        return list(cls.filed().filter(versions__sha256=sha256).limit(5))

    @classmethod
    def made_of(cls, deposits: Iterable[Deposit]) -> list[Self]:
        """What is on file of papers that some of *deposits* were joined into."""
        joined = [each.joined_into for each in deposits if each.joined_into]
        return list(cls.filed().filter(versions__deposit_id__in=joined)) if joined else []
