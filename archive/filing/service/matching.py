"""What the archive knows about what a paper says, asked of indexes, however many customers."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import cast

from bson import ObjectId

from archive.chinese.credit_codes import (
    has_right_check_character,
    is_credit_code,
    normalise_credit_code,
)
from archive.customers.models import Customer
from archive.customers.rules import core_of_name, folded_name, region_free
from archive.database import collection_of
from archive.filing.models import Attachment, Deposit, Origin
from archive.filing.rules import AttachmentKind, MatchedBy, permit_number
from archive.filing.service.judging import (
    BRANCH_OF,
    IN_PASSING,
    RESEMBLES,
    SHORT,
    STRENGTH,
    Found,
    Known,
    Said,
    Sign,
    codes_in,
    companies_in,
    is_branch,
    is_full,
    is_one_off,
)
from archive.recognition.codes import Code, DraftCode, LabelCode
from archive.recognition.pages import PageText
from archive.recognition.papers import FieldName, Understood

OUR_NUMBER = re.compile(r"(?<![A-Z0-9])(KH-\d{4}-\d{5,}|C\d{5,})(?![A-Z0-9])", re.IGNORECASE)
MOST_RESEMBLING = 20
MOST_COMPARED = 2000  # names that are compared letter by letter


@dataclass(frozen=True)
class Aids:
    """What a proposal is made with besides the records of filing and the customers."""

    numbers: Callable[[str], ObjectId | None] = lambda _: None
    """The customer whose record of another chapter bears a number."""
    guess: Callable[[str], tuple[AttachmentKind, float] | None] = lambda _: None
    """The kind that papers with a text were filed as, where that is sure."""
    ourselves: frozenset[str] = frozenset()
    """Names (folded) and credit codes of our own company, which is nobody's customer."""


@dataclass(frozen=True)
class Read:
    """A paper as it was read and understood."""

    pages: Sequence[PageText]
    understood: Understood
    kind: AttachmentKind | None = None
    codes: Sequence[Code] = ()
    """Our own QR codes on it."""
    file_name: str = ""
    origin: Origin | None = None
    """What the way that it came in by says."""

    @property
    def lines(self) -> list[str]:
        """All lines of all pages."""
        return [line.text for page in self.pages for line in page.lines]

    def values(self, name: FieldName) -> list[tuple[str, float]]:
        """What it says in a field, each with how surely it was read."""
        said = (
            (each.value, each.confidence) for each in self.understood.fields if each.name is name
        )
        return list(said)


def look_up(read: Read, aids: Aids) -> tuple[Said, Found]:
    """What a paper says of whom it belongs to, and what the archive knows about that."""
    codes = _codes_of(read, aids)
    names = _names_of(read, aids)
    said = Said(
        kind=read.kind,
        codes=tuple(codes),
        misread=tuple(_stated_codes(read, right=False)),
        names=tuple(names),
        representative=next(iter(read.values(FieldName.REPRESENTATIVE)), ("", 0.0))[0],
        text=folded_name("".join(read.lines)),
    )
    customers: dict[ObjectId, Customer] = {}
    signs = [
        *_by_our_codes(read, aids, customers),
        *_by_credit_code(codes, customers),
        *_by_permit(read, customers),
        *_by_names(names, read, aids, customers),
        *_by_hints(read, customers),
    ]
    has_double = False
    if names and not any(each.score > STRENGTH[MatchedBy.NAME] for each in signs):
        signs += _resembling(names[0][0], customers)
        doubles = [_doubles_of(folded_name(name)) for name, _ in names]
        has_double = any(each is None or each for each in doubles)
        one_off = Customer.objects(id__in=[key for each in doubles for key in each or ()])
        signs += [
            Sign(each.id, MatchedBy.NAME, RESEMBLES) for each in _remember(one_off, customers)
        ]
    known = {key: _known(each) for key, each in customers.items()}
    return said, Found(signs=signs, known=known, has_double=has_double)


