"""A morning's stack, worked by the keyboard alone; and two custodians at one stack."""

import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from archive import clock
from archive.actor import Actor, Role
from archive.customers.models import Customer
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import AttachmentKind, DepositState
from archive.filing.service import receiving
from archive.filing.service.joining import Made
from archive.recognition.papers import FieldName
from archive.seams import Seams
from tests.builders import a_customer, a_user
from tests.filing.test_arranging import a_stack
from tests.journeys.conftest import PageAs
from tests.proposals import a_proposal

pytestmark = pytest.mark.slow

SURE, ASKED, UNKNOWN = 42, 4, 3  # and one that was scanned as a stack
ONE_BY_ONE = 10  # of those that are sure; the others go in one act
HEAR = "document.dispatchEvent(new Event('visibilitychange'))"
SUBMIT, CUSTOMER = "form[data-filing] [type=submit]", "[data-desk] [name=customer]"

LEFT = "[data-left]"

TakeIn = Callable[..., Deposit]


@pytest.fixture
def take_in(parts: Seams, tmp_path: Path) -> TakeIn:
    """Take papers in, each another one: ``take_in(custodian)``."""
    made = 0

    def receive(actor: Actor, content: bytes | None = None, name: str = "") -> Deposit:
        nonlocal made
        made += 1
        if content is None:
            out = io.BytesIO()
            Image.new("L", (60, 60 + made), 200).save(out, "JPEG")
            content = out.getvalue()
        path = tmp_path / str(made)
        return receiving.receive(
            Made(path, content, 10_000_000),
            name=name or f"扫描{made:02}.jpg",
            upload_key=None,
            actor=actor,
            now=clock.now(),
            blobs=parts.blobs,
            recognition=parts.recognition,
        )

    return receive


def expect_open(page: Page, deposit: Deposit) -> None:
    """Wait until *deposit* is on the desk."""
    expect(page.locator(f'[data-open-key="{deposit.key}"]')).to_be_visible()


def press(page: Page, *keys: str) -> None:
    """Press one key after the other."""
    for key in keys:
        page.keyboard.press(key)


def split_the_stack(page: Page, stack: Deposit, customer: Customer) -> None:
    """Two papers are made where they seem to begin, without the second page, and filed."""
    expect(page.locator(CUSTOMER)).to_be_focused()
    press(page, "Escape", "s")
    expect(page.locator('[data-page="1"]')).to_be_focused()
    press(page, "p", "ArrowRight", "Delete", "Enter")
    expect(page.locator(LEFT)).to_have_text("51")
    for pages in ([1, 3], [4, 5]):
        expect_open(page, Deposit.objects(cut_from=stack.id, cut_pages=pages).get())
        expect(page.locator(CUSTOMER)).to_be_focused()
        page.keyboard.type("hshy")
        page.get_by_role("option", name=customer.name).wait_for()
        press(page, "Enter")
        page.keyboard.type("ht")
        press(page, "Enter")


def answer_what_is_asked(page: Page, asked: list[Deposit], unknown: list[Deposit]) -> None:
    """What is unsure names nobody: the person presses the number of a customer, or rejects it."""
    for paper in asked:
        expect_open(page, paper)
        expect(page.locator(CUSTOMER)).to_have_value("")
        press(page, "Escape", "1")
        expect(page.locator(SUBMIT)).to_be_focused()
        press(page, "Enter")
    for paper in unknown:
        expect_open(page, paper)
        press(page, "Escape", "x")
        page.keyboard.type("看不清，请重扫")
        press(page, "Tab", "Tab", "Enter")


def file_what_is_sure(page: Page, sure: list[Deposit]) -> None:
    """Some with one key each, the others in one act."""
    for paper in sure[:ONE_BY_ONE]:
        expect_open(page, paper)
        expect(page.locator(SUBMIT)).to_be_focused()
        press(page, "Enter")
    expect(page.locator(LEFT)).to_have_text(str(SURE - ONE_BY_ONE))
    press(page, "a")
    expect(page.locator("[data-line]")).to_have_count(SURE - ONE_BY_ONE)
    expect(page.locator(SUBMIT)).to_be_focused()
    press(page, "Enter")


