"""Clauses that the company keeps: checked, in versions, named by templates, added to drafts."""

from io import BytesIO

import docx
import pytest

from archive.actor import Role
from archive.contracts.errors import ClauseHasFaults, TemplateHasFaults
from archive.contracts.models import Clause
from archive.contracts.service import clauses, drafting
from archive.contracts.service import templates as service
from archive.database import EditedMeanwhile, Taken
from archive.docgen import FaultKind
from archive.errors import NotPermitted
from tests.docgen.word_files import a_template

TEXT = (
    "逾期付款的，每日按{{ 合同.违约金比例 }}支付违约金 & 赔偿 <损失>。\n"
    "以 {% if 合同.金额 > 100 %}大额{% endif %}计。"
)


@pytest.fixture
def told(actor_as, now, parts):
    return {"actor": actor_as(Role.ADMINISTRATOR), "now": now, "docgen": parts.docgen}


@pytest.fixture
def clause(told):
    return clauses.write_clause("违约责任", TEXT, **told)


def uploaded(text, told, parts, *, name="甲"):
    template = service.upload_template(
        a_template(text), "a.docx", name=name, kind="contract", blobs=parts.blobs, **told
    )
    told = {key: told[key] for key in ("actor", "now")}
    return service.put_in_force(template, 1, **told)


def drafted(template, customer, seller, now, parts, **facts):
    given = {"title": "年度运输合同", "prices": [], **facts}
    contract = drafting.draft_contract(
        customer, template, given, actor=seller.as_actor(), now=now, parts=parts
    )
    return docx.Document(BytesIO(parts.blobs.read(contract.newest.sha256))), contract.newest


def test_a_template_is_filled_with_the_clause_and_the_placeholders_in_it(
    clause, told, customer, seller, now, parts
):
    template = uploaded("第十条 {{ 条款.违约责任 }}（完）", told, parts)
    assert "合同.违约金比例" in template.newest.placeholders
    made, _ = drafted(template, customer, seller, now, parts, late_fee="万分之五", amount=None)
    text = made.paragraphs[0].text
    assert text.startswith("第十条 逾期付款的，每日按万分之五支付违约金 & 赔偿 <损失>。\n以 ")
    assert text.endswith("计。（完）")
    _, newest = drafted(template, customer, seller, now, parts)
    assert newest.missing == ["合同.违约金比例"]


def test_a_clause_that_nobody_keeps_is_a_fault_of_the_template_with_the_nearest_one(
    clause, told, parts
):
    with pytest.raises(TemplateHasFaults) as refusal:
        uploaded("{{ 条款.违约责人 }}", told, parts)
    (fault,) = refusal.value.report.faults
    assert (fault.kind, fault.subject) == (FaultKind.UNKNOWN_CLAUSE, "违约责人")
    assert fault.suggestion == "{{ 条款.违约责任 }}"


@pytest.mark.parametrize(
    "text", ["{{ 客户.错 }}", "{{ 条款.别的 }}", "{%p if 客户.名称 %}", "{{ ''.__class__ }}"]
)
def test_a_clause_with_a_fault_is_refused_and_nothing_is_kept(told, text):
    with pytest.raises(ClauseHasFaults):
        clauses.write_clause("违约责任", text, **told)
    assert Clause.objects.count() == 0


def test_a_new_wording_is_in_the_next_draft_and_an_older_one_comes_back(
    clause, told, customer, seller, now, parts
):
    template = uploaded("{{ 条款.违约责任 }}", told, parts)
    clause = clauses.revise_clause(clause, "新的文字", seen=clause.revision, note="法务", **told)
    made, _ = drafted(template, customer, seller, now, parts)
    assert made.paragraphs[0].text == "新的文字"
    clauses.put_clause_in_force(clause, 1, actor=told["actor"], now=now)
    made, _ = drafted(template, customer, seller, now, parts, late_fee="万分之五")
    assert "万分之五" in made.paragraphs[0].text
    assert [each.note for each in Clause.find(clause.key).versions] == [None, "法务"]


