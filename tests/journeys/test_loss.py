"""A customer is lost: the analysis is asked for at home, and written there."""

import pytest
from playwright.sync_api import expect

from archive.actor import Role
from archive.customers.rules import Relationship
from archive.development.models import ChurnAnalysis
from archive.development.rules import LossCause
from tests.builders import a_customer, a_user
from tests.journeys.conftest import PageAs

pytestmark = pytest.mark.slow


def test_a_churn_analysis_is_asked_for_and_written(page_as: PageAs, empty_site: object) -> None:
    seller = a_user(Role.SALESPERSON)
    customer = a_customer(
        "演示百川机械有限公司", salesperson=seller, relationship=Relationship.LOST
    )
    page = page_as(user=seller)
    page.goto("/")
    page.get_by_role("link", name="填写流失分析").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登记流失分析")
    page.get_by_label("流失原因").select_option(label="服务质量")
    page.get_by_label("流失起始日期").press_sequentially("2026年1月31日")
    page.get_by_label("原因分析").press_sequentially("旺季三次晚到，没有改进办法。")
    page.get_by_label("挽回措施").press_sequentially("专人跟单，试发两票。")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(customer.name)
    expect(page.get_by_text("旺季三次晚到，没有改进办法。")).to_be_visible()
    loss = ChurnAnalysis.objects.get(customer_id=customer.id)
    assert (loss.cause, loss.lost_since.isoformat()) == (LossCause.SERVICE, "2026-01-31")
    page.goto("/")
    expect(page.get_by_role("link", name="填写流失分析")).to_have_count(0)
    page.goto(f"/losses/{loss.number}")
    page.get_by_role("button", name="已挽回").first.click()
    page.get_by_role("dialog").get_by_label("原因").press_sequentially("新报价谈成")
    page.get_by_role("dialog").get_by_role("button", name="已挽回").click()
    expect(page.get_by_text("新报价谈成").first).to_be_visible()
    assert ChurnAnalysis.numbered(loss.number).conclusion == "新报价谈成"
