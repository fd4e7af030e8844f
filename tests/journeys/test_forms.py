"""What every form does by itself."""

from playwright.sync_api import expect

from archive.actor import Role
from tests.journeys.conftest import PageAs


def test_what_only_a_business_visit_has_comes_and_goes_with_its_kind(page_as: PageAs) -> None:
    page = page_as(Role.SALES_MANAGER)
    page.goto("/visits/new")
    steps = page.get_by_role("group", name="事务拜访：事前三步")
    expect(steps).to_be_hidden()
    page.get_by_label("拜访类别").select_option("business")
    expect(steps).to_be_visible()
    page.get_by_label("拜访类别").select_option("routine")
    expect(steps).to_be_hidden()