def test_a_retired_clause_is_offered_no_more_and_templates_that_name_it_go_on(
    clause, told, customer, seller, now, parts
):
    template = uploaded("{{ 条款.违约责任 }}", told, parts)
    clauses.retire_clause(clause, "不用了", actor=told["actor"], now=now)
    with pytest.raises(TemplateHasFaults):
        uploaded("{{ 条款.违约责任 }}", told, parts, name="乙")
    made, _ = drafted(template, customer, seller, now, parts)
    assert "逾期付款" in made.paragraphs[0].text


def test_of_two_who_rewrite_a_clause_the_second_is_told(clause, told):
    seen = clause.revision
    clauses.revise_clause(clause, "一", seen=seen, **told)
    with pytest.raises(EditedMeanwhile):
        clauses.revise_clause(Clause.find(clause.key), "二", seen=seen, **told)


def test_only_who_keeps_the_templates_keeps_the_clauses_and_a_name_is_given_once(
    clause, told, actor_as
):
    with pytest.raises(NotPermitted):
        clauses.write_clause("保险", "文字", **told | {"actor": actor_as(Role.SALES_MANAGER)})
    with pytest.raises(Taken):
        clauses.write_clause("违约责任", "文字", **told)


def test_a_drafter_is_offered_the_clauses_with_the_customers_values(
    told, routine, client_as, seller, customer
):
    clauses.write_clause("告知", "请{{ 客户.名称 }}签收，经办 {{ 合同.货物规格 }}。", **told)
    page = client_as(user=seller).get(f"/customers/{customer.archive_number}/drafts/new").text
    assert f'data-text="请{customer.name}签收，经办 【待填：货物规格】。"' in page


def test_the_pages_keep_rewrite_and_retire_a_clause(client_as):
    office = client_as(Role.ADMINISTRATOR)

    def send(address, **typed):
        page = office.get("/clauses/new").text
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        return office.post(address, data={"csrf_token": token, **typed})

    assert "没有这个占位符" in send("/clauses/new", name="保险", text="{{ 客户.错 }}").text
    answer = send("/clauses/new", name="保险", text="甲方投保。")
    address = answer.headers["Location"]
    clause = Clause.objects.get()
    assert "甲方投保。" in office.get(address).text
    send(f"{address}/versions", text="乙方投保。", seen=clause.revision)
    assert Clause.find(clause.key).text == "乙方投保。"
    send(f"{address}/force", number=1)
    assert Clause.find(clause.key).text == "甲方投保。"
    send(f"{address}/retire", reason="不用了")
    assert Clause.find(clause.key).version_in_force is None
    assert "保险" in client_as(Role.SALESPERSON).get("/clauses").text


def test_the_same_over_the_api(empty_site, token_as):
    client = empty_site.test_client()
    office, seller = token_as(Role.ADMINISTRATOR), token_as(Role.SALESPERSON)
    body = {"name": "保险", "text": "甲方投保。"}
    assert client.post("/api/v1/clauses", json=body, headers=seller).status_code == 403
    wrong = client.post("/api/v1/clauses", json={**body, "text": "{{ 客户.错 }}"}, headers=office)
    assert wrong.status_code == 422
    made = client.post("/api/v1/clauses", json=body, headers=office)
    assert made.status_code == 201
    assert made.get_json()["tag"] == "{{ 条款.保险 }}"
    address = made.headers["Location"]
    revised = client.post(
        f"{address}/versions",
        json={"text": "乙方投保。"},
        headers={**office, "If-Match": made.headers["ETag"]},
    )
    assert revised.get_json()["version_in_force"] == 2
    back = client.put(f"{address}/version-in-force", json={"number": 1}, headers=office)
    assert back.get_json()["version_in_force"] == 1
    assert client.get("/api/v1/clauses", headers=seller).get_json()["total"] == 1
