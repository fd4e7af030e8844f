"""How far the reading of each file is, and the text of each of its pages."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Self, cast

from mongoengine import (
    BinaryField,
    DateTimeField,
    Document,
    EnumField,
    FloatField,
    IntField,
    ListField,
    StringField,
)

from archive.recognition import FileType
from archive.recognition.learning import Learned
from archive.recognition.pages import Box, Line, PageText, TextSource
from archive.terms import N_, Term


class ReadingState(Term):
    """How far the reading of a file is."""

    WAITING = "waiting", N_("等待识别")
    READING = "reading", N_("正在识别")
    READ = "read", N_("已识别")
    FAILED = "failed", N_("无法识别"), "bad"


class Reading(Document):
    """How far the reading of one blob is. Not a record: no person changes it."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "readings",
        "auto_create_index": False,
        "indexes": [("state", "rank", "due_at"), ("told_at", "state")],
    }

    id = StringField(primary_key=True)  # SHA-256 of the blob
    state = EnumField(ReadingState, required=True, default=ReadingState.WAITING)
    file_type = EnumField(FileType, required=True)
    rank = IntField(default=0)  # what has a higher one waits until all with a lower one are read
    asked_at = DateTimeField(required=True)
    due_at = DateTimeField(required=True)  # when its next page's turn comes, or its lease ends
    started_at = DateTimeField()
    read_at = DateTimeField()
    pages = IntField(default=0)
    pages_read = IntField(default=0)
    tries = IntField(default=0)
    failure = StringField()  # the name of what went wrong, put into words where it is shown
    unread = ListField(IntField())  # pages that could not be read
    told_at = DateTimeField()  # when those who name these bytes were told that they are read

    @classmethod
    def of(cls, sha256: str) -> Self | None:
        """The reading of these bytes, if it was asked for."""
        return cast("Self | None", cls.objects(id=sha256).first())


class ReadPage(Document):
    """The text of one page, upright."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "read_pages",
        "auto_create_index": False,
        "indexes": [{"fields": ["sha256", "number"], "unique": True}],
    }

    sha256 = StringField(required=True)
    number = IntField(required=True)
    source = EnumField(TextSource, required=True)
    width = FloatField(required=True)
    height = FloatField(required=True)
    turn = IntField(default=0)
    skew = FloatField(default=0.0)
    lines = ListField()  # [text, left, top, right, bottom, confidence]
    codes = ListField(StringField())

    @property
    def page(self) -> PageText:
        """As plain data."""
        return PageText(
            number=self.number,
            source=self.source,
            width=self.width,
            height=self.height,
            lines=tuple(Line(text, Box(*box), sure) for text, *box, sure in self.lines),
            turn=self.turn,
            skew=self.skew,
            codes=tuple(self.codes),
        )


class LearnedKinds(Document):
    """What was learned of kinds from papers that were filed. Not a record: no person changes it."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "learned_kinds",
        "auto_create_index": False,
        "indexes": ["-made_at"],
    }

    made_at = DateTimeField(required=True)
    kept = BinaryField(required=True)  # as `Learned.as_bytes` wrote it

    @property
    def learned(self) -> Learned:
        """To ask with, and how well it was learned."""
        return Learned.of_bytes(bytes(self.kept))

    @classmethod
    def latest(cls) -> Self | None:
        """What was learned last."""
        return cast("Self | None", cls.objects.order_by("-made_at").first())

    @classmethod
    def keep(cls, learned: Learned, now: datetime) -> None:
        """Let *learned* count from now on; what was learned before goes."""
        cls(made_at=now, kept=learned.as_bytes()).save()
        cls.objects(made_at__lt=now).delete()


def pages_of(sha256: str) -> list[PageText]:
    """What was read in these bytes so far, in the order of the pages."""
    return [each.page for each in ReadPage.objects(sha256=sha256).order_by("number")]


def sources_of(sha256: str) -> set[TextSource]:
    """Where the text of the pages comes from that say something."""
    told = ReadPage.objects(sha256=sha256, lines__0__exists=True).distinct("source")
    return {TextSource(each) for each in told}


def texts_of(digests: Iterable[str], longest: int) -> dict[str, str]:
    """What was read in each of these bytes, at most *longest* characters of it, in one query.

    What says nothing, or was not read, is left out.
    """
    texts: dict[str, str] = {}
    found = ReadPage.objects(sha256__in=list(set(digests))).order_by("sha256", "number")
    for page in found.only("sha256", "lines"):
        before = texts.get(page.sha256, "")
        if page.lines and len(before) < longest:
            words = "\n".join(line[0] for line in page.lines)
            texts[page.sha256] = f"{before}\n{words}"[:longest].lstrip("\n")
    return texts


def turns_of(sha256: str, numbers: Iterable[int]) -> dict[int, tuple[int, float]]:
    """How far each of these pages was turned to read upright, and how skewed it was then."""
    read = ReadPage.objects(sha256=sha256, number__in=list(numbers)).only("number", "turn", "skew")
    return {each.number: (each.turn, each.skew) for each in read}


def forget(digests: Iterable[str]) -> None:
    """Keep nothing of what was read in these bytes: they are destroyed."""
    gone = list(digests)
    ReadPage.objects(sha256__in=gone).delete()
    Reading.objects(id__in=gone).delete()


def readings_of(digests: Iterable[str]) -> dict[str, Reading]:
    """How far the reading of each is, by digest; those never asked for are left out."""
    return {each.id: each for each in Reading.objects(id__in=list(digests))}
