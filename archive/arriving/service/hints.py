"""What names say of a file: whose it is, and of which kind. A hint, never a decision."""

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from bson import ObjectId

from archive.arriving import rules
from archive.chinese.credit_codes import is_credit_code, normalise_credit_code
from archive.customers import service as customers
from archive.customers.models import Customer
from archive.filing.models import Origin
from archive.filing.rules import AttachmentKind, showable_name

LONGEST = 500
CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")


class Hints:
    """Reads names; each is looked up once."""

    def __init__(self) -> None:
        self._known: dict[str, ObjectId | None] = {}

    def of(self, folders: Sequence[str], name: str) -> Origin | None:
        """What the *folders* that a file was in, from the outermost, and its *name* say of it.

        Folders count first. What names two customers, or two kinds, names none.
        """
        stem = PurePosixPath(name).stem
        customer = self._customer(folders) or self._customer(rules.possible_customers(stem))
        kind = self._kind(folders) or rules.kind_within(stem)
        if not (folders or customer or kind):
            return None
        words = " / ".join(showable_name(each) for each in folders)[:LONGEST]
        return Origin(words=words or None, customer_id=customer, kind=kind)

    def naming(self, folders: Sequence[str], name: str) -> list[str]:
        """The words among them that name a customer, whether or not it is the same."""
        stem = PurePosixPath(name).stem
        said = (folders, rules.possible_customers(stem))
        named = ([each for each in texts if self._named(each)] for texts in said)
        return next(filter(None, named), [])

    def _customer(self, texts: Iterable[str]) -> ObjectId | None:
        named = {found for text in texts if (found := self._named(text))}
        return named.pop() if len(named) == 1 else None

    def _named(self, text: str) -> ObjectId | None:
        if text not in self._known:
            numbers = rules.CUSTOMER_NUMBER.findall(text)
            found = customers.find(text) or (customers.find(numbers[0]) if numbers else None)
            found = found or with_credit_code(text)
            self._known[text] = found.id if found else None
        return self._known[text]

    def _kind(self, folders: Sequence[str]) -> AttachmentKind | None:
        kinds = {kind for each in folders if (kind := rules.kind_called(each))}
        return kinds.pop() if len(kinds) == 1 else None


def with_credit_code(text: str) -> Customer | None:
    """The customer whose credit code is in *text*."""
    codes = [each for each in CODE.findall(normalise_credit_code(text)) if is_credit_code(each)]
    found = Customer.objects(credit_code__in=codes).limit(2) if codes else []
    return found[0] if len(found) == 1 else None
