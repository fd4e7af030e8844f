"""To whom a paper belongs, judged from what it says and what the archive knows. No store.

A paper that is filed in the wrong archive is worse than one that somebody has to look at. So it
takes a sign that nobody else bears, something else on the paper that agrees with it, and nothing
that disagrees.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bson import ObjectId
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from archive.chinese.folding import fold
from archive.customers.rules import LEGAL_FORMS, folded_name
from archive.filing.rules import AttachmentKind, MatchedBy

BRANCH = re.compile(r"(分公司|分厂|分店|分行|支行|分部|办事处|营业部|代表处|门市部)$")
ABOUT_ONE = frozenset(
    {
        AttachmentKind.LICENCE,
        AttachmentKind.TAX_REGISTRATION,
        AttachmentKind.TRANSPORT_PERMIT,
        AttachmentKind.ACCOUNT_LICENCE,
    }
)
"""Kinds of paper that state one company and name others only in passing."""
SAME_COMPANY = 80  # of 100: a name as like as that goes with a credit code that agrees
NAMED_SURELY = 0.9  # how sure the reading of a name has to be that is all there is
MOST_SLIPS = 2  # characters of a credit code that are read wrong
MOST_CANDIDATES = 5

STRENGTH = {
    MatchedBy.OUR_CODE: 0.99,
    MatchedBy.CREDIT_CODE: 0.98,
    MatchedBy.PERMIT_NUMBER: 0.95,
    MatchedBy.NAME: 0.9,
    MatchedBy.FORMER_NAME: 0.8,
    MatchedBy.HINT: 0.6,
}
IN_PASSING = 0.7  # a customer's code or name somewhere on the paper
SHORT = 0.6  # a short name
RESEMBLES = 0.4  # the same but for place and legal form
BRANCH_OF = 0.3  # as before, and one is a branch, which is another company
POINTS = 0.5
"""From this score on a sign points at somebody: two of whom it points at are a doubt."""


@dataclass(frozen=True)
class Known:
    """A customer, as far as a paper can name it."""

    key: ObjectId
    name: str
    short_name: str = ""
    former_names: tuple[str, ...] = ()
    credit_code: str = ""
    representative: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every full name, as names are compared."""
        return tuple(map(folded_name, (self.name, *self.former_names)))


@dataclass(frozen=True)
class Said:
    """What a paper says about whom it belongs to."""

    kind: AttachmentKind | None = None
    codes: tuple[str, ...] = ()
    """The credit codes of which the check character is right, wherever on the paper."""
    misread: tuple[str, ...] = ()
    """What it states as credit codes, and of which the check character is wrong."""
    names: tuple[tuple[str, float], ...] = ()
    """Names of companies that it states as its subject, and how surely they were read."""
    representative: str = ""
    text: str = ""
    """All of it, folded as names are."""


@dataclass(frozen=True)
class Sign:
    """One thing on a paper that leads to a customer."""

    customer: ObjectId
    by: MatchedBy
    score: float


@dataclass(frozen=True)
class Verdict:
    """Who the paper may belong to, the likeliest first; and whether that is beyond doubt."""

    candidates: tuple[Sign, ...] = ()
    is_sure: bool = False


@dataclass(frozen=True)
class Found:
    """What the archive knows about what a paper says."""

    signs: Sequence[Sign] = ()
    known: Mapping[ObjectId, Known] = field(default_factory=dict)
    has_double: bool = False
    """Whether another customer is called nearly as the paper says: but for one character."""


def judge(said: Said, found: Found) -> Verdict:
    """Weigh the signs."""
    best: dict[ObjectId, Sign] = {}
    for sign in found.signs:
        if sign.customer in found.known:
            held = best.get(sign.customer)
            if held is None or sign.score > held.score:
                best[sign.customer] = sign
    ranked = sorted(best.values(), key=lambda each: (-each.score, each.customer))
    candidates = tuple(ranked[:MOST_CANDIDATES])
    return Verdict(candidates, _is_beyond_doubt(candidates, said, found))


def _is_beyond_doubt(candidates: Sequence[Sign], said: Said, found: Found) -> bool:
    if not candidates:
        return False
    first, *others = candidates
    known = found.known[first.customer]
    if any(_is_doubt(each, said.kind) for each in others):
        return False
    if first.by is MatchedBy.OUR_CODE and first.score > IN_PASSING:
        return is_named_in(said.text, known)
    if said.codes and known.credit_code and known.credit_code not in said.codes:
        return False
    if first.by is MatchedBy.CREDIT_CODE and first.score > IN_PASSING:
        return _agrees(said, known)
    if first.by is MatchedBy.PERMIT_NUMBER:
        return any(folded_name(name) in known.names for name, _ in said.names)
    if any(each.by is MatchedBy.HINT and each.customer == known.key for each in found.signs):
        return _is_meant(said, known)
    return first.by is MatchedBy.NAME and _is_named_alone(said, known, found)


