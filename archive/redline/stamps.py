"""What a Word file says of itself at the head and the foot of its pages."""

from dataclasses import dataclass

from docx.opc.constants import RELATIONSHIP_TYPE

from archive.docgen.places import story_parts
from archive.docgen.text import read_text
from archive.redline.opened import open_word

MOST_PICTURES = 8
LARGEST_PICTURE = 1024 * 1024


@dataclass(frozen=True)
class Stamps:
    """Words and pictures of headers and footers, and what else the file says of itself."""

    words: str
    pictures: tuple[bytes, ...]
    text: str
    """The whole file as a reader sees it."""
    name: str
    """Its identifier among its properties, as our own drafts have it."""


def read_stamps(document: bytes) -> Stamps:
    """The stamps of *document*, a .docx.

    Raises:
        WordFileUnreadable: it is no Word file that is opened here.
    """
    opened = open_word(document).document
    words, pictures = [], []
    for _, part in [*story_parts(opened)][1:]:
        words += [each.text or "" for each in part.element.iter("{*}t")]
        pictures += [
            each.target_part.blob
            for each in part.rels.values()
            if each.reltype == RELATIONSHIP_TYPE.IMAGE and not each.is_external
        ]
    small = [each for each in dict.fromkeys(pictures) if len(each) <= LARGEST_PICTURE]
    return Stamps(
        words="".join(words),
        pictures=tuple(small[:MOST_PICTURES]),
        text=read_text(opened),
        name=opened.core_properties.identifier or "",
    )
