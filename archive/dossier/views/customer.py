"""One customer's whole file: a head that stays, and a tab for each part a person may see."""

from collections.abc import Callable, Iterable

from flask import Blueprint, Flask, render_template, url_for
from flask_babel import gettext
from markupsafe import Markup

from archive import clock
from archive.actor import Actor
from archive.customers import service as customers
from archive.customers.models import Customer
from archive.web.chapter import FileAct, FilePart, mounted
from archive.web.context import actor
from archive.web.guard import needs

blueprint = Blueprint("dossier", __name__, template_folder="../templates")

OPENING = "dossier.customer"


def install(app: Flask) -> None:
    """Give each part of the file, which the chapters bring, its page."""
    opening, *others = parts_of(app)
    app.add_url_rule("/customers/<archive_number>", OPENING, page_of(opening))
    for part in others:
        address = f"/customers/<archive_number>/{part.key}"
        app.add_url_rule(address, f"dossier.{part.key}", page_of(part))


def parts_of(app: Flask | None = None) -> list[FilePart]:
    """The parts of a file, in order."""
    parts = [part for chapter in mounted(app) for part in chapter.parts]
    return sorted(parts, key=lambda part: part.order)


def page_of(part: FilePart) -> Callable[[str], str]:
    """The page of *part*."""

    @needs(part.right)
    def page(archive_number: str) -> str:
        customer, who = customers.open_file(archive_number, actor=actor()), actor()
        who.require(part.right, customer)
        drawn = Markup(part.draw(customer))  # noqa: S704 - made by the chapter's template
        return render_template(
            "dossier/file.html",
            customer=customer,
            tab=part.key,
            tabs=list(tabs_for(who, customer)),
            acts=Acts.of(who, customer),
            licence_has_expired=customer.licence_has_expired(clock.local_day(clock.now())),
            part=drawn,
        )

    return page


def tabs_for(who: Actor, customer: Customer) -> Iterable[tuple[str, str, str, int | None]]:
    """The parts of the file that *who* may see: key, words, address, how many."""
    opening, *_ = parts = parts_of()
    for part in parts:
        if not who.may(part.right, customer):
            continue
        count = part.count(customer, who) if part.count else None
        if part.count and count is None:
            continue
        endpoint = OPENING if part is opening else f"dossier.{part.key}"
        address = url_for(endpoint, archive_number=customer.archive_number)
        yield part.key, gettext(part.label), address, count


class Acts:
    """What a person may start from the file: buttons, a menu, and their primary button."""

    def __init__(self, permitted: list[FileAct]) -> None:
        daily = [act for act in permitted if act.is_daily]
        self.primary = daily[0] if daily else None
        self.buttons = [act for act in permitted if act.is_button]
        self.menu = daily[1:] + [act for act in permitted if not act.is_daily and not act.is_button]

    @classmethod
    def of(cls, who: Actor, customer: Customer) -> "Acts":
        """Those that *who* may do with *customer*."""
        return cls(
            [act for chapter in mounted() for act in chapter.acts if who.may(act.right, customer)]
        )