def _stated_codes(read: Read, *, right: bool) -> list[str]:
    """The credit codes in its fields of which the check character is *right*, or is not."""
    stated = [normalise_credit_code(value) for value, _ in read.values(FieldName.CREDIT_CODE)]
    return [each for each in stated if _is_right(each) is right]


def _is_right(code: str) -> bool:
    return is_credit_code(code) and has_right_check_character(code)


def _codes_of(read: Read, aids: Aids) -> dict[str, float]:
    """Credit codes on it that are right, the stated ones first, each with its score."""
    stated = _stated_codes(read, right=True)
    scores = dict.fromkeys(stated, STRENGTH[MatchedBy.CREDIT_CODE])
    for code in map(normalise_credit_code, codes_in(read.lines)):
        if _is_right(code):
            scores.setdefault(code, IN_PASSING)
    return {code: score for code, score in scores.items() if code not in aids.ourselves}


def _names_of(read: Read, aids: Aids) -> list[tuple[str, float]]:
    if read.kind is AttachmentKind.REPRESENTATIVE_ID:  # it names a person
        return []
    names = read.values(FieldName.NAME)
    return [(name, sure) for name, sure in names if folded_name(name) not in aids.ourselves]


def _by_our_codes(read: Read, aids: Aids, customers: dict[ObjectId, Customer]) -> Iterable[Sign]:
    for code in read.codes:
        if customer := _with_identity(_customer_of(code, aids), customers):
            yield Sign(customer.id, MatchedBy.OUR_CODE, STRENGTH[MatchedBy.OUR_CODE])
    for number, _ in read.values(FieldName.DOCUMENT_NUMBER):
        if customer := _with_identity(aids.numbers(number), customers):
            yield Sign(customer.id, MatchedBy.OUR_CODE, IN_PASSING)


def _customer_of(code: Code, aids: Aids) -> ObjectId | None:
    """Whose what one of our codes names is."""
    match code:
        case DraftCode(number=number):
            return aids.numbers(number)
        case LabelCode(attachment_key=key):
            paper = Attachment.filed().filter(id=ObjectId(key)).first()
            return paper.customer_id if paper else None
    return None


def with_number(number: str) -> Customer | None:
    """The customer with this code or archive number, or into whose archive that was merged."""
    name = "archive_number" if number.upper().startswith("KH") else "customer_code"
    found = Customer.objects(**{name: number.upper()}).first()
    found = found or Customer.objects(**{f"absorbed__{name}": number.upper()}).first()
    return cast("Customer | None", found)


def _by_credit_code(codes: dict[str, float], customers: dict[ObjectId, Customer]) -> Iterable[Sign]:
    for customer in _remember(Customer.objects(credit_code__in=list(codes)), customers):
        yield Sign(customer.id, MatchedBy.CREDIT_CODE, codes[customer.credit_code])


def _by_permit(read: Read, customers: dict[ObjectId, Customer]) -> Iterable[Sign]:
    numbers = [permit_number(value) for value, _ in read.values(FieldName.PERMIT_NUMBER)]
    if not any(numbers):
        return
    for identity in set(Deposit.filed_with_permit(numbers)):
        if customer := _with_identity(identity, customers):
            yield Sign(customer.id, MatchedBy.PERMIT_NUMBER, STRENGTH[MatchedBy.PERMIT_NUMBER])


def _by_names(
    names: Sequence[tuple[str, float]], read: Read, aids: Aids, customers: dict[ObjectId, Customer]
) -> Iterable[Sign]:
    stated = {folded_name(name) for name, _ in names} - {""}
    passing = {each for each in companies_in(read.lines) if each not in aids.ourselves}
    asked = list(stated | passing)
    for customer in _remember(Customer.objects(name_folds__in=asked), customers):
        own = folded_name(customer.name)
        former = set(map(folded_name, customer.former_names))
        if own in stated:
            yield Sign(customer.id, MatchedBy.NAME, STRENGTH[MatchedBy.NAME])
        elif former & stated:
            yield Sign(customer.id, MatchedBy.FORMER_NAME, STRENGTH[MatchedBy.FORMER_NAME])
        elif own in passing and is_full(own):
            yield Sign(customer.id, MatchedBy.NAME, IN_PASSING)
        elif former & passing:
            yield Sign(customer.id, MatchedBy.FORMER_NAME, SHORT)
        elif folded_name(customer.short_name or "") in stated:
            yield Sign(customer.id, MatchedBy.NAME, SHORT)


