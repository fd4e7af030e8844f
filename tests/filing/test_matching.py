"""Whose a paper is: never silently somebody else's."""

import itertools
import random
from datetime import datetime

import pytest
from bson import ObjectId
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mongoengine.connection import get_db

from archive import clock
from archive.actor import Actor
from archive.chinese.credit_codes import CREDIT_ALPHABET
from archive.customers.models import Customer
from archive.customers.rules import folded_name
from archive.filing.models import Origin, Proposal, ReadField
from archive.filing.rules import AttachmentKind, MatchedBy
from archive.filing.service import deciding, matching
from archive.filing.service.judging import Found, Known, Said, Sign, Verdict, judge
from archive.filing.service.matching import Aids, Read
from archive.recognition import codes
from tests.builders import a_customer
from tests.filing.conftest import Receive, facts_of
from tests.filing.papers import a_read, credit_code

CODE = credit_code("91310115MA1K4QX27")
OTHER_CODE = credit_code("91310115MA1K4QX28")


def whose(read: Read, aids: Aids | None = None) -> Verdict:
    """What becomes of a paper among the customers that there are."""
    return judge(*matching.look_up(read, aids or Aids()))


def proposal_with(read: Read, now: datetime) -> Proposal:
    """What is kept of a paper that was read."""
    fields = [
        ReadField(name=each.name, value=each.value, confidence=each.confidence, page=1, box=[])
        for each in read.understood.fields
    ]
    return Proposal(made_at=now, kind=read.kind, fields_read=fields)


def test_a_credit_code_and_the_name_that_belongs_to_it_are_enough(empty_site: Flask) -> None:
    customer = a_customer("上海示例华盛货运有限公司", credit_code=CODE)
    verdict = whose(a_read(name="上海示例华盛货运有限公司", credit_code=CODE))
    assert (verdict.is_sure, verdict.candidates[0].customer) == (True, customer.id)
    assert verdict.candidates[0].by is MatchedBy.CREDIT_CODE


def test_a_slip_in_the_name_does_not_matter_where_the_code_is_right(empty_site: Flask) -> None:
    customer = a_customer("上海示例华盛货运有限公司", credit_code=CODE)
    verdict = whose(a_read(name="上海示例毕盛货运有限公司", credit_code=CODE))
    assert (verdict.is_sure, verdict.candidates[0].customer) == (True, customer.id)


def test_a_code_alone_is_not_enough(empty_site: Flask) -> None:
    a_customer("上海示例华盛货运有限公司", credit_code=CODE)
    assert not whose(a_read(credit_code=CODE)).is_sure
    assert not whose(a_read(name="北京示例仓储中心", credit_code=CODE)).is_sure


def test_a_code_of_one_and_the_name_of_another_ask(empty_site: Flask) -> None:
    one = a_customer("上海示例华盛货运有限公司", credit_code=CODE)
    other = a_customer("上海示例华胜货运有限公司", credit_code=OTHER_CODE)
    verdict = whose(a_read(name=other.name, credit_code=CODE))
    assert not verdict.is_sure
    assert {each.customer for each in verdict.candidates} == {one.id, other.id}


def test_a_name_whose_archive_has_another_code_asks(empty_site: Flask) -> None:
    a_customer("上海示例华盛货运有限公司", credit_code=CODE)
    verdict = whose(a_read(name="上海示例华盛货运有限公司", credit_code=OTHER_CODE))
    assert not verdict.is_sure
    assert verdict.candidates


def test_a_code_with_a_wrong_check_character_says_nothing(empty_site: Flask) -> None:
    a_customer("上海示例华盛货运有限公司", credit_code=CODE)
    wrong = CODE[:-1] + next(each for each in CREDIT_ALPHABET if each != CODE[-1])
    assert whose(a_read(credit_code=wrong)).candidates == ()


def test_the_whole_name_is_enough_where_nobody_is_nearly_called_so(empty_site: Flask) -> None:
    customer = a_customer("上海示例华盛货运有限公司")
    read = a_read(name="上海示例华盛货运有限公司", kind=AttachmentKind.LETTER)
    assert whose(read).is_sure
    a_customer("上海示例华胜货运有限公司")
    verdict = whose(read)
    assert (verdict.is_sure, verdict.candidates[0].customer) == (False, customer.id)


def test_a_name_that_was_read_badly_asks(empty_site: Flask) -> None:
    a_customer("上海示例华盛货运有限公司")
    assert not whose(a_read(name="上海示例华盛货运有限公司", confidence=0.7)).is_sure


