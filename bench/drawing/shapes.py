"""What a drawn paper is."""

from dataclasses import dataclass, field

from PIL import Image

from archive.recognition.papers import FieldName, PaperKind

Ink = tuple[int, int, int]
Paper = tuple[int, int, int]


@dataclass(frozen=True)
class Drawn:
    """A paper as it was drawn, with what a perfect reading would say of it."""

    kind: PaperKind
    layout: str
    image: Image.Image
    facts: dict[FieldName, str] = field(default_factory=dict)
    code: str = ""
    """Of the company that the paper is about."""
