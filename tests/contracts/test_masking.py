"""Whoever sees masked numbers in an archive sees them masked in its contracts, on every way out."""

import re
import zipfile
from io import BytesIO

import pytest

from archive.actor import Role
from archive.contracts.indexing import entries_of
from archive.contracts.models import Contract, DraftText
from archive.contracts.service import drafting
from archive.trail.models import TrailEntry
from tests.browser import submit
from tests.builders import a_user

FULL, HIDDEN = "13800001234", "138****1234"


@pytest.fixture
def contract(customer, routine, facts, seller, now, parts):
    typed = facts(special=f"提货请联系 {FULL}，身份证 11010519491231002X")
    return drafting.draft_contract(
        customer, routine, typed, actor=seller.as_actor(), now=now, parts=parts
    )


def everything_in(document: bytes) -> str:
    with zipfile.ZipFile(BytesIO(document)) as package:
        whole = [package.read(name).decode() for name in package.namelist() if "xml" in name]
    return re.sub(r"<[^>]+>", "", "".join(whole))


@pytest.mark.parametrize("query", ["", "?preview=1", "?version=1"])
def test_the_file_and_its_preview_are_masked_for_some(contract, client_as, parts, query):
    answer = client_as(Role.OPERATIONS_MANAGER).get(
        f"/contracts/{contract.number}/draft.docx{query}"
    )
    text = everything_in(answer.data)
    assert FULL not in text
    assert "11010519491231002X" not in text
    assert HIDDEN in parts.docgen.text_of(answer.data)
    assert TrailEntry.objects(customer_id=str(contract.customer_id)).count() == 1


def test_a_program_gets_the_same_copy(contract, token_as, empty_site):
    headers = token_as(Role.OPERATIONS_MANAGER)
    answer = empty_site.test_client().get(
        f"/api/v1/contracts/{contract.number}/draft.docx", headers=headers
    )
    assert answer.status_code == 200
    assert FULL not in everything_in(answer.data)


def test_those_who_may_see_the_numbers_get_the_file_as_it_is(contract, client_as, parts):
    answer = client_as(Role.SALES_MANAGER).get(f"/contracts/{contract.number}/draft.docx")
    assert answer.data == parts.blobs.read(contract.newest.sha256)
    assert FULL in everything_in(answer.data)
    assert TrailEntry.objects(action="contract.draft_taken").count() == 1


def test_the_page_says_that_numbers_are_hidden(contract, client_as):
    said = "电话号码和身份证号部分隐去"
    page = f"/contracts/{contract.number}"
    assert said in client_as(Role.OPERATIONS_MANAGER).get(page).get_data(as_text=True)
    assert said not in client_as(Role.SALES_MANAGER).get(page).get_data(as_text=True)


def test_the_index_holds_no_number_that_could_be_found_or_shown(contract):
    assert FULL in DraftText.of_file(contract.newest.sha256)
    body = entries_of(Contract.find(contract.key))[0].body
    assert FULL not in body
    assert "11010519491231002X" not in body
    assert HIDDEN in body


def test_a_preview_while_drafting_is_a_look_that_is_written_down(
    customer, routine, client_as, seller, parts
):
    seen = client_as(user=seller)
    desk = f"/customers/{customer.archive_number}/drafts/new"
    preview = f"/customers/{customer.archive_number}/drafts/preview"
    answer = submit(seen, preview, desk, title="合同", template=routine.key)
    assert answer.status_code == 200
    entry = TrailEntry.objects(action="customer.draft_previewed").get()
    assert (entry.actor_id, entry.customer_id) == (seller.key, customer.key)


def test_a_fax_is_masked_like_a_telephone(customer, client_as, token_as, seller, now, empty_site):
    customer.change(seller.as_actor(), now, "customer.edited", {"fax": "0591-83456789"})
    client = client_as(Role.OPERATIONS_MANAGER)
    page = client.get(f"/customers/{customer.archive_number}").get_data(as_text=True)
    headers = token_as(user=a_user(Role.SALES_MANAGER))
    answer = empty_site.test_client().get(
        f"/api/v1/customers/{customer.archive_number}", headers=headers
    )
    for text in (page, answer.get_data(as_text=True)):
        assert "83456789" not in text
        assert "0591-****6789" in text
