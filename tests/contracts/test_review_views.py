"""The pages and the API of reviews: who comes in, what they show, what each act leads to."""

import pytest

from archive.accounts.models import User
from archive.actor import Role
from archive.contracts.models import Absence, Contract, ReviewRoute
from archive.contracts.rules import ContractStatus
from archive.contracts.service import reviewing
from archive.filing.demonstration import papers, take_in
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind, Confidentiality, PaperFacts
from archive.filing.service.deciding import file_deposit
from archive.trail.models import TrailEntry
from tests.browser import submit
from tests.builders import a_user

JUDGED = {
    "place": "1-1",
    "economic": "sound",
    "technical": "sound",
    "feasibility": "sound",
    "legality": "sound",
}


@pytest.fixture
def managers(empty_site) -> dict[str, User]:
    return {
        "sales": a_user(Role.SALES_MANAGER),
        "operations": a_user(Role.OPERATIONS_MANAGER),
    }


@pytest.fixture
def contract(ready, managers, seller, now, parts) -> Contract:
    return reviewing.submit(ready(), None, actor=seller.as_actor(), now=now, blobs=parts.blobs)


def stored(contract) -> Contract:
    return Contract.find(contract.key)


def test_a_contract_goes_from_its_draft_to_approval_by_the_pages(
    ready, managers, seller, client_as
):
    contract = ready()
    address = f"/contracts/{contract.number}"
    drafter = client_as(user=seller)
    page = drafter.get(f"{address}/submit").get_data(as_text=True)
    assert "销售经理" in page
    assert "营运部经理" in page
    answer = submit(drafter, f"{address}/submit", "/", note="急件", seen=contract.revision)
    assert answer.status_code == 302
    for name in ("sales", "operations"):
        reviewer = client_as(user=managers[name])
        assert contract.title in reviewer.get("/reviews").get_data(as_text=True)
        page = reviewer.get(f"{address}/review").get_data(as_text=True)
        assert "急件" in page
        place = "1-1" if name == "sales" else "2-1"
        said = {**JUDGED, "place": place, "decision": "agree"}
        assert submit(reviewer, f"{address}/review", "/", **said).status_code == 302
    assert stored(contract).status is ContractStatus.APPROVED
    assert "批准的版本" in drafter.get(address).get_data(as_text=True)


def test_an_opinion_without_words_is_kept_in_the_form(contract, managers, client_as):
    reviewer = client_as(user=managers["sales"])
    said = {**JUDGED, "legality": "doubtful", "decision": "agree"}
    answer = submit(reviewer, f"/contracts/{contract.number}/review", "/", **said)
    assert answer.status_code == 422
    assert "请写明评审意见" in answer.get_data(as_text=True)
    assert all(not each.decided for each in stored(contract).reviews)


def test_what_keeps_a_contract_is_named_with_the_way_there(
    ready, managers, seller, client_as, facts
):
    contract = ready()
    Attachment.objects.delete()
    drafter = client_as(user=seller)
    address = f"/contracts/{contract.number}/submit"
    page = drafter.get(address).get_data(as_text=True)
    assert "没有归档" in page
    answer = submit(drafter, address, "/", seen=contract.revision)
    assert answer.status_code == 422
    assert stored(contract).status is ContractStatus.DRAFT


def test_each_look_at_a_credit_paper_is_written_down_with_the_contract(
    contract, customer, managers, client_as, now, parts
):
    facts = PaperFacts(
        kind=AttachmentKind.TAX_REGISTRATION,
        title="税务登记",
        confidentiality=Confidentiality.CONFIDENTIAL,
    )
    custodian = a_user(Role.CUSTODIAN).as_actor()
    deposit = take_in(papers()[0], custodian, now, parts)
    paper = file_deposit(deposit, customer.key, facts, actor=custodian, now=now)
    reviewer = client_as(user=managers["sales"])
    base = f"/contracts/{contract.number}/review/papers"
    assert "税务登记" in reviewer.get(f"{base}/{paper.key}").get_data(as_text=True)
    assert reviewer.get(f"{base}/{paper.key}/pages/1").status_code == 200
    look = TrailEntry.objects(action="attachment.seen_in_review").get()
    assert (look.subject_id, look.actor_id) == (paper.key, managers["sales"].key)
    assert contract.number in look.reason
    assert reviewer.get(f"/attachments/{paper.key}/pages/1").status_code == 403
    other = client_as(user=managers["operations"])
    assert other.get(f"{base}/{paper.key}/pages/1").status_code == 403
    assert reviewer.get(f"{base}/{contract.key}").status_code == 404


