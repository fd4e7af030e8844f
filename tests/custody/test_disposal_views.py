"""The pages of retention, holds and disposal, from the proposal to the empty paper."""

from collections.abc import Callable
from datetime import date, timedelta

from flask import Flask

from archive import clock
from archive.actor import Role
from archive.custody.models import Disposal, LegalHold
from archive.custody.rules.retention import DisposalState
from archive.custody.service import disposing
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind
from archive.seams import Seams
from tests.browser import submit
from tests.conftest import ClientAs

APaper = Callable[..., Attachment]
LETTER, LONG_AGO = AttachmentKind.LETTER, date(2010, 3, 15)


def test_from_the_list_of_what_is_due_to_a_page_that_says_that_the_content_is_gone(
    a_paper: APaper, client_as: ClientAs, empty_site: Flask, parts: Seams
) -> None:
    old = a_paper("03-2-015", kind=LETTER, document_on=LONG_AGO, title="旧函件")
    held = a_paper(kind=LETTER, document_on=LONG_AGO, title="诉讼函件")
    keeper, boss = client_as(Role.CUSTODIAN), client_as(Role.GENERAL_MANAGER)
    new = f"/legal-holds/new?attachment={held.key}"
    customer = str(held.customer_id)
    sent = {"customer": customer, "attachment": held.key, "reason": "一审中"}
    assert submit(keeper, "/legal-holds/new", new, **sent).status_code == 302
    hold = LegalHold.objects.get()
    assert (hold.attachment_id, hold.customer_id) == (held.id, held.customer_id)
    due = keeper.get("/disposals/due").get_data(as_text=True)
    assert "旧函件" in due and "诉讼函件" in due
    ask = keeper.get("/disposals/new").get_data(as_text=True)
    assert ask.count('name="papers"') == 1 and f"受保全 {hold.number}" in ask
    refused = submit(
        keeper, "/disposals/new", papers=[old.key, held.key], reason="保管期满"
    ).get_data(as_text=True)
    assert "有 1 份附件不能销毁" in refused and "诉讼函件：受保全" in refused
    page = submit(keeper, "/disposals/new", papers=[old.key], reason="保管期满").location
    assert "批准销毁" not in keeper.get(page).get_data(as_text=True)
    assert keeper.post(f"{page}/approve").status_code in (400, 403)
    assert "审批附件销毁" in boss.get("/").get_data(as_text=True)
    submit(boss, f"{page}/approve", page)
    assert "停止销毁" in keeper.get(page).get_data(as_text=True)
    disposal = Disposal.objects.get()
    then = clock.now() + timedelta(days=15)
    disposing.begin_due(then)
    for later in (then, then + disposing.ASIDE_FOR):
        taken = Disposal.take(disposal.key, DisposalState.CARRYING, later)
        assert taken is not None
        disposing.carry_on(taken, blobs=parts.blobs, now=later)
    shown = keeper.get(f"/attachments/{old.key}").get_data(as_text=True)
    assert "已销毁，内容不再存在" in shown and disposal.number in shown
    assert "下载原件" not in shown and "上传新版本" not in shown
    assert keeper.get(f"/attachments/{old.key}/pages/1").status_code == 404
    assert keeper.get(f"/attachments/{old.key}/original").status_code == 404
    told = keeper.get(f"/api/v1/attachments/{old.key}").get_json()
    assert (told["disposal"], told["versions"][0]["sha256"]) == (disposal.number, None)
    auditor = client_as(Role.AUDITOR)
    assert "内容已删除" in auditor.get(page).get_data(as_text=True)
    assert auditor.get(f"{page}/list.docx").status_code == 200


def test_a_proposal_is_refused_withdrawn_or_stopped_with_a_reason(
    a_paper: APaper, client_as: ClientAs
) -> None:
    old = a_paper(kind=LETTER, document_on=LONG_AGO)
    keeper, boss = client_as(Role.CUSTODIAN), client_as(Role.GENERAL_MANAGER)
    for who, act, state in (
        (boss, "refuse", DisposalState.REFUSED),
        (keeper, "withdraw", DisposalState.WITHDRAWN),
        (keeper, "stop", DisposalState.STOPPED),
    ):
        page = submit(keeper, "/disposals/new", papers=[old.key], reason="保管期满").location
        if act == "stop":
            submit(boss, f"{page}/approve", page)
        nothing = submit(who, f"{page}/{act}", page, reason="")
        assert nothing.status_code == 422
        assert submit(who, f"{page}/{act}", page, reason="客户要求").status_code == 302
        assert Disposal.numbered(page.rsplit("/", 1)[1]).state is state
    assert Attachment.find(old.key).current.has_bytes


def test_a_hold_is_lifted_with_a_reason_and_by_nobody_else(
    a_paper: APaper, client_as: ClientAs
) -> None:
    paper = a_paper()
    keeper = client_as(Role.CUSTODIAN)
    wrong = submit(keeper, "/legal-holds/new", customer="没有这家", reason="一审中")
    assert wrong.status_code == 422
    sent = {"customer": str(paper.customer_id), "reason": "一审中"}
    page = submit(keeper, "/legal-holds/new", **sent).location
    assert "客户的全部附件" in keeper.get(page).get_data(as_text=True)
    paper_page = f"/attachments/{paper.key}"
    assert page in keeper.get(paper_page).text
    told = client_as(Role.SALES_MANAGER).get(paper_page).text
    assert "这份附件已保全" in told and page not in told  # the page of the hold is not theirs
    assert submit(keeper, f"{page}/lift", page, reason="结案").status_code == 302
    assert "这份附件已保全" not in keeper.get(paper_page).text
    assert LegalHold.objects.get().lifted_because == "结案"
    assert submit(keeper, f"{page}/lift", page, reason="结案").status_code == 422
    assert client_as(Role.SALES_MANAGER).get(page).status_code == 403


def test_the_general_manager_keeps_the_table_of_retention(client_as: ClientAs) -> None:
    shown = client_as(Role.CUSTODIAN).get("/retention").get_data(as_text=True)
    assert "合作终止之日" in shown and "/retention/letter/edit" not in shown
    assert "/retention/letter/edit" in client_as(Role.GENERAL_MANAGER).get("/retention").text
