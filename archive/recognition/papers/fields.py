"""The facts that a paper states: from labels with values, or by their own shape."""

from collections.abc import Iterator, Sequence

from archive.recognition.papers import codes, days, values
from archive.recognition.papers.entries import Entry
from archive.recognition.papers.facts import FieldName, FieldRead, PaperKind
from archive.recognition.papers.labels import Label
from archive.recognition.papers.layout import Sheet, Word, plain, rows_of

_LOWER_PART = 0.35  # of a page, where the day of issue is
_MISSED_EXACT = 0.9  # of the confidence where the label was misread
_ON_ITS_OWN = 0.95  # how sure a name without a label is that has its line for itself


def fields_of(
    kind: PaperKind, sheets: Sequence[Sheet], entries: Sequence[Sequence[Entry]]
) -> tuple[FieldRead, ...]:
    """What the paper states, for its kind; of the same fact on several places the surest."""
    found: list[FieldRead] = []
    for sheet, labelled in zip(sheets, entries, strict=True):
        for name, labels, reading in _ASKED[kind]:
            found += _labelled(name, labels, reading, sheet, labelled)
        found += _unlabelled(kind, sheet, labelled)
    return tuple(_best(found, kind))


def _labelled(
    name: FieldName,
    labels: Sequence[Label],
    reading: values.Reading,
    sheet: Sheet,
    entries: Sequence[Entry],
) -> Iterator[FieldRead]:
    for entry in entries:
        if entry.label not in labels or not entry.values:
            continue
        told = reading(entry.text)
        if told is None or not told.value:
            continue
        seen = _mean(entry.values) * (1.0 if entry.is_exact else _MISSED_EXACT)
        yield FieldRead(
            name, told.value, _rounded(seen, told), sheet.number, sheet.box_of(entry.values)
        )


def _rounded(seen: float, told: values.Told) -> float:
    return round(min(0.99, seen * told.confidence), 3)


def _mean(words: Sequence[Word]) -> float:
    letters = sum(len(each.text) for each in words) or 1
    return sum(each.confidence * len(each.text) for each in words) / letters


def _best(found: Sequence[FieldRead], kind: PaperKind) -> Iterator[FieldRead]:
    """One of each fact; of credit codes, and of the parties of a contract, each that differs."""
    many = {FieldName.CREDIT_CODE}
    if kind in _PARTIES:
        many |= {FieldName.NAME}
    kept: dict[tuple[FieldName, str], FieldRead] = {}
    for each in found:
        key = (each.name, each.value if each.name in many else "")
        if key not in kept or each.confidence > kept[key].confidence + 0.02:
            kept[key] = each
    order = list(FieldName)
    yield from sorted(kept.values(), key=lambda each: order.index(each.name))


_F, _L = FieldName, Label
_COMPANY: tuple[tuple[FieldName, tuple[Label, ...], values.Reading], ...] = (
    (_F.CREDIT_CODE, (_L.CODE, _L.NUMBER), values.read_code),
    (_F.NAME, (_L.NAME,), values.read_name),
    (_F.REPRESENTATIVE, (_L.REPRESENTATIVE,), values.read_person),
    (_F.ADDRESS, (_L.ADDRESS,), values.read_address),
    (_F.SCOPE, (_L.SCOPE,), values.read_scope),
    (_F.COMPANY_TYPE, (_L.TYPE,), values.read_type),
    (_F.ISSUED_ON, (_L.ISSUED,), values.read_day),
)
_TERM: tuple[tuple[FieldName, tuple[Label, ...], values.Reading], ...] = (
    (_F.VALID_FROM, (_L.TERM,), values.read_start),
    (_F.VALID_FROM, (_L.TERM_START,), values.read_day),
    (_F.VALID_UNTIL, (_L.TERM,), values.read_until),
    (_F.VALID_UNTIL, (_L.TERM_END,), values.read_end),
)
_PARTY_NAMES = (
    (_F.NAME, (_L.PARTY_A, _L.PARTY_B, _L.NAME), values.read_party),
    (_F.CREDIT_CODE, (_L.CODE,), values.read_code),
    (_F.DOCUMENT_NUMBER, (_L.CONTRACT_NUMBER, _L.NUMBER), values.read_number),
)
_PARTIES = frozenset({
    PaperKind.CONTRACT_COPY, PaperKind.LETTER, PaperKind.STATEMENT, PaperKind.WAYBILL,
    PaperKind.OTHER,
})  # fmt: skip
_ASKED: dict[PaperKind, tuple[tuple[FieldName, tuple[Label, ...], values.Reading], ...]] = {
    PaperKind.LICENCE: (
        *_COMPANY,
        *_TERM,
        (_F.CAPITAL, (_L.CAPITAL,), values.read_capital),
        (_F.FOUNDED_ON, (_L.FOUNDED,), values.read_day),
        (
            _F.PERMIT_NUMBER,
            (_L.CODE,),
            values.read_other_number,
        ),
    ),
    PaperKind.TAX_REGISTRATION: (
        *_COMPANY,
        (
            _F.PERMIT_NUMBER,
            (_L.CODE, _L.NUMBER),
            values.read_other_number,
        ),
    ),
    PaperKind.TRANSPORT_PERMIT: (
        *_COMPANY,
        *_TERM,
        (_F.PERMIT_NUMBER, (_L.PERMIT, _L.NUMBER), values.read_permit),
    ),
    PaperKind.ACCOUNT_LICENCE: (
        *_COMPANY,
        (_F.PERMIT_NUMBER, (_L.PERMIT, _L.NUMBER), values.read_permit),
        (_F.ACCOUNT_NUMBER, (_L.ACCOUNT,), values.read_account),
        (_F.BANK, (_L.BANK,), values.read_bank),
    ),
    PaperKind.REPRESENTATIVE_ID: (
        (_F.REPRESENTATIVE, (_L.PERSON,), values.read_person),
        (_F.ADDRESS, (_L.HOME,), values.read_address),
        (_F.ID_NUMBER, (_L.ID_NUMBER,), values.read_id),
        *_TERM,
    ),
    **dict.fromkeys(sorted(_PARTIES), _PARTY_NAMES),
}


