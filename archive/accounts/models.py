"""The documents of accounts."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, cast

from mongoengine import (
    BooleanField,
    DateTimeField,
    Document,
    EnumField,
    IntField,
    ListField,
    ObjectIdField,
    QuerySet,
    StringField,
)

from archive.accounts.rights import TABLE, grants_of
from archive.actor import Actor, Right, Role
from archive.config import Settings
from archive.database import Record


class User(Record):
    """A person who works with the archive."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "users",
        "indexes": [
            {"fields": ["username"], "unique": True},
            "roles",
            ("name", "id"),
            ("employee_number", "id"),
            ("department", "id"),
            ("created_at", "id"),
            {"fields": ["roles_to_confirm"], "sparse": True},
        ],
    }
    unrecorded = frozenset({"password_hash"})

    username = StringField(required=True, max_length=60)
    name = StringField(required=True, max_length=60)
    employee_number = StringField(max_length=40)
    department = StringField(max_length=60)
    roles = ListField(EnumField(Role))
    password_hash = StringField(required=True)
    password_changed_at = DateTimeField()
    is_password_temporary = BooleanField(default=False)  # somebody else made it
    is_disabled = BooleanField(default=False)
    roles_to_confirm = ListField(EnumField(Role))  # given, open every archive, not yet confirmed
    roles_given_at = DateTimeField()
    roles_given_by = StringField(max_length=60)

    @property
    def caption(self) -> str:
        return cast(str, self.username)

    def as_actor(self) -> Actor:
        """This person with their rights resolved."""
        roles = frozenset(self.roles)
        return Actor(
            id=self.key,
            username=self.username,
            name=self.name,
            employee_number=self.employee_number or "",
            department=self.department or "",
            roles=roles,
            grants=grants_of(roles),
        )

    @classmethod
    def to_confirm(cls) -> QuerySet:
        """Those to whom roles were given that a second person has to confirm, oldest first."""
        found = cls.objects(roles_to_confirm__0__exists=True, is_disabled__ne=True)
        return found.order_by("roles_given_at")

    @classmethod
    def salespeople(cls) -> list[tuple[str, str]]:
        """Those who may follow up with a customer and whose account is in use: identity, name."""
        return cls.in_one_of((Role.SALESPERSON, Role.SALES_MANAGER))

    @classmethod
    def holding(cls, right: Right) -> list[tuple[str, str]]:
        """Those who hold *right*, in whatever scope, and whose account is in use."""
        return cls.in_one_of(tuple(role for role, row in TABLE.items() if right in row))

    @classmethod
    def in_one_of(cls, roles: tuple[Role, ...]) -> list[tuple[str, str]]:
        """Those in one of *roles* whose account is in use, by name: identity, name."""
        found = cls.objects(roles__in=roles, is_disabled__ne=True).order_by("name").only("name")
        return [(user.key, user.name) for user in found]


class SignIn(Document):
    """A sign-in that lasts: kept under the digest of its token, gone when it ends."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "sign_ins",
        "auto_create_index": False,
        "strict": False,
        "indexes": ["user_id", {"fields": ["expires_at"], "expireAfterSeconds": 0}],
    }

    id = StringField(primary_key=True)
    user_id = ObjectIdField(required=True)
    created_at = DateTimeField(required=True)
    expires_at = DateTimeField(required=True)
    seen_at = DateTimeField()
    password_at = DateTimeField()  # when the password was given last
    address = StringField()
    agent = StringField()

    @classmethod
    def lasting(cls, now: datetime, settings: Settings) -> QuerySet:
        """The sign-ins that have not ended: by their hours, or because nobody used them."""
        found = cls.objects(expires_at__gt=now)
        idle = settings.session_idle_minutes
        return found.filter(seen_at__not__lte=now - timedelta(minutes=idle)) if idle else found

    @classmethod
    def of(cls, user: User, now: datetime, settings: Settings) -> list["SignIn"]:
        """Where *user* is signed in, newest first."""
        return list(cls.lasting(now, settings).filter(user_id=user.id).order_by("-created_at"))


class ApiToken(Record):
    """A bearer token of the API: kept under its digest, shown once when it is made."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "api_tokens",
        "indexes": [{"fields": ["digest"], "unique": True}, "user_id"],
    }
    unrecorded = frozenset({"digest"})

    digest = StringField(required=True)
    user_id = ObjectIdField(required=True)
    label = StringField(required=True, max_length=60)
    expires_at = DateTimeField(required=True)
    revoked_at = DateTimeField()
    last_used_at = DateTimeField()

    @property
    def caption(self) -> str:
        return cast(str, self.label)

    @classmethod
    def of(cls, user: User) -> list["ApiToken"]:
        """The tokens of *user* that were not revoked, newest first."""
        return list(cls.objects(user_id=user.id, revoked_at=None).order_by("-created_at"))


class Attempts(Document):
    """Wrong passwords in a row of one count."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "sign_in_attempts",
        "auto_create_index": False,
        "strict": False,
        "indexes": ["name", {"fields": ["forget_at"], "expireAfterSeconds": 0}],
    }

    id = StringField(primary_key=True)
    name = StringField(required=True)  # a digest: people type passwords where names belong
    failures = IntField(required=True)
    blocked_until = DateTimeField()
    forget_at = DateTimeField(required=True)
