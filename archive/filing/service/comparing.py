"""What a licence says and its customer's archive says otherwise; taken over only by a person.

Two spellings of one thing are no difference: 伍佰万元整 is 500万元, 上海市浦东新区示例路1号 is
浦东新区示例路1号.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from archive.actor import Actor
from archive.chinese.amounts import read_number
from archive.chinese.credit_codes import (
    has_right_check_character,
    is_credit_code,
    normalise_credit_code,
)
from archive.chinese.errors import NumberUnreadable
from archive.chinese.folding import fold
from archive.customers import service as customers
from archive.customers.models import Customer
from archive.customers.rules import REGION_WORDS, Region, folded_name, region_free
from archive.filing.errors import NothingTaken
from archive.filing.models import Attachment, Deposit, ReadField
from archive.filing.rules import AttachmentKind
from archive.recognition.papers import FieldName
from archive.terms import N_, Term

LONG = "long"  # how a licence without an end is read
OTHER_MONEY = re.compile("(美元|港[元币]|欧元|日元|英镑|澳元|加元|新元)")
LIKELY = 0.8  # from here on a candidate is worth comparing
LEAST_ADDRESS = 6  # characters that an address has to have in common with a longer one


class StatedFact(Term):
    """A fact of a customer's archive that papers state; the value is its field there."""

    NAME = "name", N_("公司名称")
    CREDIT_CODE = "credit_code", N_("统一社会信用代码")
    REPRESENTATIVE = "legal_representative", N_("法定代表人")
    ADDRESS = "address", N_("地址")
    CAPITAL = "registered_capital", N_("注册资本")
    FOUNDED = "established_on", N_("成立日期")
    VALID_UNTIL = "licence_valid_until", N_("营业执照有效期至")


@dataclass(frozen=True)
class Compared:
    """A fact that is compared: how long it may be, and when two values are the same."""

    fact: StatedFact
    limit: int
    is_same: Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Difference:
    """What the paper says of a fact, and what the archive says: a text, a day, `LONG` or None."""

    fact: StatedFact
    read: Any
    held: Any
    confidence: float


@dataclass(frozen=True)
class Comparison:
    """A paper next to an archive."""

    customer: Customer
    differences: Sequence[Difference]
    beyond: Sequence[ReadField] = ()
    """What the paper states besides, and no archive holds."""


def same_name(one: str, other: str) -> bool:
    """Whether two texts are one name."""
    return folded_name(one) == folded_name(other)


def same_address(one: str, other: str) -> bool:
    """Whether two addresses are one: the longer may begin with its province and city."""
    mine, theirs = sorted((_bare_address(one), _bare_address(other)), key=len)
    return mine == theirs or (len(mine) >= LEAST_ADDRESS and theirs.endswith(mine))


def _bare_address(text: str) -> str:
    return region_free(REGION_WORDS.sub("", folded_name(text)))


def same_capital(one: str, other: str) -> bool:
    """Whether two texts write one amount of capital."""
    return _capital(one) == _capital(other)


def _capital(text: str) -> tuple[str, Decimal | str]:
    """Currency and amount; the text itself where it is no amount that we read."""
    plain = re.sub(r"\s", "", fold(text))
    currency = OTHER_MONEY.search(plain)
    bare = re.sub("人民币|[()元圆整正]|" + OTHER_MONEY.pattern, "", plain)
    with suppress(NumberUnreadable):
        return (currency[1] if currency else ""), read_number(bare)
    return "", bare


COMPARED: Mapping[FieldName, Compared] = {
    FieldName.NAME: Compared(StatedFact.NAME, 120, same_name),
    FieldName.CREDIT_CODE: Compared(StatedFact.CREDIT_CODE, 18, same_name),
    FieldName.REPRESENTATIVE: Compared(StatedFact.REPRESENTATIVE, 60, same_name),
    FieldName.ADDRESS: Compared(StatedFact.ADDRESS, 200, same_address),
    FieldName.CAPITAL: Compared(StatedFact.CAPITAL, 60, same_capital),
    FieldName.FOUNDED_ON: Compared(StatedFact.FOUNDED, 10, date.__eq__),
    FieldName.VALID_UNTIL: Compared(StatedFact.VALID_UNTIL, 10, date.__eq__),
}
STATED: Mapping[AttachmentKind, Collection[FieldName]] = {
    AttachmentKind.LICENCE: tuple(COMPARED),
    AttachmentKind.TAX_REGISTRATION: (
        FieldName.NAME,
        FieldName.CREDIT_CODE,
        FieldName.REPRESENTATIVE,
        FieldName.ADDRESS,
    ),
    AttachmentKind.ACCOUNT_LICENCE: (FieldName.NAME, FieldName.REPRESENTATIVE),
    AttachmentKind.TRANSPORT_PERMIT: (FieldName.NAME, FieldName.ADDRESS),
}
"""Which facts of its company a paper states; the end of a permit is not that of the licence."""


