"""Lists as files: one right for all of them, an event for each, and the whole of it arrives."""

import csv
from collections.abc import Callable
from io import StringIO

import pytest
from flask.testing import FlaskClient

from archive.accounts.rights import TABLE
from archive.actor import Right, Role
from archive.trail.collecting import collect_all
from archive.trail.models import TrailEntry
from tests.builders import a_complaint, a_customer, a_user, a_visit

ClientAs = Callable[..., FlaskClient]
LISTS = ("/customers", "/visits", "/complaints", "/contracts", "/templates", "/intake/rejected",
         "/people", "/trail")  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_who_may_export_may_export_every_list_they_see_and_others_none(
    client_as: ClientAs, role: Role
) -> None:
    client = client_as(user=(who := a_user(role)))
    seller = who if role is Role.SALESPERSON else None
    a_visit(customer := a_customer(salesperson=seller))
    a_complaint(customer)
    collect_all()
    may = Right.EXPORT_LISTS in TABLE[role]
    taken = 0
    for address in LISTS:
        page = client.get(address)
        if page.status_code != 200:
            continue
        assert may or "export=csv" not in page.get_data(as_text=True), address
        for kind in ("csv", "xlsx"):
            answer = client.get(f"{address}?export={kind}")
            assert answer.status_code == (200 if may else 403), f"{address} {kind}"
            taken += bool(answer.data and may)
    assert TrailEntry.objects(action="list.exported").count() == taken
    assert TrailEntry.objects(action="list.exported", actor_id=who.key).count() == taken


def test_the_whole_trail_arrives_as_csv(client_as: ClientAs) -> None:
    for number in range(12):
        a_complaint(content=f"第 {number} 件", complainant="=1+1")
        a_visit(a_customer(f"{number} 号货运有限公司"))
    collect_all()
    known = TrailEntry.objects.count()
    answer = client_as(Role.AUDITOR).get("/trail?export=csv")
    lines = list(csv.reader(StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    assert lines[0][:4] == ["时间", "人员", "操作", "类别"]
    # The event of the export itself, and of opening the auditor's account.
    assert len(lines) - 1 >= known + 1
    assert {len(line) for line in lines} == {len(lines[0])}
    assert any("11 号货运有限公司" in cell for line in lines for cell in line)
