"""What can be done with many complaints at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext

from archive.accounts.models import User
from archive.actor import Actor, Right
from archive.communication.forms import HandlerOfManyInput
from archive.communication.lists import COMPLAINTS, VISITS, asked_tab, in_tab
from archive.communication.models import Complaint, Visit
from archive.communication.service import complaints as service
from archive.listed import Listed, RowAct
from archive.terms import N_

LISTS = (
    Listed(VISITS.key, VISITS, "visits.list_page", Visit.visible_to),
    Listed(
        COMPLAINTS.key,
        COMPLAINTS,
        "complaints.list_page",
        Complaint.visible_to,
        within=lambda found: in_tab(asked_tab(), found),
    ),
)


def kept_choice(typed: HandlerOfManyInput) -> dict[str, Any]:
    """Who sees to the complaints.

    Raises:
        NotOfTheDesk: it is nobody who may.
    """
    return {"handler": typed.handler, "name": service.name_at_the_desk(typed.handler)}


def tell(facts: Mapping[str, Any]) -> str:
    """Who sees to them."""
    return gettext("负责人：%(name)s", name=facts.get("name", ""))


def find(key: Any) -> Complaint | None:
    """The complaint with this identity."""
    found: Complaint | None = Complaint.objects(id=key).first()
    return found


def is_assigned(complaint: Complaint, facts: Mapping[str, Any]) -> bool:
    """Whether whom the act names sees to it."""
    return bool((complaint.handler_id or "") == facts["handler"])


def before(complaint: Complaint) -> dict[str, Any]:
    """Who sees to it now."""
    return {"handler": complaint.handler_id or ""}


def assign(
    complaint: Complaint, facts: Mapping[str, Any], actor: Actor, now: datetime, reason: str
) -> None:
    """Have whom the facts name see to it; nobody where nobody did before."""
    service.assign_complaint(
        complaint, facts["handler"] or None, actor=actor, now=now, reason=reason
    )


def addresses(keys: Sequence[Any]) -> dict[Any, str]:
    """The pages of complaints."""
    found = Complaint.objects(id__in=list(keys)).only("number")
    return {each.id: url_for("complaints.page", number=each.number) for each in found}


ACTS = (
    RowAct(
        key="assign",
        on=COMPLAINTS.key,
        label=N_("更换负责人"),
        icon="user-share",
        right=Right.EDIT_COMPLAINT,
        lead=N_("选中的抱怨由新的负责人跟进，列入其待办；已结案的保持不变；整次操作可以撤销。"),
        model=HandlerOfManyInput,
        facts=kept_choice,
        tell=tell,
        find=find,
        is_so=is_assigned,
        before=before,
        do=assign,
        restore=assign,
        addresses=addresses,
        choices=lambda: {"handler": User.holding(Right.EDIT_COMPLAINT)},
    ),
)
