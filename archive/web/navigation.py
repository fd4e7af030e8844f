"""The navigation at the left: each chapter names its pages, each person sees what they may open."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, request, url_for

from archive.actor import Actor, Right
from archive.terms import N_
from archive.web.badges import badge

NAVIGATION = "archive.navigation"


@dataclass(frozen=True)
class Area:
    """A heading of the navigation."""

    key: str
    label: str
    order: int
    """Its place among the headings of chapters that it knows nothing of: leave gaps."""


WORK = Area("work", N_("工作台"), 0)
OVERSIGHT = Area("oversight", N_("监督与管理"), 1000)


@dataclass(frozen=True)
class NavItem:
    """One line of the navigation; `badge` counts what waits for the person, where it can.

    Those who hold the right `queue` work through it: on a phone it is in their bar.
    """

    area: Area
    label: str
    endpoint: str
    icon: str
    rights: tuple[Right, ...] = ()
    badge: Callable[[Actor], int] | None = None
    queue: Right | None = None


@dataclass(frozen=True)
class NavLink:
    """A line as it is shown to one person."""

    label: str
    url: str
    icon: str
    active: bool
    badge: int
    is_queue: bool


def register(app: Flask, *items: NavItem) -> None:
    """Add *items* to the navigation of *app*."""
    app.extensions.setdefault(NAVIGATION, []).extend(items)


def navigation_for(app: Flask, who: Actor) -> list[tuple[Area, list[NavLink]]]:
    """What *who* may open, by area, in the order of the areas."""
    areas: dict[Area, list[NavLink]] = {}
    for item in app.extensions.get(NAVIGATION, []):
        if item.rights and not any(who.may(right) for right in item.rights):
            continue
        address = url_for(item.endpoint)
        areas.setdefault(item.area, []).append(
            NavLink(
                label=item.label,
                url=address,
                icon=item.icon,
                active=lies_under(request.path, address),
                badge=badge(item.endpoint, who, item.badge) if item.badge else 0,
                is_queue=item.queue is not None and who.may(item.queue),
            )
        )
    return sorted(areas.items(), key=lambda each: each[0].order)


def lies_under(path: str, address: str) -> bool:
    """Whether *path* is the page at *address* or one below it, as a customer's file is."""
    return path == address or (address != "/" and path.startswith(f"{address}/"))
