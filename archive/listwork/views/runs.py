"""The pages of work on lists: rows are chosen, something is done to them, and put back."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right, Scope
from archive.errors import NotFound
from archive.listed import RowAct, RowPage
from archive.listwork import service
from archive.listwork.lists import RUNS
from archive.listwork.models import Run, RunRow
from archive.listwork.rules import AT_ONCE, MOST_ROWS, Outcome, RunState
from archive.listwork.serving import act_of, carry_on, found_for, open_run
from archive.web.answers import problem_of
from archive.web.chosen import CHOSEN, EXPORTS, Chosen, address_with, all_acts, list_called, offered
from archive.web.context import actor
from archive.web.editing import Answer
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import needs, signed_in
from archive.web.inputs import ReasonInput
from archive.web.language import language
from archive.web.leafing import read_leaf
from archive.web.reasons import reasoned
from archive.web.repeats import once
from archive.web.targets import safe_target

blueprint = Blueprint("listwork", __name__, template_folder="../templates")

ROWS_A_PAGE = 50
NAMED = 10  # of the rows chosen, before anything is done to them


def install(app: Flask) -> None:
    """Give each act its page, and everybody the pages of what they did."""
    acts = all_acts(app)
    for act in filter(lambda each: each.is_offered, acts):
        address, name = f"/lists/{act.on}/{act.key}", f"listwork.{act.on}_{act.key}"
        app.add_url_rule(address, name, page_of(act))
        app.add_url_rule(address, f"{name}_begin", begin_of(act), methods=["POST"])
    for rule, name, view, method in (
        ("/lists/runs", "runs", runs_page, "GET"),
        ("/lists/runs/<number>", "page", page, "GET"),
        ("/lists/runs/<number>/progress", "progress", progress, "GET"),
        ("/lists/runs/<number>/stop", "stop", stop, "POST"),
        ("/lists/runs/<number>/resume", "resume", resume, "POST"),
        ("/lists/runs/<number>/undo", "undo", undo, "POST"),
    ):
        guarded = needs(Right.SEE_RUNS)(view)
        app.add_url_rule(rule, f"listwork.{name}", guarded, methods=[method])


@blueprint.post("/lists/choose")
@signed_in
def choose() -> Response:
    """Keep the rows that were ticked, and go on to what is to be done with them."""
    back, query = safe_target(), request.form.get("query", "")
    more: dict[str, str] = {}
    if not request.form.get("all"):
        ticked = [*request.form.getlist("rows"), *request.form.get("elsewhere", "").split()]
        more[CHOSEN] = Chosen.keep(ticked, actor=actor(), now=clock.now())
    wanted, key = request.form.get("to", ""), request.form.get("list", "")
    if wanted in EXPORTS:
        return redirect(address_with(back, query, **more, export=wanted))
    for each in offered(key, actor()):
        if each.key == wanted:
            return redirect(address_with(_address_of(each), query, **more))
    return redirect(back)


def _address_of(offer: RowAct | RowPage) -> str:
    if isinstance(offer, RowPage):
        return url_for(offer.endpoint)
    return url_for(f"listwork.{offer.on}_{offer.key}")


def page_of(act: RowAct) -> Callable[[], str]:
    """The page that asks for the facts of *act*."""

    @needs(act.right)
    def ask() -> str:
        return _ask(act, Form(act.model, choices=act.choices()))

    return ask


def begin_of(act: RowAct) -> Callable[[], Answer]:
    """What that page is sent to."""

    @once
    @needs(act.right)
    def begin() -> Answer:
        _, found = found_for(act)
        try:
            typed = read_form(act.model, request.form)
            run = service.begin(
                act,
                act.facts(typed),
                list(found.limit(MOST_ROWS + 1).scalar("id")),
                seen=request.form.get("count", 0, type=int),
                reason=typed.reason,
                language=language(),
                actor=actor(),
                now=clock.now(),
            )
        except CORRECTABLE as fault:
            return _ask(act, Form(act.model, request.form, choices=act.choices(), fault=fault)), 422
        if run.total <= AT_ONCE:
            carry_on(run.key)
        return redirect(address_of(run))

    return begin


def runs_page() -> str | Response:
    """What was done to many rows."""
    who = actor()
    acts = {(act.on, act.key): act for act in all_acts()}
    found = Run.objects(on__in=[on for on, _ in acts], act__in=[key for _, key in acts])
    if Scope.ALL not in who.scopes(Right.SEE_RUNS):
        found = found.filter(made_by_id=who.id)
    return RUNS.answer(found, acts=acts)


def page(number: str) -> str:
    """What becomes of an act."""
    return _page(open_run(number))


def progress(number: str) -> Response | str:
    """How far it is, as a fragment; once it is done, the page is asked for again."""
    run = open_run(number)
    if run.is_working:
        return render_template("listwork/progress.html", run=run, done=_done_of(run))
    response = Response()
    response.headers["HX-Refresh"] = "true"
    return response


def stop(number: str) -> Answer:
    """Leave the rows that were not reached yet."""
    return _turn(number, service.stop)


def resume(number: str) -> Answer:
    """Go on with them."""
    return _turn(number, service.go_on)


def undo(number: str) -> Answer:
    """Put back what was changed."""
    run = open_run(number)

    def put_back(reason: str) -> None:
        undoing = service.begin_undoing(run, actor=actor(), now=clock.now(), reason=reason)
        if undoing.total <= AT_ONCE:
            carry_on(undoing.key)

    return reasoned(
        put_back,
        page=lambda form: _page(run, form),
        said=gettext("已开始撤销，之后又被改过的记录保持现状。"),
        address=address_of(run),
    )


def address_of(run: Run) -> str:
    """The page of an act."""
    return url_for("listwork.page", number=run.number)


def _turn(number: str, verb: Callable[..., Run]) -> Answer:
    run = open_run(number)
    try:
        verb(run, actor=actor(), now=clock.now())
    except CORRECTABLE as fault:
        flash(problem_of(fault).message, "warning")
    return redirect(address_of(run))


def _ask(act: RowAct, form: Form) -> str:
    listed = list_called(act.on)
    _, found = found_for(act)
    count = found.count()
    return render_template(
        "listwork/ask.html",
        act=act,
        form=form,
        count=count,
        most=MOST_ROWS,
        named=list(found.limit(NAMED)) if count else [],
        title=listed.page.title,
        back=address_with(url_for(listed.endpoint), request.query_string.decode()),
    )


def _page(run: Run, reason: Form | None = None) -> str:
    act, counts = act_of(run), run.counts()
    wrong = (Outcome.REFUSED, Outcome.STAYED, Outcome.DONE, Outcome.UNDONE)
    first = next((each for each in wrong if counts[each]), Outcome.WAITING)
    asked = [each for each in Outcome if each.value == request.args.get("show")]
    shown = asked[0] if asked else first
    rows: Any = run.rows(shown).order_by("place")

    def read(start: int, count: int) -> list[RunRow]:
        return list(rows.skip(start).limit(count))

    leaf = read_leaf(read, ROWS_A_PAGE)
    return render_template(
        "listwork/page.html",
        run=run,
        act=act,
        told=act.tell(run.facts),
        counts=counts,
        shown=shown,
        done=_done_of(run),
        leaf=leaf,
        addresses=act.addresses([row.record for row in leaf.items]),
        reason=reason or Form(ReasonInput),
        listed=_list_of(act),
        can_undo=run.state in (RunState.DONE, RunState.STOPPED) and counts[Outcome.DONE],
    )


def _list_of(act: RowAct) -> tuple[str, str]:
    """Title and address of the list that *act* is on."""
    try:
        listed = list_called(act.on)
    except NotFound:
        return "", ""
    return gettext(listed.page.title), url_for(listed.endpoint)


def _done_of(run: Run) -> int:
    """How many rows are done with, of what goes on now."""
    counts = run.counts()
    if run.state is RunState.UNDOING:
        return run.total - counts[Outcome.DONE]
    return run.total - counts[Outcome.WAITING] - counts[Outcome.BEGUN]
