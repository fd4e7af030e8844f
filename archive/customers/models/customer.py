"""The customer's document and its named queries."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Self, cast

from bson import ObjectId
from mongoengine import (
    BooleanField,
    DateField,
    DateTimeField,
    EmbeddedDocumentListField,
    EnumField,
    IntField,
    ListField,
    ObjectIdField,
    Q,
    StringField,
)

from archive.actor import Actor, Right, Scope
from archive.chinese.credit_codes import has_right_check_character
from archive.chinese.folding import fold
from archive.chinese.pinyin import initials_in, initials_terms, name_order, spelling_terms
from archive.customers import rules
from archive.customers.models.embedded import (
    Absorbed,
    Contact,
    Flow,
    FormerContact,
    PriceChange,
    YearlyFinances,
)
from archive.customers.models.kept import follow_all
from archive.customers.models.looked_at import LookedAt
from archive.customers.rules import Industry, Nature, Origin, Region, TransportMode
from archive.database import MoneyField, collection_of
from archive.errors import Moved, NotFound

MOST_NEAR = 200  # names that are compared letter by letter

# What several filters at once leave is counted and added up in an index, without a customer read.
NARROWED_LAST = ("licence_valid_until", "revenue_this_year", "name_order", "id")


class Customer(LookedAt):
    """One customer's archive: every customer has one, prospects included (Art. 5)."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "customers",
        "indexes": [
            {"fields": ["archive_number"], "unique": True},
            {"fields": ["customer_code"], "unique": True},
            {
                "fields": ["credit_code"],
                "unique": True,
                "partialFilterExpression": {"credit_code": {"$type": "string"}},
            },
            ("name_order", "id"),
            "name_terms",
            "name_folds",
            "name_core",
            {"fields": ["is_handing_over"], "sparse": True},
            {"fields": ["absorbed.customer_id"], "sparse": True},
            {"fields": ["absorbed.archive_number"], "sparse": True},
            {"fields": ["absorbed.customer_code"], "sparse": True},
            "spellings",
            "initials",
            ("salesperson_id", "name_order", "id"),
            ("salesperson_id", "licence_valid_until"),
            ("salesperson_name", "id"),
            ("region", "id"),
            ("industry", "id"),
            ("cooperation_started_on", "id"),
            ("updated_at", "id"),
            ("nature", "id"),
            ("origin", "id"),
            ("transport_modes", "id"),
            ("established_on", "id"),
            ("licence_valid_until", "id"),
            ("cooperation_ended_on", "id"),
            ("created_at", "id"),
            ("last_visit_at", "id"),
            ("open_complaints", "id"),
            ("contract_until", "id"),
            ("revenue_this_year", "id"),
            ("revenue_last_year", "id"),
            ("profit_this_year", "id"),
            ("completeness", "id"),
            ("facts_confirmed_at", "id"),
            ("salesperson_id", "completeness", "id"),
            "missing",
            ("salesperson_id", "facts_confirmed_at", "created_at"),
            ("contribution", "relationship", "nature", "region", "industry", *NARROWED_LAST),
            ("region", "industry", "relationship", "contribution", "nature", *NARROWED_LAST),
            (
                *("salesperson_id", "relationship", "contribution", "region", "industry", "nature"),
                *NARROWED_LAST,
            ),
        ],
    }

    derived = LookedAt.derived | frozenset({
        "name_core", "name_folds", "name_order", "name_terms", "spellings", "initials",
        "is_handing_over", "last_visit_at", "open_complaints", "contract_until",
        "revenue_this_year", "revenue_last_year", "profit_this_year", "completeness", "missing",
        "absorbed", "former_contacts",
    })  # fmt: skip

    archive_number = StringField(required=True)
    customer_code = StringField(required=True)

    name = StringField(required=True, max_length=120)
    short_name = StringField(max_length=40)
    former_names = ListField(StringField(max_length=120))
    credit_code = StringField()
    region = EnumField(Region)
    address = StringField(max_length=200)
    legal_representative = StringField(max_length=60)
    phone = StringField(max_length=60)
    fax = StringField(max_length=60)
    email = StringField(max_length=200)
    website = StringField(max_length=300)
    contacts = EmbeddedDocumentListField(Contact)
    former_contacts = EmbeddedDocumentListField(FormerContact)  # offered nowhere any more

    nature = EnumField(Nature)
    industry = EnumField(Industry)
    main_goods = StringField(max_length=300)
    flows = EmbeddedDocumentListField(Flow)
    transport_modes = ListField(EnumField(TransportMode))

    registered_capital = StringField(max_length=60)
    established_on = DateField()
    licence_valid_until = DateField()
    licence_is_open_ended = BooleanField(default=False)
    tax_registration = StringField(max_length=60)
    finances = EmbeddedDocumentListField(YearlyFinances)
    credit_note = StringField(max_length=2000)

    origin = EnumField(Origin)
    cooperation_started_on = DateField()
    cooperation_ended_on = DateField()
    price_changes = EmbeddedDocumentListField(PriceChange)
    salesperson_id = ObjectIdField()
    salesperson_name = StringField()

    # Derived from the names, for finding: kept with them, never shown.
    name_core = StringField()
    name_folds = ListField(StringField())
    name_terms = ListField(StringField())
    name_order = StringField()  # what lists are sorted by
    spellings = ListField(StringField())
    initials = ListField(StringField())

    # Made by records about the customer (`OfCustomer.keeps`), for lists to filter and sort by.
    last_visit_at = DateTimeField()  # that took place
    open_complaints = IntField()
    contract_until = DateField()  # of all contracts and drafts that are not void, the latest
    revenue_this_year = MoneyField()
    revenue_last_year = MoneyField()
    profit_this_year = MoneyField()

    # Made by the archive as a whole (`FollowsFromAll`).
    completeness = IntField()  # in percent of what the archive has to hold
    missing = ListField(StringField())  # by the keys of `archive.upkeep.service.completing`

    is_handing_over = BooleanField()  # until its records follow to a new salesperson
    absorbed = EmbeddedDocumentListField(Absorbed)

    @property
    def caption(self) -> str:
        return f"{self.name}（{self.archive_number}）"

    def number_for(self, actor: Actor) -> str:
        """The number by which *actor* knows it: of the archive, or the code that all may know."""
        may_open = actor.may(Right.OPEN_CUSTOMER, self)
        return str(self.archive_number if may_open else self.customer_code)

    def caption_for(self, actor: Actor) -> str:
        """Name and number, as a field of a form shows it to *actor*."""
        return f"{self.name}（{self.number_for(actor)}）"

    @property
    def customer_key(self) -> str | None:
        return self.key if self.id else None

    @property
    def phones(self) -> list[str]:
        """Every telephone number that the archive holds, faxes too."""
        people = (*self.contacts, *self.former_contacts)
        held = (self.phone, self.fax, *(contact.phone for contact in people))
        return [each for each in held if each]

    @property
    def responsible_contact(self) -> Contact | None:
        """主要联系人: the one marked so, else the first."""
        marked = (contact for contact in self.contacts if contact.is_responsible)
        return next(marked, self.contacts[0] if self.contacts else None)

    @property
    def has_doubtful_credit_code(self) -> bool:
        """Whether the check character of the credit code is wrong."""
        return bool(self.credit_code) and not has_right_check_character(self.credit_code)

    def missing_facts(self) -> list[rules.Missing]:
        """Which facts of Art. 6 and 8 are still to be collected."""
        filled = (each.field for each in rules.ASKED_BY_ARTICLE_6 if getattr(self, each.field))
        return rules.missing_facts(filled, has_open_ended_licence=self.licence_is_open_ended)

    def licence_has_expired(self, today: date) -> bool:
        """Whether the business licence is past its date."""
        return bool(self.licence_valid_until) and cast(date, self.licence_valid_until) < today

    @classmethod
    def open_new(
        cls,
        actor: Actor,
        now: datetime,
        action: str,
        facts: Mapping[str, Any],
        *,
        reason: str = "",
    ) -> Self:
        record = super().open_new(actor, now, action, facts, reason=reason)
        follow_all(collection_of(cls), {record.id})
        return record

    def change(
        self,
        actor: Actor,
        now: datetime,
        action: str,
        facts: Mapping[str, Any],
        *,
        seen: int | None = None,
        reason: str = "",
    ) -> Self:
        super().change(actor, now, action, facts, seen=seen, reason=reason)
        follow_all(collection_of(type(self)), {self.id})
        return self

    def is_within(self, scope: Scope, actor_id: str) -> bool:
        if scope is Scope.OWN:
            return str(self.salesperson_id) == actor_id
        return scope is Scope.ALL

    def derive(self) -> dict[str, Any]:
        """What the names are found by."""
        names = [name for name in (self.name, self.short_name, *self.former_names) if name]
        folds = [rules.folded_name(name) for name in names]
        return {
            "name_core": rules.core_of_name(self.name or ""),
            "name_folds": folds,
            "name_order": name_order(self.name or ""),
            "name_terms": sorted(set().union(*map(rules.name_terms, folds))),
            "spellings": sorted(set().union(*(spelling_terms(name) for name in names))),
            "initials": sorted(set().union(*(initials_terms(name) for name in names))),
        }

    @classmethod
    def numbered(cls, archive_number: str) -> Self:
        """The archive with this number.

        Raises:
            Moved: it was merged into another.
            NotFound: there is none.
        """
        number = archive_number.strip().upper()
        found = cls.objects(archive_number=number).first()
        if found is None:
            found = cls.objects(absorbed__archive_number=number).first()
            if found is None:
                raise NotFound()
            raise Moved(
                was=number, now=found.archive_number, record=found, right=Right.OPEN_CUSTOMER
            )
        return found  # type: ignore[no-any-return]  # MongoEngine is untyped

    @classmethod
    def find(cls, key: str) -> Self:
        """The archive whose identity is *key*, or into which that one was merged.

        Raises:
            NotFound: there is none.
        """
        try:
            return super().find(key)
        except NotFound:
            found = cls.with_identity(ObjectId(key)) if ObjectId.is_valid(key) else None
            if found is None:
                raise
            return cast(Self, found)

    @classmethod
    def with_identity(cls, customer_id: ObjectId) -> "Customer | None":
        """The archive with this identity, or into which that one was merged."""
        found = cls.objects(id=customer_id).first()
        found = found or cls.objects(absorbed__customer_id=customer_id).first()
        return cast("Customer | None", found)

    @property
    def identities(self) -> list[str]:
        """Its own identity, and those of the archives that were merged into it."""
        return [self.key, *(str(each.customer_id) for each in self.absorbed)]

    @classmethod
    def visible_to(cls, actor: Actor, right: Right = Right.OPEN_CUSTOMER) -> Any:
        """The customers on which *actor* has *right*, as a query."""
        scopes = actor.scopes(right)
        if Scope.ALL in scopes:
            return cls.objects
        if Scope.OWN in scopes:
            return cls.objects(salesperson_id=actor.id)
        return cls.objects.none()

    @classmethod
    def called(cls, text: str) -> Q:
        """Customers by any part of a name, its pinyin or initials, or by code: what all may know.

        A filter on more would tell by its hits what the list does not show.
        """
        folded = rules.folded_name(text)
        # The terms are indexed; the text is compared in what they leave.
        terms = sorted(rules.name_terms_of_part(folded))
        asked = Q(name_folds__contains=folded)
        if terms:
            asked = Q(name_terms__all=terms) & asked
        if folded.isascii():
            asked |= Q(spellings__startswith=folded) | Q(customer_code__startswith=folded.upper())
            asked |= Q(absorbed__customer_code__startswith=folded.upper())
            if folded.isalpha() and len(folded) > 1:
                asked |= Q(initials__all=list(initials_in(folded)))
        return asked

    @classmethod
    def cores_near(cls, core: str) -> list[tuple[ObjectId, str]]:
        """Customers whose name shares most pairs of characters with *core*: identity and core."""
        pairs = sorted(rules.name_terms_of_part(rules.region_free(core)))
        shared = {"$size": {"$setIntersection": ["$name_terms", pairs]}}
        found = collection_of(cls).aggregate(
            [
                {"$match": {"name_terms": {"$in": pairs}}},
                {"$project": {"name_core": 1, "shared": shared}},
                {"$match": {"shared": {"$gte": max(1, len(pairs) // 2)}}},
                {"$sort": {"shared": -1, "_id": 1}},
                {"$limit": MOST_NEAR},
            ]
        )
        return [(each["_id"], each.get("name_core") or "") for each in found]

    @classmethod
    def described(cls, text: str) -> Q:
        """As `called`, and by archive number or credit code: for those who may open the archive."""
        upper = fold(text).replace(" ", "").upper()
        numbers = Q(archive_number__contains=upper) | Q(credit_code__startswith=upper)
        numbers |= Q(absorbed__archive_number__startswith=upper)
        return cls.called(text) | numbers if upper.isascii() else cls.called(text)

    @classmethod
    def meant(cls, text: str, actor: Actor) -> Q:
        """Customers that *actor* may mean by *text*: by numbers only what they may open."""
        scopes = actor.scopes(Right.OPEN_CUSTOMER)
        if Scope.ALL in scopes:
            return cls.described(text)
        if Scope.OWN in scopes:
            return cls.called(text) | (cls.described(text) & Q(salesperson_id=actor.id))
        return cls.called(text)

    @classmethod
    def by_key(cls, keys: Iterable[str], fields: Iterable[str] = ()) -> dict[str, "Customer"]:
        """The customers with these identities; of one that was merged, the one it is part of.

        They are read with all their *fields*, or with those alone that are named.
        """
        wanted = set(keys)
        read = cls.objects(id__in=list(wanted))
        found = {each.key: each for each in (read.only(*fields) if fields else read)}
        if missing := wanted - found.keys():
            for customer in cls.objects(absorbed__customer_id__in=list(missing)):
                found |= dict.fromkeys(missing.intersection(customer.identities), customer)
        return found