def test_a_colleague_is_asked_besides_or_instead(contract, managers, client_as):
    other = a_user(Role.REVIEWER, department="法务部")
    reviewer = client_as(user=managers["sales"])
    base = f"/contracts/{contract.number}/review/places"
    page = reviewer.get(f"{base}/new").get_data(as_text=True)
    assert other.name in page
    typed = {"person": other.key, "reason": "看条款"}
    assert submit(reviewer, f"{base}/new", "/", **typed).status_code == 302
    assert set(stored(contract).turn_ids) == {managers["sales"].key, other.key}
    refused = submit(reviewer, f"{base}/new", "/", **typed)
    assert refused.status_code == 422
    assert "已在这一步的评审人之中" in refused.get_data(as_text=True)


def test_a_submission_is_taken_back_and_reminded_by_its_page(contract, seller, client_as):
    drafter = client_as(user=seller)
    address = f"/contracts/{contract.number}"
    assert submit(drafter, f"{address}/review/remind", "/").status_code == 302
    submit(drafter, f"{address}/review/remind", "/")
    page = drafter.get(address).get_data(as_text=True)
    assert "刚刚催办过" in page
    assert submit(drafter, f"{address}/review/take-back", "/", reason="").status_code == 422
    given = {"reason": "单价打错"}
    assert submit(drafter, f"{address}/review/take-back", "/", **given).status_code == 302
    assert stored(contract).status is ContractStatus.DRAFT


def test_a_route_is_made_and_changed_and_faults_stay_in_the_form(client_as):
    manager = client_as(Role.GENERAL_MANAGER)
    typed = {
        "name": "大额冷链",
        "kind": "special",
        "above": "100000",
        "is_in_use": "true",
        "places-0-step": "1",
        "places-0-seat": "person",
        "places-0-days": "2",
        "places-0-mode": "all",
    }
    answer = submit(manager, "/routes/new", "/", **typed)
    assert answer.status_code == 422
    assert "请选择指定的人" in answer.get_data(as_text=True)
    assert "大额冷链" in answer.get_data(as_text=True)
    person = a_user(Role.REVIEWER)
    named = {**typed, "places-0-person": person.key}
    assert submit(manager, "/routes/new", "/", **named).status_code == 302
    route = ReviewRoute.objects(name="大额冷链").get()
    assert route.places[0].person_name == person.name
    page = manager.get(f"/routes/{route.key}/edit").get_data(as_text=True)
    assert f'<option value="{person.key}" selected>' in page
    assert submit(client_as(Role.SALESPERSON), "/routes/new", "/", **named).status_code == 403


def test_an_absence_is_recorded_and_ended(managers, client_as):
    reviewer = client_as(user=managers["sales"])
    typed = {
        "starts_on": "2026-03-16",
        "ends_on": "2099-03-20",
        "substitute": managers["operations"].key,
    }
    assert submit(reviewer, "/absences", "/", **typed).status_code == 302
    absence = Absence.objects.get()
    assert managers["operations"].name in reviewer.get("/absences").get_data(as_text=True)
    other = client_as(user=managers["operations"])
    assert submit(other, f"/absences/{absence.key}/end", "/").status_code == 403
    assert submit(reviewer, f"/absences/{absence.key}/end", "/").status_code == 302
    assert Absence.objects.get().ended_at is not None


def test_a_program_submits_judges_and_reads_the_rounds(
    ready, managers, seller, client_as, token_as, empty_site
):
    contract = ready()
    client = empty_site.test_client()
    base = f"/api/v1/contracts/{contract.number}"
    drafter = token_as(user=seller)
    before = client.get(f"{base}/reviews", headers=drafter).get_json()
    assert before["hindered"] == []
    tag = {"If-Match": f'"{contract.revision}"'}
    answer = client.post(f"{base}/submit", json={"note": "急"}, headers={**drafter, **tag})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    reviewer = token_as(user=managers["sales"])
    line = client.get("/api/v1/reviews", headers=reviewer).get_json()["items"][0]
    assert (line["number"], line["places"]) == (contract.number, ["1-1"])
    said = {"decision": "reject", "opinion": "单价低于成本"}
    answer = client.post(f"{base}/opinions", json=said, headers=reviewer)
    assert answer.get_json()["status"] == "rejected"
    rounds = client.get(f"{base}/reviews", headers=drafter).get_json()["reviews"]
    assert rounds[0]["steps"][0]["places"][0]["opinion"] == "单价低于成本"
    again = client.post(f"{base}/opinions", json=said, headers=reviewer)
    assert again.status_code == 409
