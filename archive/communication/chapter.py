"""The chapter of communication: visits and complaints."""

from archive.actor import Right
from archive.communication import file, rowacts, waiting
from archive.communication.api import APIS
from archive.communication.demonstration import demonstrate
from archive.communication.forms import DeskInput, VisitInput
from archive.communication.indexing import (
    COMPLAINT,
    VISIT,
    entries_of_complaint,
    entries_of_visit,
)
from archive.communication.models import Complaint, Visit
from archive.communication.samples import SAMPLES
from archive.communication.views import complaints, evidence, visits
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.navigation import Area, NavItem
from archive.web.projection import Indexed, under_number
from archive.web.waiting import Shortcut
from archive.web.wording import RecordWords

COMMUNICATION = Area("communication", N_("客户沟通"), 200)

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
        "visit.recorded": N_("登记了拜访"),
        "visit.edited": N_("更新了拜访记录"),
        "visit.closed": N_("办结了拜访"),
        "visit.cancelled": N_("取消了拜访"),
        "visit.reopened": N_("重新打开了拜访"),
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
        "handler_id": N_("负责人"),
        "handler_name": N_("负责人"),
        "evidence": N_("照片与文件"),
        "replies": N_("答复"),
        "reaction": N_("客户反应"),
    },
    actions={
        "complaint.recorded": N_("登记了客户抱怨"),
        "complaint.edited": N_("更新了客户抱怨"),
        "complaint.accepted": N_("受理了客户抱怨"),
        "complaint.replied": N_("答复了客户"),
        "complaint.assigned": N_("更改了抱怨的负责人"),
        "complaint.file_added": N_("添加了照片或文件"),
        "complaint.file_removed": N_("移除了照片或文件"),
        "complaint.file_restored": N_("恢复了照片或文件"),
        "complaint.file_taken": N_("下载了抱怨的照片或文件"),
        "complaint.closed": N_("办结了客户抱怨"),
        "complaint.reopened": N_("重新处理了客户抱怨"),
        "complaint.phone_revealed": N_("查看了抱怨人完整号码"),
    },
)


CHAPTER = Chapter(
    name="communication",
    pages=(visits.blueprint, complaints.blueprint, evidence.blueprint),
    apis=APIS,
    navigation=(
        NavItem(COMMUNICATION, N_("拜访"), "visits.list_page", "calendar", (Right.OPEN_VISIT,)),
        NavItem(
            COMMUNICATION,
            N_("客户抱怨"),
            "complaints.list_page",
            "message-report",
            (Right.OPEN_COMPLAINT,),
            badge=waiting.count_waiting,
            queue=Right.EDIT_COMPLAINT,
        ),
    ),
    words=(VISIT_WORDS, COMPLAINT_WORDS),
    found=(
        Indexed(
            kind=VISIT,
            model=Visit,
            entries_of=entries_of_visit,
            prepare=Visit.with_customers,
            address_of=under_number("visits.page"),
        ),
        Indexed(
            kind=COMPLAINT,
            model=Complaint,
            entries_of=entries_of_complaint,
            prepare=Complaint.with_customers,
            address_of=under_number("complaints.page"),
        ),
    ),
    duties=waiting.duties_of,
    figures=waiting.figures_of,
    panels=waiting.panels_of,
    shortcuts=(
        Shortcut(
            N_("登记抱怨"),
            N_("客户反映了问题：当班登记，即转交客服。"),
            "message-report",
            "complaints.new",
            Right.RECORD_COMPLAINT,
            order=100,
        ),
        Shortcut(
            N_("查看抱怨的进展"),
            N_("您登记或负责的抱怨：受理了没有，何时答复客户。"),
            "message-reply",
            "complaints.list_page",
            Right.OPEN_COMPLAINT,
            order=300,
        ),
        Shortcut(
            N_("登记拜访"),
            N_("计划一次拜访，或补记刚刚的一次。"),
            "calendar-plus",
            "visits.new",
            Right.RECORD_VISIT,
            order=120,
        ),
    ),
    moments=file.MOMENTS,
    acts=file.ACTS,
    demonstrate=demonstrate,
    lists=rowacts.LISTS,
    row_acts=rowacts.ACTS,
    samples=SAMPLES,
)
