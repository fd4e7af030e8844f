"""The verbs of contact persons: who left, who came back, and what is known privately of them."""

from datetime import date, datetime
from typing import Any

from archive import clock
from archive.actor import Actor, Right
from archive.customers.errors import LeftLater, NoSuchContact
from archive.customers.models import Contact, Customer, FormerContact, PersonalNote
from archive.errors import NotFound
from archive.trail.looks import note_look


def let_go(
    customer: Customer, name: str, *, actor: Actor, now: datetime, left_on: date, reason: str
) -> Customer:
    """Say that the contact person *name* is one no more since *left_on*, and why.

    They stay in the archive's history and are offered nowhere any more.

    Raises:
        NotPermitted, NoSuchContact, LeftLater, EditedMeanwhile.
    """
    actor.require(Right.EDIT_CUSTOMER, customer)
    if left_on > clock.local_day(now):
        raise LeftLater(day=f"{left_on:%Y-%m-%d}")
    gone = _called(name, customer.contacts)
    facts = {
        "contacts": [each for each in customer.contacts if each is not gone],
        "former_contacts": [
            *customer.former_contacts,
            FormerContact(**_facts(gone), left_on=left_on, left_reason=reason),
        ],
    }
    return customer.change(actor, now, "customer.contact_left", facts, reason=reason)


def take_back_contact(
    customer: Customer, name: str, reason: str, *, actor: Actor, now: datetime
) -> Customer:
    """Say that *name*, who had left, is a contact person again, and why.

    Raises:
        NotPermitted, NoSuchContact, EditedMeanwhile.
    """
    actor.require(Right.EDIT_CUSTOMER, customer)
    back = _called(name, customer.former_contacts)
    has_main = any(each.is_responsible for each in customer.contacts)
    again = Contact(**_facts(back) | {"is_responsible": back.is_responsible and not has_main})
    facts = {
        "contacts": [*customer.contacts, again],
        "former_contacts": [each for each in customer.former_contacts if each is not back],
    }
    return customer.change(actor, now, "customer.contact_back", facts, reason=reason)


def read_personal(customer: Customer, *, actor: Actor, now: datetime) -> list[PersonalNote]:
    """What is known privately of the people of *customer*; the look is written down before.

    Raises:
        NotPermitted, DatabaseAway.
    """
    actor.require(Right.SEE_PERSONAL, customer)
    note_look(customer, actor=actor, now=now, action="customer.personal_seen", counted=True)
    return list(PersonalNote.of(customer, actor).order_by("id"))


def personal_note(customer: Customer, key: str) -> PersonalNote:
    """The note *key* about somebody of *customer*.

    Raises:
        NotFound: there is none, or it is about somebody else's.
    """
    note = PersonalNote.find(key)
    if note.customer_id != customer.id:
        raise NotFound()
    return note


def write_personal(
    customer: Customer, name: str, *, actor: Actor, now: datetime, **facts: Any
) -> PersonalNote:
    """Note the birthday and the preferences of the person *name*.

    Raises:
        NotPermitted, NoSuchContact: nobody is called so, now or formerly.
    """
    actor.require(Right.SEE_PERSONAL, customer)
    actor.require(Right.EDIT_CUSTOMER, customer)
    if earlier := PersonalNote.asked_before():
        return earlier
    _called(name, [*customer.contacts, *customer.former_contacts])
    given = {"customer_id": customer.id, "name": name, **facts}
    return PersonalNote.open_new(actor, now, "personal.written", given)


def edit_personal(
    note: PersonalNote, *, actor: Actor, now: datetime, seen: int, **facts: Any
) -> PersonalNote:
    """Correct a note, or empty it; *seen* is the revision the person had.

    Raises:
        NotPermitted, EditedMeanwhile.
    """
    actor.require(Right.SEE_PERSONAL, note)
    actor.require(Right.EDIT_CUSTOMER, note)
    return note.change(actor, now, "personal.edited", facts, seen=seen)


def _called(name: str, people: Any) -> Any:
    found = next((each for each in people if each.name == name), None)
    if found is None:
        raise NoSuchContact(name=name)
    return found


def _facts(person: Contact | FormerContact) -> dict[str, Any]:
    return {name: person[name] for name in Contact._fields}
