"""The one list of chapters, a line for each. A chapter builds on those before it."""

from importlib import import_module

from archive.web.chapter import Chapter

NAMES = (
    "dossier",
    "accounts",
    "assigning",
    "notifying",
    "importing",
    "listwork",
    "customers",
    "figures",
    "development",
    "filing",
    "custody",
    "arriving",
    "communication",
    "contracts",
    "classing",
    "upkeep",
    "audit",
    "synonyms",
)


def chapter_in(folder: str) -> Chapter:
    """The chapter that the package *folder* declares."""
    found: Chapter = import_module(f"{folder}.chapter").CHAPTER
    return found


CHAPTERS: tuple[Chapter, ...] = tuple(chapter_in(f"archive.{name}") for name in NAMES)