def test_two_customers_of_one_name_ask(empty_site: Flask) -> None:
    for _ in range(2):
        a_customer("上海示例华盛货运有限公司")
    verdict = whose(a_read(name="上海示例华盛货运有限公司"))
    assert (verdict.is_sure, len(verdict.candidates)) == (False, 2)


@pytest.mark.parametrize("branch", ["苏州分公司", "虹桥营业部", "（北京）分公司"])
def test_a_branch_is_not_its_head(empty_site: Flask, branch: str) -> None:
    a_customer("上海示例华盛货运有限公司", credit_code=CODE)
    name = f"上海示例华盛货运有限公司{branch}"
    assert not whose(a_read(name=name)).is_sure
    assert not whose(a_read(name=name, credit_code=CODE)).is_sure
    assert not whose(a_read(name=name, credit_code=OTHER_CODE)).is_sure


def test_a_branchs_paper_that_names_its_head_is_the_branchs(empty_site: Flask) -> None:
    a_customer("上海示例华盛货运有限公司", credit_code=CODE)
    branch = a_customer("上海示例华盛货运有限公司苏州分公司", credit_code=OTHER_CODE)
    lines = ["隶属企业：上海示例华盛货运有限公司"]
    verdict = whose(a_read(*lines, name=branch.name, credit_code=OTHER_CODE))
    assert (verdict.is_sure, verdict.candidates[0].customer) == (True, branch.id)


def test_a_letter_that_names_two_customers_asks(empty_site: Flask) -> None:
    one = a_customer("上海示例华盛货运有限公司")
    other = a_customer("宁波示例海通国际物流有限公司")
    lines = [f"致{one.name}：", f"贵司与{other.name}的货物已到。"]
    verdict = whose(a_read(*lines, name=one.name, kind=AttachmentKind.LETTER))
    assert not verdict.is_sure
    assert {each.customer for each in verdict.candidates} == {one.id, other.id}


def test_a_former_name_alone_asks_and_with_the_code_is_enough(empty_site: Flask) -> None:
    customer = a_customer(
        "上海示例华盛货运有限公司", credit_code=CODE, former_names=["上海示例远达运输有限公司"]
    )
    alone = whose(a_read(name="上海示例远达运输有限公司"))
    assert (alone.is_sure, alone.candidates[0].by) == (False, MatchedBy.FORMER_NAME)
    verdict = whose(a_read(name="上海示例远达运输有限公司", credit_code=CODE))
    assert (verdict.is_sure, verdict.candidates[0].customer) == (True, customer.id)


def test_names_that_two_companies_have_swapped_ask(empty_site: Flask) -> None:
    a_customer("上海示例甲辰货运有限公司", former_names=["上海示例乙巳货运有限公司"])
    a_customer("上海示例乙巳货运有限公司", former_names=["上海示例甲辰货运有限公司"])
    verdict = whose(a_read(name="上海示例甲辰货运有限公司"))
    assert (verdict.is_sure, len(verdict.candidates)) == (False, 2)


def test_a_short_name_is_only_a_candidate(empty_site: Flask) -> None:
    customer = a_customer("上海示例华盛货运有限公司", short_name="示例华盛货运")
    verdict = whose(a_read(name="示例华盛货运"))
    assert (verdict.is_sure, verdict.candidates[0].customer) == (False, customer.id)


def test_place_and_legal_form_aside_it_is_only_a_candidate(empty_site: Flask) -> None:
    customer = a_customer("上海示例华盛货运有限公司")
    verdict = whose(a_read(name="示例华盛货运（江苏）有限责任公司"))
    assert not verdict.is_sure
    found = whose(a_read(name="上海示例华盛货运有限责任公司"))
    assert (found.is_sure, found.candidates[0].customer) == (False, customer.id)


def test_another_legal_representative_makes_a_name_alone_doubtful(empty_site: Flask) -> None:
    a_customer("上海示例华盛货运有限公司", legal_representative="示例甲")
    assert not whose(a_read(name="上海示例华盛货运有限公司", representative="示例乙")).is_sure
    assert whose(a_read(name="上海示例华盛货运有限公司", representative="示例甲")).is_sure