def _is_doubt(sign: Sign, kind: AttachmentKind | None) -> bool:
    """Whether a *sign* of somebody else makes the first doubtful.

    A paper that is about one company may name another in passing.
    """
    if sign.score <= IN_PASSING and sign.by is MatchedBy.NAME and kind in ABOUT_ONE:
        return False
    return sign.score >= POINTS


def _is_meant(said: Said, known: Known) -> bool:
    """Whether the paper names the customer that whoever brought it in named."""
    if said.names:
        return all(folded_name(name) in known.names for name, _ in said.names)
    return any(name in said.text for name in known.names if is_full(name))


def _agrees(said: Said, known: Known) -> bool:
    """Whether the paper says something of the customer besides its code."""
    if said.names:
        return any(is_called(name, known) for name, _ in said.names)
    if any(name in said.text for name in known.names if len(name) >= 6):
        return True
    return bool(known.representative) and same_person(said.representative, known.representative)


def _is_named_alone(said: Said, known: Known, found: Found) -> bool:
    """Whether the name is enough: whole, well read, nobody's else nor nearly so."""
    if found.has_double:
        return False
    if known.credit_code and said.misread and not _is_slip(said.misread, known.credit_code):
        return False
    if (
        known.representative
        and said.representative
        and not same_person(said.representative, known.representative)
    ):
        return False
    own = folded_name(known.name)
    surely = (sure for name, sure in said.names if folded_name(name) == own)
    others = {folded_name(name) for name, _ in said.names} - {own}
    return is_full(known.name) and not others and max(surely, default=0.0) >= NAMED_SURELY


def _is_slip(misread: Iterable[str], code: str) -> bool:
    """Whether one of the *misread* codes is *code*, but for slips of the reading."""
    return any(Levenshtein.distance(each, code) <= MOST_SLIPS for each in misread)


def is_full(name: str) -> bool:
    """Whether *name* is the whole name of a company: two bear the same one only by mistake."""
    folded = folded_name(name)
    return len(folded) >= 6 and "公司" in folded


def is_branch(folded: str) -> bool:
    """Whether a folded name is a branch's, which is another company than its head."""
    return bool(BRANCH.search(folded))


def is_called(name: str, known: Known) -> bool:
    """Whether *name* is one of the customer's, but for slips of the reading."""
    folded = folded_name(name)
    return any(
        is_branch(folded) == is_branch(own) and fuzz.ratio(folded, own) >= SAME_COMPANY
        for own in known.names
    )


def is_named_in(text: str, known: Known) -> bool:
    """Whether the folded *text* has one of the customer's names, but for slips of the reading."""
    return any(
        own in text or fuzz.partial_ratio(own, text) >= 100 - 100 / len(own)
        for own in known.names
        if len(own) >= 4
    )


def same_person(one: str, other: str) -> bool:
    """Whether two names of people are one."""
    return folded_name(one) == folded_name(other)


def is_one_off(one: str, other: str) -> bool:
    """Whether two different folded names would be one, but for a single character."""
    return one != other and Levenshtein.distance(one, other, score_cutoff=1) <= 1


COMPANY = re.compile(
    r"[\u3400-\u9fffA-Za-z0-9()（）·&]{3,40}(?:公司|集团|工厂|厂|经营部|商行|中心|合作社|分店|营业部)"
)
LEADING = 6  # characters that stand before a name without a gap: 致, 托运人, 甲方
MOST_NAMES = 400


def companies_in(lines: Iterable[str]) -> list[str]:
    """What may be the folded name of a company in *lines*, with and without words before it."""
    found: dict[str, None] = {}
    for line in lines:
        for part in re.split(r"[:：,，。;；\s]", line):
            for each in COMPANY.finditer(part):
                folded = folded_name(each[0])
                form = LEGAL_FORMS.search(folded)
                until = min(LEADING, form.start() - 2 if form else 0)
                for start in range(max(1, until + 1)):
                    found.setdefault(folded[start:])
                if len(found) >= MOST_NAMES:
                    return list(found)
    return list(found)


CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")


def codes_in(lines: Iterable[str]) -> list[str]:
    """What may be credit codes in *lines*."""
    return [each[0] for line in lines for each in CODE.finditer(fold(line).upper())]
