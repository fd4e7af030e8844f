"""Which customers somebody means by a name, a code or a number."""

import re

from bson import ObjectId
from rapidfuzz import fuzz

from archive.customers import rules
from archive.customers.models import Customer

MOST_CANDIDATES = 5
NUMBER = re.compile(r"KH-\d{4}-\d{5,}", re.IGNORECASE)
CODE = re.compile(r"C\d{5,}", re.IGNORECASE)
AT_END = re.compile(rf"[（(]\s*({NUMBER.pattern}|{CODE.pattern})\s*[)）]\s*$", re.IGNORECASE)


def find_alike(name: str, *, besides: str = "") -> list[Customer]:
    """Customers whose names probably mean the same company as *name*, the likeliest first."""
    core = rules.core_of_name(name)
    alike = [
        (fuzz.ratio(core, other), key)
        for key, other in Customer.cores_near(core)
        if rules.are_alike(core, other) and str(key) != besides
    ]
    keys = [str(key) for _, key in sorted(alike, key=lambda each: -each[0])[:MOST_CANDIDATES]]
    found = Customer.by_key(keys)
    return [found[key] for key in keys if key in found]


def find_perhaps(text: str) -> list[Customer]:
    """Customers that somebody may mean who typed *text*: of like names, or with it in a name."""
    alike = find_alike(text)
    known = {each.id for each in alike}
    holding = Customer.objects(Customer.called(text)).limit(MOST_CANDIDATES)
    return [*alike, *(each for each in holding if each.id not in known)][:MOST_CANDIDATES]


def find(text: str) -> Customer | None:
    """The one customer that *text* names, or none.

    It is a name in any spelling, also a short or a former one, a name with its code or archive
    number as fields offer it (``某某公司（C00001）``), a code, an archive number or an identity.
    """
    text = text.strip()
    at_end = AT_END.search(text)
    key = at_end[1] if at_end else text
    if NUMBER.fullmatch(key):
        found = _by_number("archive_number", key.upper())
    elif CODE.fullmatch(key):
        found = _by_number("customer_code", key.upper())
    elif ObjectId.is_valid(text):
        known = Customer.with_identity(ObjectId(text))
        found = [known] if known else []
    else:
        found = list(Customer.objects(name=text).limit(2))
        if not found:  # short, former, traditional, without dot and brackets
            found = list(Customer.objects(name_folds=rules.folded_name(text)).limit(2))
    return found[0] if len(found) == 1 else None


def _by_number(field: str, number: str) -> list[Customer]:
    """The customer with this *number*, or into whose archive that with it was merged."""
    found = Customer.objects(**{field: number}).first()
    found = found or Customer.objects(**{f"absorbed__{field}": number}).first()
    return [found] if found else []