def test_fifty_papers_are_worked_by_the_keyboard_alone(page_as: PageAs, take_in: TakeIn) -> None:
    who = a_user(Role.CUSTODIAN)
    customers = [a_customer(f"{name}有限公司") for name in ("华盛货运", "蓝湾电器", "绿野食品")]
    stack = take_in(who.as_actor(), a_stack(5), "一叠.pdf")
    a_proposal(stack, is_sure=False, kind=None, first_pages=[1, 4])
    asked, unknown, sure = (
        [take_in(who.as_actor()) for _ in range(many)] for many in (ASKED, UNKNOWN, SURE)
    )
    for paper in asked:
        a_proposal(paper, customers[1], customers[0], is_sure=False, kind=AttachmentKind.LETTER)
    for number, paper in enumerate(sure):
        a_proposal(paper, customers[number % 3], title=f"执照 {number}")
    page = page_as(user=who)
    page.goto("/intake")
    expect(page.locator(LEFT)).to_have_text("50")
    split_the_stack(page, stack, customers[0])
    answer_what_is_asked(page, asked, unknown)
    file_what_is_sure(page, sure)
    expect(page.locator(LEFT)).to_have_text("0")

    for number, paper in enumerate(sure):
        filed = Attachment.find(paper.key)
        assert (filed.customer_id, filed.title) == (customers[number % 3].id, f"执照 {number}")
    assert {Attachment.find(each.key).customer_id for each in asked} == {customers[1].id}
    states = Counter(each.state for each in Deposit.objects)
    assert states == {
        DepositState.FILED: SURE + ASKED + 2, DepositState.REJECTED: UNKNOWN, DepositState.CUT: 1,
    }  # fmt: skip


def test_two_custodians_at_one_stack_never_get_the_same_paper(
    page_as: PageAs, take_in: TakeIn
) -> None:
    one, other = (a_user(Role.CUSTODIAN, name=name) for name in ("张三", "李四"))
    customer = a_customer("华盛货运有限公司")
    papers = [take_in(one.as_actor()) for _ in range(4)]
    for paper in papers:
        a_proposal(paper, customer)
    here, there = page_as(user=one), page_as(user=other)
    here.goto("/intake")
    expect_open(here, papers[0])
    there.goto("/intake")
    expect_open(there, papers[1])
    row = there.locator(f'[data-row="{papers[0].key}"]')
    expect(row).to_contain_text("张三 正在处理")
    expect(here.locator(SUBMIT)).to_be_focused()
    here.keyboard.press("Enter")
    expect_open(here, papers[2])  # the second is on the other desk
    there.keyboard.press("Enter")
    expect_open(there, papers[3])

    there.locator(f'[data-open-deposit="{papers[2].key}"]').click()
    there.get_by_role("button", name="接手").click()
    expect(there.locator(SUBMIT)).to_be_focused()
    here.keyboard.press("Enter")  # a moment before the page hears of it
    expect(here.locator(".desk-held")).to_contain_text("李四 正在处理")
    assert Deposit.find(papers[2].key).is_waiting
    there.keyboard.press("Enter")
    here.evaluate(HEAR)
    expect(here.locator("[data-left]")).to_have_text("1")
    assert sorted(each.decided_by_name for each in Deposit.objects(state="filed")) == [
        "张三", "李四", "李四",
    ]  # fmt: skip


def test_a_field_and_its_box_light_each_other_also_after_a_turn(
    page_as: PageAs, take_in: TakeIn
) -> None:
    who = a_user(Role.CUSTODIAN)
    paper = take_in(who.as_actor())
    fields = {FieldName.CREDIT_CODE: "91440300MA5EXAMPLE", FieldName.NAME: "示例有限公司"}
    a_proposal(paper, is_sure=False, fields=fields, turn=90)
    page = page_as(user=who)
    page.goto("/intake")
    box, field = page.locator('[data-box="name"]'), page.locator('[data-read-field="name"]')
    image = page.locator(".viewer-sheet img")

    def where() -> tuple[float, float]:
        """The middle of the box, in the sheet."""
        sheet, mark = image.bounding_box(), box.bounding_box()
        assert sheet and mark
        return (
            (mark["x"] + mark["width"] / 2 - sheet["x"]) / sheet["width"],
            (mark["y"] + mark["height"] / 2 - sheet["y"]) / sheet["height"],
        )

    expect(box).to_be_visible()
    assert where() == pytest.approx((0.284, 0.5), abs=0.02)  # it came aside: turned to the left
    page.keyboard.press("Escape")
    with page.expect_response("**/turn"):
        page.keyboard.press("r")
    assert where() == pytest.approx((0.5, 0.284), abs=0.02)  # upright
    field.hover()
    expect(box).to_have_class("is-lit")
    box.hover()
    expect(field).to_have_class("read-field is-lit")
    box.click()
    expect(field).to_be_focused()
