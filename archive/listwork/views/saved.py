"""The pages of saved views: kept from a list, renamed, replaced, removed, brought back."""

from collections.abc import Callable
from urllib.parse import parse_qsl

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right, Role
from archive.errors import NotFound
from archive.listwork import service
from archive.listwork.forms import ViewInput
from archive.listwork.models import SavedView
from archive.listwork.rules import Definition
from archive.listwork.serving import address_of_view, title_of_list
from archive.listwork.views.runs import blueprint
from archive.terms import N_
from archive.web.answers import problem_of
from archive.web.chosen import address_with
from archive.web.context import actor
from archive.web.editing import Answer, Editing
from archive.web.forms import CORRECTABLE, read_form
from archive.web.guard import needs
from archive.web.repeats import once
from archive.web.saved import ALL, SAVED
from archive.web.targets import safe_target

MOST_REMOVED = 20  # that are offered to be brought back

EDITING = Editing[SavedView](
    model=ViewInput,
    right=Right.SEE_VIEWS,
    verb=service.edit_view,
    title=N_("列表视图"),
    name=lambda view: view.name,
    lead=lambda view: title_of_list(view.on),
    address=lambda _: url_for("listwork.views"),
    crumbs=lambda _: [(gettext("列表视图"), url_for("listwork.views"))],
)


@blueprint.get("/lists/views")
@needs(Right.SEE_VIEWS)
def views() -> str:
    """The views of a person, those shared with them, and those they removed."""
    who = actor()
    removed = SavedView.objects(owner_id=who.id, removed_at__ne=None).order_by("-removed_at")
    return render_template(
        "listwork/views.html",
        mine=list(SavedView.of_owner(who).order_by("on", "name")),
        shared=list(SavedView.offered_to(who).filter(owner_id__ne=who.id).order_by("on", "name")),
        removed=list(removed.limit(MOST_REMOVED)),
        title_of=title_of_list,
        open_address=address_of_view,
        me=who.id,
    )


@blueprint.post("/lists/views/new")
@once
@needs(Right.SEE_VIEWS)
def save_view() -> Response:
    """Keep what the list on the page asks for."""
    back, query = safe_target(), request.form.get("query", "")
    try:
        typed = read_form(ViewInput, request.form)
        view = service.save_view(
            request.form.get("list", ""),
            typed.name,
            Definition.of(parse_qsl(query)),
            role=typed.role,
            actor=actor(),
            now=clock.now(),
        )
    except CORRECTABLE as fault:
        problem = problem_of(fault)
        texts = [text for each in problem.errors.values() for text in each]
        flash("".join(texts) or problem.message, "warning")
        return redirect(address_with(back, query))
    flash(gettext("视图“%(name)s”已保存。", name=view.name), "success")
    return redirect(address_with(back, query, **{SAVED: view.key}))


@blueprint.post("/lists/views/default")
@needs(Right.SEE_VIEWS)
def make_default() -> Response:
    """Open a list with one of the views, or as it is."""
    key, on = request.form.get("view", ""), request.form.get("list", "")
    view = SavedView.offered_to(actor()).filter(id=SavedView.find(key).id).first() if key else None
    if key and view is None:
        raise NotFound()
    service.make_default(view, view.on if view else on, actor=actor())
    flash(gettext("下次打开这个列表时生效。"), "success")
    return redirect(safe_target(url_for("listwork.views")))


@blueprint.get("/lists/views/<key>")
@needs(Right.SEE_VIEWS)
def edit_view(key: str) -> str:
    return EDITING.show(SavedView.find(key))


@blueprint.post("/lists/views/<key>")
@needs(Right.SEE_VIEWS)
def rename_view(key: str) -> Answer:
    return EDITING.save(SavedView.find(key))


@blueprint.post("/lists/views/<key>/replace")
@needs(Right.SEE_VIEWS)
def replace_view(key: str) -> Response:
    """Have a view open what the list on the page asks for."""
    query = request.form.get("query", "")
    definition = Definition.of(parse_qsl(query))
    view = SavedView.find(key)
    return _turn(
        lambda: service.redefine_view(view, definition, actor=actor(), now=clock.now()),
        gettext("视图“%(name)s”已替换；可在“管理视图”中恢复原来的内容。", name=view.name),
        address_with(safe_target(), query, **{SAVED: key}),
    )


@blueprint.post("/lists/views/<key>/remove")
@needs(Right.SEE_VIEWS)
def remove_view(key: str) -> Response:
    view = SavedView.find(key)
    return _turn(
        lambda: service.remove_view(view, actor=actor(), now=clock.now()),
        gettext("视图“%(name)s”已删除，可以在下面恢复。", name=view.name),
    )


@blueprint.post("/lists/views/<key>/back")
@needs(Right.SEE_VIEWS)
def bring_view_back(key: str) -> Response:
    view = SavedView.find(key)
    return _turn(
        lambda: service.bring_view_back(view, actor=actor(), now=clock.now()),
        gettext("视图“%(name)s”已恢复。", name=view.name),
    )


def _turn(act: Callable[[], object], said: str, address: str = "") -> Response:
    try:
        act()
    except CORRECTABLE as fault:
        flash(problem_of(fault).message, "warning")
    else:
        flash(said, "success")
    return redirect(address or url_for("listwork.views"))


@blueprint.app_template_global("role_choices")
def role_choices() -> list[tuple[str, str]]:
    """With whom a view can be shared."""
    return Role.choices()


@blueprint.app_template_global("views_whole")
def views_whole() -> str:
    """The address of the list as it is, whatever the person's default view."""
    return f"{request.path}?{SAVED}={ALL}"