def test_the_number_of_a_permit_filed_before_leads_to_its_customer(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    customer = a_customer("上海示例华盛货运有限公司")
    read = a_read(
        name="上海示例华盛货运有限公司", permit_number="沪交运管许可字 310115000123 号",
        kind=AttachmentKind.TRANSPORT_PERMIT, confidence=0.8,
    )  # fmt: skip
    assert not whose(read).is_sure
    deposit = receive()
    deposit.change(custodian, now, "deposit.proposed", {"proposal": proposal_with(read, now)})
    deciding.file_deposit(deposit, customer.key, facts_of(), actor=custodian, now=now)
    verdict = whose(read)
    assert (verdict.is_sure, verdict.candidates[0].by) == (True, MatchedBy.PERMIT_NUMBER)
    other = a_read(
        name="北京示例仓储有限公司", permit_number="沪交运管许可字310115000123号",
        kind=AttachmentKind.TRANSPORT_PERMIT,
    )  # fmt: skip
    assert not whose(other).is_sure


def test_our_own_contract_leads_to_its_customer_unless_it_names_nobody_like_that(
    empty_site: Flask,
) -> None:
    customer = a_customer("上海示例华盛货运有限公司")
    aids = Aids(numbers={"HT-2026-00007": customer.id}.get)
    ours = [codes.DraftCode("HT-2026-00007", 1)]
    read = a_read("托运方：上海示例华盛货运有限公司", ours=ours, kind=AttachmentKind.CONTRACT_COPY)
    verdict = whose(read, aids=aids)
    assert (verdict.is_sure, verdict.candidates[0].by) == (True, MatchedBy.OUR_CODE)
    assert not whose(a_read("托运方：北京示例仓储有限公司", ours=ours), aids=aids).is_sure


def test_what_we_are_called_ourselves_is_nobodys(empty_site: Flask) -> None:
    customer = a_customer("上海示例华盛货运有限公司")
    a_customer("示例本公司货运有限公司")
    own = Aids(ourselves=frozenset({"示例本公司货运有限公司"}))
    read = a_read(
        "示例本公司货运有限公司 对账单", name=customer.name, kind=AttachmentKind.STATEMENT
    )
    assert not whose(read).is_sure
    assert whose(read, aids=own).is_sure


def test_a_folder_is_a_hint_that_decides_nothing_and_makes_others_doubtful(
    empty_site: Flask,
) -> None:
    one = a_customer("上海示例华盛货运有限公司")
    other = a_customer("宁波示例海通国际物流有限公司")
    folder = f"{other.customer_code} 扫描/0001.pdf"
    hinted = whose(a_read("一页", file_name=folder))
    assert (hinted.is_sure, hinted.candidates[0].customer) == (False, other.id)
    assert not whose(a_read(name=one.name, file_name=folder)).is_sure
    assert whose(a_read(name=one.name, file_name=f"{one.name}/0001.pdf")).is_sure


def test_what_the_way_in_names_and_the_paper_too_is_sure(empty_site: Flask) -> None:
    customer = a_customer("上海示例华盛货运有限公司")
    told = Origin(words="扫描/收件", customer_id=customer.id)
    letter = AttachmentKind.LETTER
    assert not whose(a_read("来函收悉。", origin=told, kind=letter)).is_sure
    assert not whose(a_read(f"致{customer.name}：", kind=letter)).is_sure
    assert whose(a_read(f"致{customer.name}：", origin=told, kind=letter)).is_sure
    assert not whose(a_read(name="北京示例仓储有限公司", origin=told, kind=letter)).is_sure


def test_an_archive_that_was_merged_leads_to_the_one_that_stands(
    empty_site: Flask, custodian: Actor, now: datetime
) -> None:
    gone, kept = ObjectId(), a_customer("上海示例华盛货运有限公司")
    Customer.objects(id=kept.id).update_one(
        set__absorbed=[
            {"customer_id": gone, "archive_number": "KH-2020-00001", "customer_code": "C90001",
             "name": "示例旧档案"}
        ]
    )  # fmt: skip
    read = a_read("一页", file_name="C90001 扫描.pdf")
    assert whose(read).candidates[0].customer == kept.id
    aids = Aids(numbers={"HT-2026-00007": gone}.get)
    read = a_read("上海示例华盛货运有限公司", ours=[codes.DraftCode("HT-2026-00007", 1)])
    assert whose(read, aids=aids).candidates[0].customer == kept.id


PLACES = ["上海", "上海市", "江苏", "苏州", "苏州市", "宁波", ""]
WORDS = ["华盛", "华胜", "华晟", "毕盛", "宏盛", "宏胜", "鸿盛", "远达", "远大", "运达"]
TRADES = ["货运", "货物运输", "物流", "国际物流", "国际货运代理", "运输"]
FORMS = ["有限公司", "有限责任公司", "股份有限公司"]
BRANCHES = ["", "", "苏州分公司", "第一分公司", "虹桥营业部"]


def a_name(chance: random.Random) -> str:
    """A name as a thousand others."""
    parts = (PLACES, WORDS, TRADES, FORMS, BRANCHES)
    place, word, trade, form, branch = (chance.choice(each) for each in parts)
    bracket = f"（{chance.choice(['上海', '苏州', '中国'])}）" if chance.random() < 0.2 else ""
    return f"{place}示例{word}{bracket}{trade}{form}{branch}"


def with_one_wrong(text: str, chance: random.Random) -> str:
    """*text* with one character that a reader takes for another."""
    place = chance.randrange(len(text))
    letters = CREDIT_ALPHABET if text.isascii() else "胜盛晟毕华宏鸿远运达大海河沪苏"
    return text[:place] + chance.choice(letters) + text[place + 1 :]


def many_customers(chance: random.Random, number: int) -> list[Customer]:
    """Customers of names that are taken for each other, some without a code, some renamed."""
    opened = clock.now()
    made = []
    names = {a_name(chance) for _ in range(number * 3)}
    for place, name in enumerate(itertools.islice(sorted(names), number)):
        code = credit_code(f"91310115MA{place:07d}") if chance.random() < 0.8 else None
        former = [a_name(chance)] if chance.random() < 0.2 else []
        made.append(
            Customer(
                archive_number=f"KH-2026-{place:05d}", customer_code=f"C{place:05d}", name=name,
                credit_code=code, former_names=former, created_at=opened, updated_at=opened,
            )
        )  # fmt: skip
    for each in made:
        each._fill(each.derive())
        each.id = ObjectId()
    get_db()["customers"].insert_many([each.to_mongo() for each in made])
    return made


def test_among_thousands_that_are_nearly_the_same_no_paper_is_sure_of_a_wrong_one(
    empty_site: Flask,
) -> None:
    chance = random.Random(20260316)
    customers = many_customers(chance, 600)
    sure = 0
    for _ in range(120):
        truth = chance.choice(customers)
        name, code = truth.name, truth.credit_code
        stranger = chance.random() < 0.4
        if stranger:  # a company that is no customer, called nearly so
            name, code = (
                with_one_wrong(name, chance),
                credit_code(f"92{chance.randrange(10**15):015d}"),
            )
        if chance.random() < 0.2:
            name = with_one_wrong(name, chance)
        if code and chance.random() < 0.2:
            code = with_one_wrong(code, chance)
        fields = {"name": name} | ({"credit_code": code} if code and chance.random() < 0.9 else {})
        verdict = whose(a_read(**fields))
        if not verdict.is_sure:
            continue
        sure += 1
        found = verdict.candidates[0].customer
        bears = fields.get("credit_code")
        if bears and any(each.credit_code == bears for each in customers):
            assert found == next(each.id for each in customers if each.credit_code == bears)
        else:  # only the very name of one who is called so alone
            same = [each for each in customers if folded_name(each.name) == folded_name(name)]
            assert [each.id for each in same] == [found]
            own = same[0].credit_code
            assert not bears or not own or sum(map(str.__ne__, own, bears)) <= 1
    assert sure > 20


KEYS = [ObjectId(f"{each:024x}") for each in range(1, 4)]
names = st.sampled_from([a_name(random.Random(each)) for each in range(30)])
known_ones = st.builds(
    lambda key, name, former, code: Known(key, name, "", (former,), code),
    st.sampled_from(KEYS), names, names, st.sampled_from(["", CODE, OTHER_CODE]),
)  # fmt: skip
signs = st.builds(
    Sign,
    st.sampled_from(KEYS),
    st.sampled_from(MatchedBy),
    st.sampled_from([0.4, 0.6, 0.7, 0.98, 1.0]),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(known_ones, min_size=1, max_size=3),
    st.lists(signs, max_size=5),
    st.lists(st.tuples(names, st.floats(0, 1)), max_size=2),
    st.lists(st.sampled_from([CODE, OTHER_CODE]), max_size=2, unique=True),
    st.sampled_from(AttachmentKind),
)
def test_signs_of_two_customers_are_never_sure(
    ones: list[Known],
    given_signs: list[Sign],
    said_names: list[tuple[str, float]],
    said_codes: list[str],
    kind: AttachmentKind,
) -> None:
    known = {each.key: each for each in ones}
    said = Said(kind=kind, names=tuple(said_names), codes=tuple(said_codes))
    verdict = judge(said, Found(given_signs, known))
    strong = {each.customer for each in given_signs if each.score > 0.7 and each.customer in known}
    if len(strong) > 1:
        assert not verdict.is_sure
    if verdict.is_sure:
        found = known[verdict.candidates[0].customer]
        assert found.key in {each.customer for each in given_signs}
        assert (
            not found.credit_code
            or not said_codes
            or found.credit_code in said_codes
            or (verdict.candidates[0].by is MatchedBy.OUR_CODE)
        )