def _by_hints(read: Read, customers: dict[ObjectId, Customer]) -> Iterable[Sign]:
    """Customers that the way in, folders and the file's name name, by code or by a name."""
    score = STRENGTH[MatchedBy.HINT]
    origin = read.origin or Origin()
    if customer := _with_identity(origin.customer_id, customers):
        by = MatchedBy.OUR_CODE if origin.is_on_sheet else MatchedBy.HINT
        yield Sign(customer.id, by, STRENGTH[by])
    names: set[str] = set()
    for hint in (read.file_name, origin.words or ""):
        for code in OUR_NUMBER.findall(hint):
            if found := with_number(code):
                yield Sign(customers.setdefault(found.id, found).id, MatchedBy.HINT, score)
        for part in PurePosixPath(hint.replace("\\", "/")).parts:
            stem = part.rpartition(".")[0] or part
            words = [stem, *re.split(r"[\s_\-+、,，—]+", stem)]
            names |= {folded_name(each) for each in words if len(each) >= 4}
    for customer in _remember(Customer.objects(name_folds__in=list(names)), customers):
        yield Sign(customer.id, MatchedBy.HINT, score)


def _resembling(name: str, customers: dict[ObjectId, Customer]) -> list[Sign]:
    """Customers called so but for place, brackets and legal form; a branch is another company."""
    core = core_of_name(name)
    cores = {core, region_free(core)}
    found = Customer.objects(name_core__in=list(cores)).limit(MOST_RESEMBLING)
    branch = is_branch(folded_name(name))
    return [
        Sign(
            customer.id,
            MatchedBy.NAME,
            RESEMBLES if is_branch(folded_name(customer.name)) == branch else BRANCH_OF,
        )
        for customer in _remember(found, customers)
    ]


def _doubles_of(folded: str) -> list[ObjectId] | None:
    """Customers of whose names one differs from *folded* by a single character, by identity.

    Such a name has at least one of any two pairs of neighbours that do not touch; the two that
    fewest customers have are looked for. None: too many have them to be compared.
    """
    pairs = ["".join(pair) for pair in pairwise(folded)]
    if len(pairs) < 3:
        return []
    stored = collection_of(Customer)
    rarity = [stored.count_documents({"name_terms": pair}, limit=MOST_COMPARED) for pair in pairs]
    apart = [
        (rarity[one] + rarity[other], one, other)
        for one in range(len(pairs))
        for other in range(one + 2, len(pairs))
    ]
    number, one, other = min(apart)
    if number > MOST_COMPARED:
        return None
    having = {"name_terms": {"$in": [pairs[one], pairs[other]]}}
    return [
        each["_id"]
        for each in stored.find(having, {"name_folds": True})
        if folded not in each["name_folds"]
        and any(is_one_off(folded, own) for own in each["name_folds"])
    ]


def _remember(found: Iterable[Customer], customers: dict[ObjectId, Customer]) -> Iterable[Customer]:
    for customer in found:
        yield customers.setdefault(customer.id, customer)


def _with_identity(
    identity: ObjectId | None, customers: dict[ObjectId, Customer]
) -> Customer | None:
    """The archive with this identity, or into which that one was merged."""
    customer = Customer.with_identity(identity) if identity else None
    return customers.setdefault(customer.id, customer) if customer else None


def _known(customer: Customer) -> Known:
    return Known(
        key=customer.id,
        name=customer.name,
        short_name=customer.short_name or "",
        former_names=tuple(customer.former_names),
        credit_code=customer.credit_code or "",
        representative=customer.legal_representative or "",
    )
