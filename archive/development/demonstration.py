"""Whom the demonstration company wants to win, and why it lost some customers."""

from datetime import datetime, timedelta
from decimal import Decimal

from archive import clock
from archive.accounts.demonstration import Staff
from archive.customers.demonstration import keeper_of, opened
from archive.customers.models import Customer
from archive.customers.rules import Relationship
from archive.development.rules import ContactWay, LossCause
from archive.development.service import losses, plans, schemes
from archive.seams import Seams

MOST_PLANS = 6
MOST_SCHEMES = 4
WORKED_WITH = (Relationship.COOPERATING_OLD, Relationship.COOPERATING_NEW)
LOSSES = (
    (LossCause.PRICE, "当地一家专线", "同线路报价比对方高约一成半，续签前没有及时复核成本。"),
    (LossCause.SERVICE, None, "旺季连续三次晚到，道歉之后没有给出改进办法，客户改用他人。"),
    (LossCause.BUSINESS_CHANGE, None, "客户产线迁往外省，本地不再有货。"),
    (
        LossCause.COMPETITOR,
        "一家全国网络的快运公司",
        "对方送货到门并代收货款，我方没有。",
    ),
)


def demonstrate(_: Seams, now: datetime) -> None:
    """Plan how the target customers are to be won, and explain all losses but the latest."""
    customers, staff = opened(), Staff.found()
    targets = [each for each in customers if each.relationship is Relationship.TARGET]
    for place, customer in enumerate(targets[:MOST_PLANS]):
        plan_for(customer, staff, now, place)
    for customer in [each for each in customers if each.relationship in WORKED_WITH][:MOST_SCHEMES]:
        agree_with(customer, staff, now)
    lost = [each for each in customers if each.relationship is Relationship.LOST]
    for customer, words in zip(lost[1:], LOSSES, strict=False):
        explain(customer, staff, now, *words)


def agree_with(customer: Customer, staff: Staff, now: datetime) -> None:
    """A scheme of last year, revised and agreed on some weeks ago."""
    keeper, day = keeper_of(customer, staff), clock.local_day(now)
    flow, contact = customer.flows[0], customer.contacts[0]
    terms = {
        "goods": customer.main_goods,
        "content": f"{flow.origin}至{flow.destination}整车运输，每周两班。",
        "prices": "按吨计价，含税；月结，对账后 30 天内付款。",
        "services": "48 小时内到达，电话预约提货，签收单 7 天内返回。",
        "feedback": "每月 5 日前以邮件反馈上月运输情况，异常当日电话告知。",
        "valid_from": day - timedelta(days=300),
        "valid_until": day + timedelta(days=65),
        "agreed_by": keeper.name,
    }
    scheme = schemes.open_scheme(customer, actor=keeper, now=now - timedelta(days=310), **terms)
    schemes.revise_scheme(
        scheme, actor=keeper, now=now - timedelta(days=40), seen=scheme.revision,
        reason="旺季加班车，每周由两班改为三班。",
        **terms | {
            "content": f"{flow.origin}至{flow.destination}整车运输，每周三班。",
            "agreed_on": day - timedelta(days=41),
            "agreed_with": contact.name,
        },
    )  # fmt: skip


def plan_for(customer: Customer, staff: Staff, now: datetime, place: int) -> None:
    """A plan of some weeks ago: the first step is done, the next is due soon or just past."""
    began = max(customer.created_at, now - timedelta(days=30 + 3 * place))
    keeper, day = keeper_of(customer, staff), clock.local_day(began)
    today = clock.local_day(now)
    flow, contact = customer.flows[0], customer.contacts[0]
    plan = plans.open_plan(
        customer,
        actor=keeper,
        now=began,
        why=f"客户主要发运{customer.main_goods}，{flow.origin}至{flow.destination}货量稳定，"
        "现承运方时效不稳，对方愿意比价。",
        expected_tonnes=flow.monthly_tonnes,
        expected_revenue=(flow.monthly_tonnes or Decimal(50)) * 12 * 260,
        planned_until=today + timedelta(days=60),
        steps=[
            {"what": "了解货量和现用承运商", "due_on": day + timedelta(days=5),
             "owner": keeper.name, "done_on": day + timedelta(days=4),
             "result": "货量属实，旺季略有增加"},
            {"what": "提交报价和运输方案", "due_on": today + timedelta(days=place * 3 - 2),
             "owner": keeper.name},
            {"what": "安排两票试发", "due_on": today + timedelta(days=30), "owner": keeper.name},
        ],
        progress=[
            {"noted_on": day + timedelta(days=4), "way": ContactWay.MEETING,
             "content": f"与{contact.name}面谈，确认月货量和主要流向，对方要求先看报价。"},
        ],
    )  # fmt: skip
    if place % 2:
        plans.note_progress(
            plan,
            actor=keeper,
            now=now - timedelta(days=2),
            noted_on=today - timedelta(days=2),
            way=ContactWay.CALL,
            content=f"{contact.name}来电询问能否夜间提货，答复可以安排。",
        )


def explain(
    customer: Customer, staff: Staff, now: datetime, cause: LossCause, to: str | None, why: str
) -> None:
    """Why *customer* was lost; where it may come back, how and until when."""
    comes_back = cause is not LossCause.BUSINESS_CHANGE
    losses.record_loss(
        customer,
        actor=keeper_of(customer, staff),
        now=now - timedelta(days=20),
        cause=cause,
        lost_since=customer.cooperation_ended_on or clock.local_day(now - timedelta(days=60)),
        went_to=to,
        analysis=why,
        win_back="带着新的报价和时效承诺上门，先试两票。" if comes_back else None,
        win_back_on=clock.local_day(now) + timedelta(days=5) if comes_back else None,
    )
