"""来件渠道: does everything that people put into a way in arrive, and if not, why?"""

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock, jobs
from archive.actor import Right
from archive.arriving.forms import SeparatorsInput
from archive.arriving.lists import ARRIVALS
from archive.arriving.models import Arrival, WayState
from archive.arriving.rules import KEPT_FOLDER, REFUSED_FOLDER, Outcome, Way
from archive.arriving.serving import TASKS
from archive.customers.models import Customer
from archive.errors import NotFound
from archive.recognition.codes import SeparatorCode, write
from archive.web.context import seams
from archive.web.forms import CORRECTABLE, Form
from archive.web.guard import needs
from archive.web.language import language
from archive.web.qr import qr_of

blueprint = Blueprint("arriving", __name__, template_folder="templates")

LATELY = timedelta(days=30)


@blueprint.get("/ways")
@needs(Right.FILE_DEPOSIT, Right.MANAGE_PEOPLE)
def page() -> str | Response:
    """Each way in, how it is doing, and what came by it."""
    return ARRIVALS.answer(
        Arrival.objects,
        ways=[facts_of(way) for way in Way if is_set(way)],
        is_set={way.value: is_set(way) for way in Way},
        folders=(KEPT_FOLDER, REFUSED_FOLDER),
        settings=seams().settings,
    )


@blueprint.post("/ways/<way>/look")
@needs(Right.FILE_DEPOSIT, Right.MANAGE_PEOPLE)
def look(way: str) -> Response:
    """Have a way looked at now, after something was put right."""
    asked = next((each for each in Way if each.value == way), None)
    if asked is None:
        raise NotFound()
    if is_set(asked):
        WayState.try_now(asked)
        jobs.enqueue(TASKS[asked])
        flash(gettext("正在查看，稍后刷新本页查看结果。"), "success")
    else:
        flash(gettext("设置中没有开通这个来件渠道。"), "warning")
    return redirect(url_for("arriving.page"))


@blueprint.get("/ways/separators")
@needs(Right.FILE_DEPOSIT)
def separators() -> str:
    """Sheets to lay between papers that are scanned as one stack."""
    given = {name: text for name, text in request.args.items() if text}
    try:
        wanted = SeparatorsInput.read(given)
        form = Form(SeparatorsInput, initial=wanted.model_dump())
    except CORRECTABLE as fault:
        wanted, form = SeparatorsInput(), Form(SeparatorsInput, request.args, fault=fault)
    customer = Customer.find(wanted.customer) if wanted.customer else None
    if customer and not form.errors:
        form.customer.value = customer.caption
    number = (customer.customer_code or customer.archive_number) if customer else ""
    code = SeparatorCode(number, wanted.kind.value if wanted.kind else "")
    return render_template(
        "arriving/separators.html",
        form=form,
        kind=wanted.kind,
        customer=customer,
        number=number,
        count=wanted.count,
        qr=qr_of(write(code, seams().settings.public_url or request.host_url)),
    )


def is_set(way: Way) -> bool:
    """Whether the settings name this way."""
    return bool(
        {
            Way.FOLDER: seams().settings.scan_folder,
            Way.MAILBOX: seams().settings.mailbox_host,
        }[way]
    )


def facts_of(way: Way) -> dict[str, Any]:
    """What the page says of one way."""
    now = clock.now()
    state = WayState.of(way)
    today = Arrival.counted(way, clock.start_of(clock.local_day(now)))
    lately = Arrival.counted(way, now - LATELY)
    return {
        "way": way,
        "state": state,
        "fault": state.fault.get(language(), ""),
        "today": today[Outcome.TAKEN],
        "lately": lately,
        "refused": lately[Outcome.REFUSED],
    }
