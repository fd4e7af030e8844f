"""The development report and the churn analysis as Word files (Art. 7)."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

import docx
from flask import Flask
from flask.testing import FlaskClient

from archive.actor import Role
from archive.development.placeholders import CATALOGUE
from archive.development.rules import ContactWay, LossCause
from archive.development.service import losses, plans
from archive.development.service.reports import WRITER
from archive.docgen.shipped import CHURN_ANALYSIS, COOPERATION_SCHEME, DEVELOPMENT_REPORT
from archive.docgen.text import read_text
from archive.trail.models import TrailEntry
from tests.builders import a_customer, a_user


def text_of(content: bytes) -> str:
    """What a reader sees."""
    return read_text(docx.Document(BytesIO(content)))


def test_the_templates_have_no_fault_and_name_all_that_is_known() -> None:
    named: set[str] = set()
    for each in (DEVELOPMENT_REPORT, COOPERATION_SCHEME, CHURN_ANALYSIS):
        report = WRITER.check(each.read())
        assert report.faults == ()
        assert report.notices == ()
        named |= set(report.placeholders)
    known = {p.name for p in CATALOGUE.top if not p.name.startswith("文件.")}
    columns = {column.name for p in CATALOGUE.lists() for column in p.columns}
    assert (known | columns) - named == set()


def test_a_report_says_what_the_plan_says_and_marks_what_is_missing(
    client_as: Callable[..., FlaskClient], empty_site: Flask, now: datetime
) -> None:
    seller = a_user(Role.SALESPERSON)
    customer = a_customer("演示百川机械有限公司", salesperson=seller)
    plan = plans.open_plan(
        customer,
        actor=seller.as_actor(),
        now=now,
        why="货量稳定，现承运商时效差。",
        steps=[{"what": "提交报价", "due_on": date(2026, 3, 20)}],
        progress=[{"noted_on": date(2026, 3, 2), "way": ContactWay.CALL, "content": "约好见面。"}],
    )
    answer = client_as(user=seller).get(f"/development/{plan.number}/report.docx")
    assert answer.status_code == 200
    text = text_of(answer.data)
    for said in (customer.name, plan.why, "提交报价", "2026年3月20日", "约好见面。", plan.number):
        assert said in text
    assert "【待填：预计月货量（吨）】" in text
    assert "【待填：完成日期】" not in text
    other = client_as(Role.SALESPERSON).get(f"/development/{plan.number}/report.docx")
    assert other.status_code == 403
    taken = TrailEntry.objects(action="plan.report_taken")
    assert [each.actor_id for each in taken] == [seller.key]


def test_an_analysis_is_taken_as_a_word_file(
    client_as: Callable[..., FlaskClient], empty_site: Flask, now: datetime
) -> None:
    seller = a_user(Role.SALESPERSON)
    customer = a_customer("演示百川机械有限公司", salesperson=seller)
    loss = losses.record_loss(
        customer, actor=seller.as_actor(), now=now, cause=LossCause.PRICE,
        lost_since=date(2026, 1, 31), analysis="报价高出两成。",
    )  # fmt: skip
    answer = client_as(user=seller).get(f"/losses/{loss.number}/analysis.docx")
    text = text_of(answer.data)
    for said in (customer.name, "运价原因", "2026年1月31日", "报价高出两成。"):
        assert said in text
    assert "【待填：挽回措施】" in text
