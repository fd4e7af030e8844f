"""How a person is told, and the ways out of the archive as the administrator sees them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.channels import ChannelAway
from archive.channels.workdays import LAST_KNOWN
from archive.notifying import service
from archive.notifying.forms import ArrangementsInput, TestMailInput, WishesInput
from archive.notifying.models import Arrangements, Notice, NoticeWishes
from archive.notifying.rules import Channel, OutState
from archive.notifying.serving import sending
from archive.terms import N_
from archive.web.answers import words_of
from archive.web.context import actor, seams
from archive.web.editing import Answer, Editing
from archive.web.forms import CORRECTABLE, Form, initial_of, read_form
from archive.web.guard import needs, signed_in

blueprint = Blueprint("notice_settings", __name__, template_folder="../templates")


@blueprint.get("/notices/settings")
@signed_in
def page() -> str:
    wishes = NoticeWishes.of(actor().id)
    return _page(Form(WishesInput, initial=initial_of(WishesInput, wishes) if wishes else None))


@blueprint.post("/notices/settings")
@signed_in
def save() -> Answer:
    try:
        typed = read_form(WishesInput, request.form)
        service.say_wishes(actor=actor(), now=clock.now(), **typed.model_dump())
    except CORRECTABLE as fault:
        return _page(Form(WishesInput, request.form, fault=fault)), 422
    flash(gettext("已保存，从下一条通知起生效。"), "success")
    return redirect(url_for("notice_settings.page"))


EDITING = Editing[Arrangements](
    model=ArrangementsInput,
    right=Right.MANAGE_PEOPLE,
    verb=service.arrange,
    title=N_("通知安排"),
    name=lambda _: gettext("通知安排"),
    lead=lambda _: gettext("从下一条通知起生效；每个人还可以在“通知方式”里选择自己怎样收到。"),
    address=lambda _: url_for("notice_settings.channels_page"),
    crumbs=lambda _: [(gettext("通知渠道"), url_for("notice_settings.channels_page"))],
)


@blueprint.get("/channels/arrangements")
@needs(Right.MANAGE_PEOPLE)
def arrangements() -> str:
    return EDITING.show(Arrangements.in_force())


@blueprint.post("/channels/arrangements")
@needs(Right.MANAGE_PEOPLE)
def arrange() -> Answer:
    return EDITING.save(Arrangements.in_force())


@blueprint.get("/channels")
@needs(Right.MANAGE_PEOPLE)
def channels_page() -> str:
    return _channels()


@blueprint.post("/channels/mail/test")
@needs(Right.MANAGE_PEOPLE)
def test_mail() -> Answer:
    try:
        typed = read_form(TestMailInput, request.form)
    except CORRECTABLE as fault:
        return _channels(Form(TestMailInput, request.form, fault=fault)), 422
    away = sending.try_mail(seams().channels, typed.email)
    return _tried(away, gettext("邮件服务器已接收测试邮件，请到邮箱查看。"))


@blueprint.post("/channels/robot/test")
@needs(Right.MANAGE_PEOPLE)
def test_robot() -> Answer:
    away = sending.try_robot(seams().channels)
    return _tried(away, gettext("机器人已接收测试消息，请到群里查看。"))


def _tried(away: ChannelAway | None, said: str) -> Response:
    if away is None:
        flash(said, "success")
    else:
        flash("".join(words_of(away)), "error")
    return redirect(url_for("notice_settings.channels_page"))


def _page(form: Form) -> str:
    return render_template(
        "notifying/settings.html",
        form=form,
        has_mail=seams().channels.mail is not None,
        morning=Arrangements.in_force().morning_at,
    )


def _channels(form: Form | None = None) -> str:
    counts = {
        channel.value: {
            "waiting": Notice.outward(channel, OutState.WAITING),
            "refused": Notice.refused(channel),
            "sent": Notice.outward(channel, OutState.SENT),
            "given_up": Notice.outward(channel, OutState.GIVEN_UP),
        }
        for channel in Channel
    }
    return render_template(
        "notifying/channels.html",
        arranged=Arrangements.in_force(),
        channels=seams().channels,
        counts=counts,
        form=form or Form(TestMailInput),
        last_known=LAST_KNOWN,
        is_known=clock.local_day(clock.now()) <= LAST_KNOWN,
    )
