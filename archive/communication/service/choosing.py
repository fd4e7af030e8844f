"""Finding the customer that somebody means."""

import re
from typing import Any

from bson import ObjectId

from archive.communication.errors import CustomerUnknown
from archive.customers.models import Customer

CODE_AT_END = re.compile(r"[（(]\s*(C\d{5,})\s*[)）]\s*$", re.IGNORECASE)
NUMBER = re.compile(r"KH-\d{4}-\d{5,}", re.IGNORECASE)
CODE = re.compile(r"C\d{5,}", re.IGNORECASE)


def find_customer(text: str) -> Customer | None:
    """The one customer that *text* names, or none.

    It is a name, a name with its code as lists offer it (``某某公司（C00001）``), a code, an
    archive number or an identity.
    """
    text = text.strip()
    if ObjectId.is_valid(text):
        named: dict[str, Any] = {"id": ObjectId(text)}
    elif NUMBER.fullmatch(text):
        named = {"archive_number": text.upper()}
    elif CODE.fullmatch(text):
        named = {"customer_code": text.upper()}
    elif at_end := CODE_AT_END.search(text):
        named = {"customer_code": at_end[1].upper()}
    else:
        named = {"name": text}
    found = list(Customer.objects(**named).limit(2))
    return found[0] if len(found) == 1 else None


def choose_customer(text: str) -> Customer:
    """The customer that *text* names, as `find_customer`.

    Raises:
        CustomerUnknown: none is called so, or several are.
    """
    found = find_customer(text)
    if found is None:
        raise CustomerUnknown(text=text)
    return found
