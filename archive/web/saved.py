"""Views of a list that are kept under a name: what the bar over the list offers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, current_app, request

from archive.actor import Actor

SAVED = "saved"  # in an address: the view that is open
ALL = "all"  # the list as it is, whatever somebody's default view
PROVIDER = "archive.saved"
ASIDE = frozenset({"page", "per_page", "chosen", "export", SAVED})


@dataclass(frozen=True)
class SavedLink:
    """A view that a person may open."""

    key: str
    name: str
    pairs: Sequence[tuple[str, str]]
    """What the address asks for, as name and value."""
    filters: Sequence[str]
    columns: Sequence[str]
    is_mine: bool
    is_default: bool
    by: str = ""
    """Who shares it, where it is not one's own."""

    @property
    def address(self) -> str:
        """The list on this page, opened with it."""
        return f"{request.path}?{urlencode([*self.pairs, (SAVED, self.key)])}"

    @property
    def is_changed(self) -> bool:
        """Whether the page asks for something else than it does."""
        return sorted(asked()) != sorted(self.pairs)


Provider = Callable[[str, Actor], list[SavedLink]]


def asked() -> Iterable[tuple[str, str]]:
    """What the address asks of a list, without what no view keeps."""
    return [pair for pair in request.args.items(multi=True) if pair[0] not in ASIDE and pair[1]]


def register(app: Flask, provider: Provider) -> None:
    """Have *provider* say which views of a list a person may open."""
    app.extensions[PROVIDER] = provider


def views_on(key: str, who: Actor) -> list[SavedLink]:
    """The views of the list *key* that *who* may open."""
    provider: Provider | None = current_app.extensions.get(PROVIDER)
    return provider(key, who) if provider and key else []


def opened(views: Iterable[SavedLink]) -> SavedLink | None:
    """The one of *views* that the address opens."""
    return next((view for view in views if view.key == request.args.get(SAVED)), None)
