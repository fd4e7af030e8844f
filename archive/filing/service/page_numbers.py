"""Which pages of a file a paper is made of, as numbers and in words."""

from collections.abc import Sequence

from archive.filing.errors import NoSuchPages, NothingArranged
from archive.filing.rules import showable_name


def piece_name(name: str, pages: Sequence[int]) -> str:
    """The name of what was cut out of a file: that of the file, and which pages of it."""
    stem = showable_name(name).rpartition(".")[0] or showable_name(name)
    return f"{stem[:80]} p{pages_in_words(pages)[:30]}.pdf"


def pages_in_words(pages: Sequence[int]) -> str:
    """Numbers of pages in their order, runs drawn together: ``1-3,7``."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def read_pages(text: str) -> list[int]:
    """The numbers that `pages_in_words` wrote; a run that goes backwards is none."""
    ends = [[int(end) for end in run.split("-")] for run in text.split(",")]
    return [page for run in ends for page in range(run[0], run[-1] + 1)]


def check_papers(papers: Sequence[Sequence[int]], pages: int) -> None:
    """Let *papers*, page numbers each, be made of a file of so many *pages*.

    Raises:
        NoSuchPages: a number is beyond them, or a page is in two papers.
        NothingArranged: it is the file as it is.
    """
    named = [page for paper in papers for page in paper]
    if (
        not all(papers)
        or len(set(named)) != len(named)
        or not set(named) <= set(range(1, pages + 1))
    ):
        raise NoSuchPages(pages=pages)
    if [list(paper) for paper in papers] == [list(range(1, pages + 1))]:
        raise NothingArranged()