_SHAPED: tuple[tuple[PaperKind, FieldName, values.Reading], ...] = (
    (PaperKind.REPRESENTATIVE_ID, _F.ID_NUMBER, values.read_id),
    (PaperKind.TRANSPORT_PERMIT, _F.PERMIT_NUMBER, values.read_road_permit),
    (PaperKind.TAX_REGISTRATION, _F.PERMIT_NUMBER, values.read_tax_number),
    (PaperKind.ACCOUNT_LICENCE, _F.NAME, values.read_opener),
)


def _unlabelled(kind: PaperKind, sheet: Sheet, entries: Sequence[Entry]) -> Iterator[FieldRead]:
    """Facts known by their shape wherever they are written: codes, numbers, the day of issue."""
    for word in sheet.words:
        for code in codes.credit_codes_in(word.text):
            yield _shaped(_F.CREDIT_CODE, code.code, code.confidence, [word], sheet)
        for shaped_kind, name, reading in _SHAPED:
            if shaped_kind is kind and (told := reading(word.text)):
                yield _shaped(name, told.value, told.confidence, [word], sheet)
    if kind in _PARTIES:
        yield from _organisations(sheet)
    if kind in (PaperKind.LICENCE, PaperKind.TRANSPORT_PERMIT, PaperKind.ACCOUNT_LICENCE):
        yield from _issued(sheet, entries)


def _organisations(sheet: Sheet) -> Iterator[FieldRead]:
    """Who writes, and to whom: the lines that are the name of an organisation and nothing else."""
    for word in sheet.words:
        told = values.read_party(word.text)
        if told is not None and values.is_whole_name(plain(word.text)):
            yield _shaped(_F.NAME, told.value, _ON_ITS_OWN, [word], sheet)


def _issued(sheet: Sheet, entries: Sequence[Entry]) -> Iterator[FieldRead]:
    """The last day on the page that belongs to no other label: under the seal."""
    used = [
        word
        for entry in entries
        if entry.label not in (_L.AUTHORITY, _L.STOP)
        for word in entry.values
    ]
    for row in reversed(rows_of(sheet.words)):
        free = [each for each in row if not any(_covers(each, other) for other in used)]
        for words in (*([each] for each in free), free):
            found = days.days_in("".join(each.text for each in words))
            if found and min(each.top for each in words) > _LOWER_PART * sheet.ratio:
                yield _shaped(_F.ISSUED_ON, found[-1].isoformat(), 0.95, words, sheet)
                return


def _covers(whole: Word, part: Word) -> bool:
    across = (part.left + part.right) / 2
    return whole.left <= across <= whole.right and whole.top <= part.middle <= whole.bottom


def _shaped(
    name: FieldName, value: str, confidence: float, words: Sequence[Word], sheet: Sheet
) -> FieldRead:
    seen = min(1.0, 0.5 + _mean(words) / 2)
    return FieldRead(
        name, value, round(min(0.99, confidence * seen), 3), sheet.number, sheet.box_of(words)
    )
