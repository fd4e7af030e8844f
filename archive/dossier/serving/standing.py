"""How the company stands: gathered from every chapter, shown as it was last counted."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext

from archive import clock
from archive.actor import Actor, Right, Scope
from archive.dossier.models import Standing
from archive.web import formatting
from archive.web.chapter import mounted


@dataclass(frozen=True)
class Shown:
    """A number in words."""

    label: str
    value: str
    address: str
    change: str
    """Against the year before."""


def count_all() -> Standing:
    """Count everything now."""
    now = clock.now()
    gathered = [panel for each in mounted() if each.panels for panel in each.panels(now)]
    return Standing.keep(gathered, now)


def standing_for(who: Actor) -> tuple[datetime, list[tuple[str, list[Shown]]]]:
    """When it was counted, and the numbers that *who* may see, by what they are about."""
    standing = Standing.latest() or count_all()
    rights = {right.value: right for right in Right}
    panels = [
        (gettext(panel["title"]), [_shown(each) for each in panel["numbers"]])
        for panel in standing.panels
        if Scope.ALL in who.scopes(rights[panel["right"]])
    ]
    return standing.counted_at, panels


def _shown(number: dict[str, Any]) -> Shown:
    value = Decimal(number["value"])
    text = formatting.money(value) if number["is_exact"] else f"{int(value):,}"
    address = ""
    if number["endpoint"]:
        pairs = [(name, given) for name, given in number["values"]]
        address = f"{url_for(number['endpoint'])}?{urlencode([*pairs, ('saved', 'all')])}"
    before = number["before"]
    return Shown(gettext(number["label"]), text, address, _change(value, before))


def _change(value: Decimal, before: str | None) -> str:
    if before is None:
        return ""
    earlier = Decimal(before)
    if earlier <= 0:
        return gettext("去年同期 %(before)s", before=formatting.money(earlier))
    percent = (value - earlier) * 100 / earlier
    words = {"before": formatting.money(earlier), "percent": f"{percent:+.1f}"}
    return gettext("去年同期 %(before)s，%(percent)s%%", **words)
