"""The navigation at the left: each chapter names its pages, each person sees what they may open."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, request, url_for

from archive.actor import Actor, Right
from archive.terms import N_, Term

NAVIGATION = "archive.navigation"


class Area(Term):
    """A heading of the navigation."""

    WORK = "work", N_("工作台")
    ARCHIVE = "archive", N_("客户档案")
    COMMUNICATION = "communication", N_("客户沟通")
    CONTRACTS = "contracts", N_("合同")
    OVERSIGHT = "oversight", N_("监督与管理")


@dataclass(frozen=True)
class NavItem:
    """One line of the navigation; `badge` counts what waits for the person, where it can."""

    area: Area
    label: str
    endpoint: str
    icon: str
    rights: tuple[Right, ...] = ()
    badge: Callable[[Actor], int] | None = None


@dataclass(frozen=True)
class NavLink:
    """A line as it is shown to one person."""

    label: str
    url: str
    icon: str
    active: bool
    badge: int


def register(app: Flask, *items: NavItem) -> None:
    """Add *items* to the navigation of *app*."""
    app.extensions.setdefault(NAVIGATION, []).extend(items)


def navigation_for(app: Flask, who: Actor) -> list[tuple[Area, list[NavLink]]]:
    """What *who* may open, by area, in the order of the areas."""
    areas: dict[Area, list[NavLink]] = {area: [] for area in Area}
    for item in app.extensions.get(NAVIGATION, []):
        if item.rights and not any(who.may(right) for right in item.rights):
            continue
        address = url_for(item.endpoint)
        areas[item.area].append(
            NavLink(
                label=item.label,
                url=address,
                icon=item.icon,
                active=lies_under(request.path, address),
                badge=item.badge(who) if item.badge else 0,
            )
        )
    return [(area, links) for area, links in areas.items() if links]


def lies_under(path: str, address: str) -> bool:
    """Whether *path* is the page at *address* or one below it, as a customer's file is."""
    return path == address or (address != "/" and path.startswith(f"{address}/"))