NOT_HELD = (FieldName.COMPANY_TYPE, FieldName.SCOPE)


def states_facts(kind: AttachmentKind | None) -> bool:
    """Whether papers of *kind* state facts that an archive holds."""
    return kind in STATED


def compare(
    kind: AttachmentKind | None, fields: Iterable[ReadField], customer: Customer
) -> Comparison:
    """What a paper of *kind* says otherwise than the archive of *customer*, in a fixed order."""
    found, fields = [], list(fields)
    for compared, field, value in _facts(kind, fields):
        held = getattr(customer, compared.fact.value)
        if compared.fact is StatedFact.VALID_UNTIL and customer.licence_is_open_ended:
            held = LONG
        is_comparable = bool(held) and (held == LONG) == (value == LONG)
        if held != value and not (is_comparable and compared.is_same(value, held)):
            found.append(Difference(compared.fact, value, held or None, field.confidence))
    return Comparison(customer, found, [each for each in fields if each.name in NOT_HELD])


def of_deposit(deposit: Deposit) -> Comparison | None:
    """A paper that waits next to the archive of the customer that it probably belongs to."""
    proposal = deposit.proposal
    if proposal is None or not proposal.candidates or not states_facts(proposal.kind):
        return None
    likeliest = proposal.candidates[0]
    customer = Customer.with_identity(likeliest.customer_id)
    if customer is None or likeliest.score < LIKELY:
        return None
    return compare(proposal.kind, proposal.fields_read, customer)


def of_attachment(attachment: Attachment, customer: Customer) -> Comparison | None:
    """A paper on file, as it was read when it came in, next to its archive."""
    came = Deposit.objects(id=attachment.current.deposit_id).first()
    if came is None or came.proposal is None or not states_facts(attachment.kind):
        return None
    return compare(attachment.kind, came.proposal.fields_read, customer)


def take_over(
    customer: Customer,
    found: Sequence[Difference],
    chosen: Collection[StatedFact],
    *,
    seen: int,
    actor: Actor,
    now: datetime,
) -> Customer:
    """Let the archive of *customer* say what the paper says in the *chosen* fields (Art. 9).

    It is an edit like every other; a name that is replaced is kept as a former one.

    Raises:
        NothingTaken: nothing that differs is chosen.
        NotPermitted, CreditCodeTaken, EditedMeanwhile: as `customers.edit_archive`.
    """
    facts: dict[str, Any] = {}
    for each in found:
        if each.fact in chosen:
            facts |= _as_fields(each.fact, each.read)
    if not facts:
        raise NothingTaken()
    if "name" in facts:
        former = [*customer.former_names, customer.name]
        facts["former_names"] = [each for each in former if not same_name(each, facts["name"])]
    return customers.edit_archive(customer, actor=actor, now=now, seen=seen, **facts)


def facts_for_new(kind: AttachmentKind | None, fields: Iterable[ReadField]) -> dict[str, Any]:
    """What a new archive would say by the paper, by fields of the customer."""
    facts: dict[str, Any] = {}
    for compared, _, value in _facts(kind, fields):
        facts |= _as_fields(compared.fact, value)
    if (code := facts.get("credit_code")) and code[2:4] in REGIONS:
        facts["region"] = REGIONS[code[2:4]]
    return facts


REGIONS = {each.value: each for each in Region}


def _facts(
    kind: AttachmentKind | None, fields: Iterable[ReadField]
) -> Iterable[tuple[Compared, ReadField, Any]]:
    """Each fact that the paper states, once, with its value as an archive holds it."""
    stated = STATED.get(kind, ()) if kind else ()
    given = {each.name: each for each in reversed(list(fields))}
    for name in stated:
        if (field := given.get(name)) and (value := _value(name, field.value)):
            yield COMPARED[name], field, value


def _value(name: FieldName, text: str) -> Any:
    if name is FieldName.CREDIT_CODE:
        code = normalise_credit_code(text)
        return code if is_credit_code(code) and has_right_check_character(code) else None
    if name is FieldName.VALID_UNTIL and text == LONG:
        return LONG
    if name in (FieldName.FOUNDED_ON, FieldName.VALID_UNTIL):
        with suppress(ValueError):
            return date.fromisoformat(text)
        return None
    return text.strip()[: COMPARED[name].limit]


def _as_fields(fact: StatedFact, value: Any) -> dict[str, Any]:
    """The fields that say so in an archive."""
    if fact is not StatedFact.VALID_UNTIL:
        return {fact.value: value}
    is_long = value == LONG
    return {fact.value: None if is_long else value, "licence_is_open_ended": is_long}
