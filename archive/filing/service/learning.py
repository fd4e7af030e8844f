"""Kinds of papers learned from what custodians filed, for papers that no rule knows."""

from collections.abc import Callable
from datetime import datetime, timedelta

from archive.filing.models import Attachment, Deposit
from archive.filing.rules import AttachmentKind, DepositState
from archive.reading import LearnedKinds, pages_of
from archive.recognition.learning import LONGEST, Learned, learn_apart

AGAIN_AFTER = timedelta(hours=20)  # a nightly run
ENOUGH_NEW = 50  # papers filed since, to learn again before the night
MOST = 5000  # papers that are learned from, the latest
FIRST_PAGES = 2

Guess = Callable[[str], tuple[AttachmentKind, float] | None]


def learn_kinds(now: datetime, *, learn: Callable[..., Learned | None] = learn_apart) -> bool:
    """Learn again where enough was filed since, or once a night; whether it was learned.

    From the same papers the same is learned: twice is harmless.
    """
    before = LearnedKinds.latest()
    filed = Deposit.objects(state=DepositState.FILED)
    if before:
        new = filed.filter(decided_at__gt=before.made_at).limit(ENOUGH_NEW).count(True)
        if not new or (new < ENOUGH_NEW and now - before.made_at < AGAIN_AFTER):
            return False
    texts, kinds = _papers_filed()
    learned = learn(texts, kinds)
    if learned is None:
        return False
    LearnedKinds.keep(learned, now)
    return True


def learned_guess() -> Guess:
    """What was learned, to ask for the kind of a text; it says nothing where it is not sure."""
    kept: list[Learned | None] = []

    def guess(text: str) -> tuple[AttachmentKind, float] | None:
        if not kept:
            latest = LearnedKinds.latest()
            kept.append(latest.learned if latest else None)
        if kept[0] is None or not text.strip():
            return None
        kind, likely = kept[0].kind_of(text)
        if likely < kept[0].measured.threshold:
            return None
        return next(each for each in AttachmentKind if each.value == kind), likely

    return guess


def text_of(pages: list[str]) -> str:
    """What of a paper is learned from, and asked with."""
    return "\n".join(pages[:FIRST_PAGES])[:LONGEST]


def _papers_filed() -> tuple[list[str], list[str]]:
    """The texts of the papers that were filed last, and what custodians filed them as."""
    texts, kinds = [], []
    filed = Attachment.filed().order_by("-created_at").only("kind", "versions").limit(MOST)
    for paper in filed:
        pages = pages_of(paper.versions[0].sha256)
        if text := text_of([each.text for each in pages]):
            texts.append(text)
            kinds.append(paper.kind.value)
    return texts, kinds
