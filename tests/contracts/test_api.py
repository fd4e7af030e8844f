"""Templates and drafts over REST."""

from io import BytesIO

import pytest

from archive.actor import Role
from archive.contracts.models import Contract, Template
from archive.docgen.shipped import CUSTOMER_CARD, ROUTINE_CONTRACT, SHIPPED
from tests.builders import a_customer, a_user
from tests.docgen.word_files import a_template

BODY = {
    "title": "2026 年度公路运输合同",
    "starts_on": "2026-04-01",
    "prices": [{"origin": "福州市", "quantity": "12.5", "unit_price": "320.00"}],
}


@pytest.fixture
def token(token_as, seller):
    return token_as(user=seller)


@pytest.fixture
def client(empty_site):
    return empty_site.test_client()


@pytest.fixture
def created(client, token, customer, routine):
    answer = client.post(
        "/api/v1/contracts", json={**BODY, "customer": customer.archive_number}, headers=token
    )
    assert answer.status_code == 201, answer.get_json()
    return answer


def test_a_draft_is_made_and_read_back_with_money_as_text(created, client, token):
    body = created.get_json()
    assert body["amount"] == "4000.00"
    assert body["amount_in_capitals"] == "人民币肆仟元整"
    assert body["prices"][0]["unit_price"] == "320.00"
    assert body["drafts"][0]["number"] == 1
    read = client.get(created.headers["Location"], headers=token)
    assert read.get_json() == body
    assert read.headers["ETag"] == created.headers["ETag"]


def test_the_same_key_makes_one_contract(client, token, customer, routine):
    headers = {**token, "Idempotency-Key": "k1"}
    body = {**BODY, "customer": customer.archive_number}
    first = client.post("/api/v1/contracts", json=body, headers=headers)
    again = client.post("/api/v1/contracts", json=body, headers=headers)
    assert first.get_json() == again.get_json()
    assert Contract.objects.count() == 1


def test_the_next_version_wants_the_revision_that_was_read(created, client, token):
    address = created.headers["Location"]
    assert client.put(address, json=BODY, headers=token).status_code in (400, 428)
    matched = {**token, "If-Match": created.headers["ETag"]}
    answer = client.put(address, json={**BODY, "title": "改过"}, headers=matched)
    assert [draft["number"] for draft in answer.get_json()["drafts"]] == [1, 2]
    assert client.put(address, json=BODY, headers=matched).status_code in (409, 412)


def test_the_word_file_comes_in_the_version_asked_for(created, client, token, parts):
    address = f"{created.headers['Location']}/draft.docx"
    answer = client.get(address, headers=token)
    assert "福州市" in parts.docgen.text_of(answer.data)
    assert client.get(f"{address}?version=7", headers=token).status_code == 404
    assert client.get(f"{address}?version=x", headers=token).status_code == 422


def test_only_contracts_within_the_persons_scope_are_listed(
    created, client, token, token_as, index_all
):
    index_all()
    number = created.get_json()["number"]
    listed = client.get("/api/v1/contracts?q=公路&status=draft", headers=token).get_json()
    assert [line["number"] for line in listed["items"]] == [number]
    assert client.get("/api/v1/contracts?q=%00(", headers=token).status_code == 200
    other = token_as(Role.SALESPERSON)
    assert client.get("/api/v1/contracts", headers=other).get_json()["total"] == 0
    assert client.get(f"/api/v1/contracts/{number}", headers=other).status_code == 403


def test_wrong_facts_are_named_by_field(client, token, customer, routine):
    wrong = {"customer": customer.archive_number, "prices": [{"quantity": "-1"}]}
    answer = client.post("/api/v1/contracts", json=wrong, headers=token)
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"


def test_an_unknown_template_is_not_found(client, token, customer, routine):
    body = {**BODY, "customer": customer.archive_number, "template": "x"}
    assert client.post("/api/v1/contracts", json=body, headers=token).status_code == 404


def test_a_missing_template_is_told_in_the_language_of_the_asker(client, token, customer):
    answer = client.post(
        "/api/v1/contracts",
        json={**BODY, "customer": customer.archive_number},
        headers=token | {"Accept-Language": "en"},
    )
    assert answer.status_code == 404
    assert answer.get_json()["detail"].startswith("No template is in use for this purpose (Con")


def test_templates_are_listed_read_and_downloaded(client, token, routine):
    listed = client.get("/api/v1/templates", headers=token).get_json()
    assert listed["total"] == len(SHIPPED)
    one = client.get(f"/api/v1/templates/{routine.key}", headers=token)
    assert "客户.名称" in one.get_json()["versions"][0]["placeholders"]
    assert "ETag" in one.headers
    file = client.get(f"/api/v1/templates/{routine.key}/versions/1.docx", headers=token)
    assert file.data.startswith(b"PK")
    assert client.get("/api/v1/templates/nothing", headers=token).status_code == 404


