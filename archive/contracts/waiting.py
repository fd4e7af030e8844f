"""What of contracts waits for a person."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from flask import url_for

from archive import clock
from archive.actor import Actor, Right
from archive.contracts.models import Contract
from archive.customers.models import Customer
from archive.panels import Number, Panel
from archive.terms import N_
from archive.web.waiting import MOST_SHOWN, Duty

READ = ("number", "title", "customer_id", "customer_name", "created_at")


def duties_of(who: Actor, now: datetime) -> Iterator[Duty]:
    """The person's own drafts in which something still has to be filled in."""
    if not who.may(Right.DRAFT_CONTRACT):
        return
    for contract in Contract.incomplete_of(who).only(*READ).limit(MOST_SHOWN):
        yield Duty(
            N_("补齐合同草稿"),
            icon="file-pencil",
            address=url_for("contracts.page", number=contract.number),
            about=f"{contract.customer_name} · {contract.title}",
            since=contract.created_at,
            right=Right.DRAFT_CONTRACT,
            subject=contract,
        )


def panels_of(now: datetime) -> Iterator[Panel]:
    """Customers whose last contract, or draft of one, ends soon."""
    here, today = "customers.list_page", clock.local_day(now)
    numbers = []
    for days, label in ((30, N_("30 天内到期")), (90, N_("90 天内到期"))):
        until = today + timedelta(days=days)
        found = Customer.objects(contract_until__gte=today, contract_until__lte=until)
        values = {"contract": today, "contract_to": until}
        numbers.append(Number(label, found.count(), here, values))
    yield Panel(N_("合同到期的客户"), Right.OPEN_CONTRACT, tuple(numbers), order=130)
