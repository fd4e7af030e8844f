"""The pages of a stock-take, and its REST API, as the custodian works with them."""

from collections.abc import Callable

from archive.actor import Role
from archive.custody.models import StockEntry, StockTake
from archive.custody.service.places import tail_of
from archive.filing.models import Attachment
from tests.browser import submit
from tests.conftest import ClientAs

APaper = Callable[..., Attachment]


def test_labels_are_typed_one_after_the_other_and_the_board_follows(
    a_paper: APaper, client_as: ClientAs
) -> None:
    first, second = (a_paper("03-2-001", title=f"原件 {number}") for number in (1, 2))
    client = client_as(Role.CUSTODIAN)
    refused = submit(client, "/stock-takes", place="99")
    assert refused.status_code == 422 and "没有登记任何纸质原件" in refused.get_data(as_text=True)
    begun = submit(client, "/stock-takes", place="03")
    page = begun.location
    shown = client.get(page).get_data(as_text=True)
    assert "0 / 2" in shown and first.title in shown
    assert submit(client, f"{page}/scans", page, code=tail_of(first.key)).status_code == 302
    shown = client.get(page).get_data(as_text=True)
    assert "1 / 2" in shown and f"已找到：{first.title}" in shown
    nothing = submit(client, f"{page}/scans", page, code=" ")
    assert nothing.status_code == 422
    entry = StockEntry.objects(name=second.key).get()
    submit(client, f"{page}/entries/{entry.id}/found", page)
    assert "可以结束盘点" in client.get(page).get_data(as_text=True)
    submit(client, f"{page}/finish", page)
    over = submit(client, f"{page}/entries/{entry.id}/back", page)
    assert over.status_code == 422 and "已经结束" in over.get_data(as_text=True)
    table = client.get(f"{page}/papers?export=csv").get_data(as_text=True)
    assert table.count("已找到") == 2 and first.title in table


def test_a_script_gets_the_board_alone(a_paper: APaper, client_as: ClientAs) -> None:
    a_paper("03-2-001")
    client = client_as(Role.CUSTODIAN)
    page = submit(client, "/stock-takes", place="03").location
    token = client.get(page).get_data(as_text=True).split('name="csrf-token" content="')[1]
    headers = {"HX-Request": "true", "X-CSRFToken": token.split('"')[0]}
    answer = client.post(f"{page}/scans", data={"code": "<b>x</b>"}, headers=headers)
    shown = answer.get_data(as_text=True)
    assert shown.lstrip().startswith('<div class="stack" id="board">') and "<html" not in shown
    assert "<b>" not in shown and "不认识这个标签" in shown
    assert "notice-warning" in shown and "notice-success" not in shown


def test_programs_take_stock_too(a_paper: APaper, client_as: ClientAs) -> None:
    paper = a_paper("03-2-001")
    client = client_as(Role.CUSTODIAN)
    page = submit(client, "/stock-takes", place="03").location
    token = client.get(page).get_data(as_text=True).split('name="csrf-token" content="')[1]
    headers = {"X-CSRFToken": token.split('"')[0]}
    number = StockTake.objects.first().number
    api = f"/api/v1/stock-takes/{number}"
    answer = client.post(f"{api}/scans", json={"code": tail_of(paper.key)}, headers=headers)
    found = answer.get_json()
    assert found["entry"]["state"] == "found" and found["entry"]["attachment"] == paper.key
    assert client.get(f"{api}/entries?state=found").get_json()["total"] == 1
    undo = f"{api}/entries/{found['entry']['key']}/undo"
    assert client.post(undo, headers=headers).status_code == 204
    assert client.post(f"{api}/finish", headers=headers).get_json()["state"] == "finished"
