"""The pages of communication: visits and complaints."""

from flask import Flask

from archive.actor import Actor, Right
from archive.communication.forms import DeskInput, VisitInput
from archive.communication.models import Complaint
from archive.communication.views import complaints, visits
from archive.terms import N_
from archive.web import navigation, wording
from archive.web.navigation import Area, NavItem
from archive.web.wording import RecordWords

SHARED = {
    "number": N_("编号"),
    "customer_id": N_("客户"),
    "recorded_by_id": N_("登记人"),
    "recorded_by_name": N_("登记人"),
    "status": N_("状态"),
    "closed_at": N_("办结时间"),
}
VISIT_WORDS = RecordWords(
    kind="visits",
    label=N_("拜访"),
    model=VisitInput,
    fields=SHARED,
    actions={
        "visit.recorded": N_("登记拜访"),
        "visit.edited": N_("更新拜访记录"),
        "visit.closed": N_("办结拜访"),
    },
)
COMPLAINT_WORDS = RecordWords(
    kind="complaints",
    label=N_("客户抱怨"),
    model=DeskInput,
    fields=SHARED
    | {
        "accepted_at": N_("受理时间"),
        "accepted_by_id": N_("受理人"),
        "accepted_by_name": N_("受理人"),
        "replies": N_("答复"),
        "reaction": N_("客户反应"),
    },
    actions={
        "complaint.recorded": N_("登记客户抱怨"),
        "complaint.edited": N_("更新客户抱怨"),
        "complaint.accepted": N_("受理客户抱怨"),
        "complaint.replied": N_("答复客户"),
        "complaint.closed": N_("客户抱怨结案"),
        "complaint.phone_revealed": N_("查看抱怨人完整号码"),
    },
)


def install(app: Flask) -> None:
    """Mount the pages."""
    app.register_blueprint(visits.blueprint)
    app.register_blueprint(complaints.blueprint)
    wording.register(app, VISIT_WORDS, COMPLAINT_WORDS)
    navigation.register(
        app,
        NavItem(
            Area.COMMUNICATION, N_("拜访"), "visits.list_page", "calendar", (Right.OPEN_VISIT,)
        ),
        NavItem(
            Area.COMMUNICATION,
            N_("客户抱怨"),
            "complaints.list_page",
            "message-report",
            (Right.OPEN_COMPLAINT,),
            badge=count_waiting,
        ),
    )


def count_waiting(who: Actor) -> int:
    """How many complaints wait for the desk, for the badge beside the page's name."""
    return int(Complaint.waiting(who).count()) if who.may(Right.EDIT_COMPLAINT) else 0