def test_a_template_is_uploaded_and_put_in_force_by_the_administrator(client, token_as, token):
    office = token_as(Role.ADMINISTRATOR)

    def send(content, headers):
        form = {"name": "公司模板", "kind": "contract", "file": (BytesIO(content), "模板.docx")}
        return client.post("/api/v1/templates", data=form, headers=headers)

    assert send(a_template("x"), token).status_code == 403
    made = send(a_template("{{ 客户.名称 }}"), office)
    assert made.status_code == 201, made.get_json()
    address = f"{made.headers['Location']}/version-in-force"
    assert (
        client.put(address, json={"number": 1}, headers=office).get_json()["version_in_force"] == 1
    )
    assert client.put(address, json={"number": 1}, headers=office).status_code == 409
    assert client.put(address, json={"number": 9}, headers=office).status_code == 404


def test_every_fault_of_a_template_is_told_over_the_api(client, token_as):
    wrong = a_template("{{ 客户.公司名称 }}", "｛｛ 客户.电话 ｝｝")
    form = {"name": "x", "kind": "contract", "file": (BytesIO(wrong), "x.docx")}
    answer = client.post("/api/v1/templates", data=form, headers=token_as(Role.ADMINISTRATOR))
    told = [each["message"] for each in answer.get_json()["errors"]]
    assert answer.status_code == 422
    assert "正文第 1 段" in told[0]
    assert "客户.名称" in told[0]
    assert "正文第 2 段" in told[1]


@pytest.fixture
def send_template(client, token_as):
    headers = {**token_as(Role.ADMINISTRATOR), "Idempotency-Key": "k1"}

    def send(shipped, name):
        sent = {"name": name, "kind": "contract", "file": (BytesIO(shipped.read()), "file.docx")}
        return client.post(
            "/api/v1/templates", headers=headers, data=sent, content_type="multipart/form-data"
        )

    return send


def test_the_same_key_with_the_same_file_keeps_one_template(send_template):
    first, again = send_template(ROUTINE_CONTRACT, "自有"), send_template(ROUTINE_CONTRACT, "自有")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()
    assert again.headers["Idempotent-Replay"] == "true"
    assert Template.objects(name="自有").count() == 1


@pytest.mark.parametrize("name", ["自有", "另一个"])
def test_the_same_key_with_another_file_is_refused(send_template, name):
    assert send_template(ROUTINE_CONTRACT, "自有").status_code == 201
    other = send_template(CUSTOMER_CARD, name)
    assert other.status_code == 409
    assert "key-reused" in other.get_json()["type"]
    assert Template.objects(name=name).count() == (name == "自有")


def test_a_draft_like_another_takes_over_what_its_body_does_not_name(
    client, token, customer, routine
):
    body = {**BODY, "customer": customer.archive_number, "packaging": "木箱", "weight": "30 吨"}
    first = client.post("/api/v1/contracts", json=body, headers=token).get_json()
    again = {
        "customer": customer.archive_number,
        "title": "续签",
        "like": first["number"],
        "weight": None,
    }
    made = client.post("/api/v1/contracts", json=again, headers=token).get_json()
    assert (made["title"], made["packaging"], made["amount"]) == ("续签", "木箱", "4000.00")
    assert (made["weight"], made["starts_on"]) == (None, None)
    assert made["copied_from"] == first["number"]
    assert client.get(f"/api/v1/contracts/{made['number']}", headers=token).get_json() == made


def test_a_contract_that_the_person_may_not_open_hands_on_nothing(
    created, client, token_as, seller
):
    other = a_user(Role.SALESPERSON)
    own = a_customer("远洋贸易有限公司", salesperson=other)
    body = {"customer": own.archive_number, "title": "x", "like": created.get_json()["number"]}
    answer = client.post("/api/v1/contracts", json=body, headers=token_as(user=other))
    assert answer.status_code == 403
    assert Contract.objects.count() == 1


def test_what_is_usual_is_kept_over_the_api_and_fills_drafts(
    client, token, token_as, customer, routine
):
    office = token_as(Role.ADMINISTRATOR)
    address = "/api/v1/own-company"
    read = client.get(address, headers=office)
    usual = {"name": "示例物流", "payment_days": 30, "disputes": "承运人所在地人民法院"}
    headers = {**office, "If-Match": read.headers["ETag"]}
    assert client.put(address, json=usual, headers=headers).get_json()["payment_days"] == 30
    assert client.put(address, json=usual, headers=headers).status_code == 412
    assert client.put(address, json=usual, headers={**token, "If-Match": '"1"'}).status_code == 403
    body = {"customer": customer.archive_number, "title": "x", "payment_days": 60}
    made = client.post("/api/v1/contracts", json=body, headers=token).get_json()
    assert (made["payment_days"], made["disputes"]) == (60, "承运人所在地人民法院")


def test_the_papers_that_a_customer_lacks_are_named_with_the_draft(created):
    papers = created.get_json()["papers"]
    assert [(each["kind"], each["flaw"]) for each in papers] == [
        ("licence", "missing"),
        ("tax_registration", "missing"),
    ]


def test_a_draft_comes_as_pdf_to_those_who_may_open_it(created, client, token, token_as):
    address = f"{created.headers['Location']}/draft.pdf"
    assert client.get(address, headers=token).data.startswith(b"%PDF")
    assert client.get(address, headers=token_as(Role.SALESPERSON)).status_code == 403
