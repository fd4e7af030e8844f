"""A list brought in: judged first, then written, row by row, and taken back."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.actor import Actor, Role
from archive.customers import service as customers
from archive.customers.models import Customer
from archive.errors import NotPermitted
from archive.importable import Verdict
from archive.importing import service
from archive.importing.errors import ColumnsMissing, NoTable, NotNow
from archive.importing.models import Import
from archive.importing.rules import ImportState
from archive.importing.serving import kind_called
from archive.importing.tasks import work
from archive.trail.models import TrailEntry
from tests.builders import a_customer, a_user, a_visit
from tests.importing.conftest import BringIn, row, verdicts

HEAD = ("公司名称", "信用代码", "地区", "联系电话", "合作开始日期", "业务员")
CODE = "91310115591693856A"
DATA = Path(__file__).parents[1] / "data"


def test_a_list_is_judged_before_anything_is_written(check: BringIn) -> None:
    known = a_customer("演示长岭食品有限公司", phone="021-55667788")
    given = check(
        [
            HEAD,
            ("演示百川机械有限公司", CODE, "上海市", "13812345678", "2021.3.5", ""),
            ("演示长岭食品有限公司", "", "", "021-55667799", "", ""),
            ("演示长岭食品有限公司", "", "", "021-55667799", "", ""),
            ("演示青山纸业公司", "9131", "火星", "", "", "没有这个人"),
        ]
    )
    assert given.state is ImportState.CHECKED
    assert verdicts(given) == [
        Verdict.NEW,
        Verdict.CHANGED,
        Verdict.REFUSED,
        Verdict.REFUSED,
    ]
    assert (
        row(given, 3).changes == [["电话", "021****7788", "021****7799"]]
        or row(given, 3).changes[0][0] == "电话"
    )
    assert "与第 3 行重复" in row(given, 4).why
    for label in ("统一社会信用代码", "所在地区", "跟进销售员"):
        assert label in row(given, 5).why
    assert Customer.objects.count() == 1
    assert Customer.find(known.key).phone == "021-55667788"


def test_what_was_judged_is_written_and_read_back(bring_in: BringIn) -> None:
    seller = a_user(Role.SALESPERSON, name="陈晓")
    known = a_customer("演示长岭食品有限公司", phone="021-55667788", main_goods="饼干")
    given = bring_in(
        [
            HEAD,
            ("演示百川机械有限公司", CODE, "上海", "13812345678", "2021年3月5日", "陈晓"),
            ("演示长岭食品有限公司", "", "江苏省", "021-55667799", "", ""),
        ]
    )
    assert given.state is ImportState.DONE
    opened = Customer.objects.get(credit_code=CODE)
    assert (opened.region.value, opened.phone) == ("31", "13812345678")
    assert opened.cooperation_started_on == date(2021, 3, 5)
    assert opened.salesperson_id == seller.id
    changed = Customer.find(known.key)
    assert (changed.phone, changed.region.value) == ("021-55667799", "32")
    assert changed.main_goods == "饼干"  # no column, no change
    assert changed.salesperson_id is None


def test_the_same_file_again_changes_nothing(bring_in: BringIn, check: BringIn) -> None:
    rows = [HEAD, ("演示百川机械有限公司", "", "上海", "138 1234 5678", "2021-03-05", "")]
    bring_in(rows)
    assert verdicts(check(rows)) == [Verdict.SAME]
    assert Customer.objects.count() == 1


def test_a_code_that_excel_made_a_number_is_refused_with_the_remedy(check: BringIn) -> None:
    given = check([HEAD, ("演示百川机械有限公司", 913101155916938560.0, "", "", "", "")])
    assert verdicts(given) == [Verdict.REFUSED]
    assert "设为“文本”" in row(given, 2).why
    assert "9.13E+17" in row(given, 2).why


def test_the_salesperson_is_changed_only_for_those_who_assign(check: BringIn) -> None:
    a_user(Role.SALESPERSON, name="陈晓")
    known = a_customer("演示长岭食品有限公司")
    refused = check([("公司名称", "业务员"), (known.name, "陈晓")])
    assert verdicts(refused) == [Verdict.REFUSED]
    assert "须由销售经理导入" in row(refused, 2).why


def test_a_like_name_waits_until_somebody_says_that_it_is_another(
    check: BringIn, custodian: Actor, now: datetime
) -> None:
    a_customer("演示百川机械有限公司")
    given = check([HEAD, ("演示百川机械集团有限公司", "", "", "", "", "")])
    assert verdicts(given) == [Verdict.ALIKE]
    kind = kind_called("customers")
    assert service.take_as_another(given, [2], kind=kind, actor=custodian, now=now) == 1
    service.begin_writing(Import.find(given.key), kind=kind, actor=custodian, now=now)
    work(given.key)
    assert Customer.objects.count() == 2


def test_killed_in_the_middle_it_goes_on_and_writes_no_row_twice(
    check: BringIn, custodian: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["甘露", "百川", "青山", "长岭", "东篱", "明月", "白石", "沧海"]
    given = check([HEAD[:1], *[(f"演示{name}制造厂",) for name in names]])
    kind = kind_called("customers")
    service.begin_writing(given, kind=kind, actor=custodian, now=now)
    monkeypatch.setattr("archive.importing.service.writing.WRITTEN_AT_ONCE", 3)
    opened = customers.open_archive
    calls = []

    def dies_at_the_fifth(**facts: Any) -> Customer:
        calls.append(facts["name"])
        if len(calls) == 5:
            raise KeyboardInterrupt
        return opened(**facts)

    monkeypatch.setattr(
        "archive.customers.imports.customers.service.open_archive", dies_at_the_fifth
    )
    with pytest.raises(KeyboardInterrupt):
        work(given.key)
    assert Import.find(given.key).state is ImportState.WRITING
    Import.objects(id=given.id).update(set__worked_at=None)  # its silence is noticed
    work(given.key)
    assert Import.find(given.key).state is ImportState.DONE
    assert sorted(Customer.objects.scalar("name")) == sorted(f"演示{name}制造厂" for name in names)
    assert len(set(Customer.objects.scalar("archive_number"))) == len(names)


def test_it_is_stopped_and_goes_on(check: BringIn, custodian: Actor, now: datetime) -> None:
    given = check([HEAD[:1], ("演示百川制造厂",), ("演示青山制造厂",)])
    kind = kind_called("customers")
    writing = service.begin_writing(given, kind=kind, actor=custodian, now=now)
    stopped = service.stop(writing, kind=kind, actor=custodian, now=now)
    work(given.key)
    assert Customer.objects.count() == 0
    service.begin_writing(stopped, kind=kind, actor=custodian, now=now)
    work(given.key)
    assert Customer.objects.count() == 2


def test_taken_back_it_leaves_nothing_but_what_was_used_since(
    bring_in: BringIn, custodian: Actor, now: datetime
) -> None:
    known = a_customer("演示长岭食品有限公司", phone="021-55667788")
    given = bring_in(
        [
            ("公司名称", "联系电话"),
            ("演示百川机械有限公司", "13812345678"),
            ("演示青山纸业有限公司", "13912345678"),
            ("演示长岭食品有限公司", "021-55667799"),
        ]
    )
    used = Customer.objects.get(name="演示青山纸业有限公司")
    a_visit(used)
    kind = kind_called("customers")
    service.begin_undoing(given, kind=kind, actor=custodian, now=now, reason="选错了文件")
    work(given.key)
    undone = Import.find(given.key)
    assert undone.state is ImportState.UNDONE
    assert set(Customer.objects.scalar("name")) == {"演示长岭食品有限公司", used.name}
    assert Customer.find(known.key).phone == "021-55667788"
    assert "已保留" in row(undone, 3).stayed
    removed = TrailEntry.objects.get(action="customer.taken_back")
    assert removed.reason == "选错了文件"
    opened = TrailEntry.objects(action="customer.opened", subject_id=removed.subject_id)
    assert opened.count() == 1


def test_what_was_changed_since_stays_when_it_is_taken_back(
    bring_in: BringIn, custodian: Actor, now: datetime
) -> None:
    known = a_customer("演示长岭食品有限公司", phone="021-55667788")
    given = bring_in([("公司名称", "联系电话"), (known.name, "021-55667799")])
    edited = Customer.find(known.key)
    customers.edit_archive(
        edited, actor=custodian, now=now, seen=edited.revision, address="人民路 1 号"
    )
    kind = kind_called("customers")
    service.begin_undoing(given, kind=kind, actor=custodian, now=now, reason="选错了文件")
    work(given.key)
    assert Customer.find(known.key).phone == "021-55667799"
    assert "有人修改过" in row(given, 2).stayed


def test_contact_persons_are_added_updated_and_taken_back(
    bring_in: BringIn, custodian: Actor, now: datetime
) -> None:
    customer = a_customer(
        "演示百川机械有限公司", contacts=[{"name": "张三", "phone": "13800000001"}]
    )
    given = bring_in(
        [
            ("客户", "联系人", "手机", "是否主要联系人"),
            (customer.customer_code, "张三", "13800000002", ""),
            ("演示百川机械有限公司", "李四", "13800000003", "是"),
            ("没有的公司", "王五", "", ""),
        ],
        "contacts",
    )
    assert verdicts(given) == [Verdict.CHANGED, Verdict.NEW, Verdict.REFUSED]
    found = {c.name: (c.phone, c.is_responsible) for c in Customer.find(customer.key).contacts}
    assert found == {"张三": ("13800000002", False), "李四": ("13800000003", True)}
    kind = kind_called("contacts")
    service.begin_undoing(given, kind=kind, actor=custodian, now=now, reason="选错了文件")
    work(given.key)
    assert [(c.name, c.phone) for c in Customer.find(customer.key).contacts] == [
        ("张三", "13800000001")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_every_encoding_that_offices_use(
    bring_in: BringIn, tmp_path: Path, encoding: str
) -> None:
    mark = "\t" if encoding == "utf-16" else ","
    lines = [HEAD, ("演示百川機械有限公司", "", "上海", "13812345678", "2021/3/5", "")]
    path = tmp_path / "名单.csv"
    path.write_text("\r\n".join(mark.join(line) for line in lines), encoding=encoding)
    given = bring_in(path)
    assert verdicts(given) == [Verdict.NEW]
    assert Customer.objects.get().name == "演示百川機械有限公司"


def test_an_old_excel_file_is_read_below_its_title(bring_in: BringIn) -> None:
    given = bring_in(DATA / "customers.xls")
    assert (given.head_at, verdicts(given)) == (1, [Verdict.NEW, Verdict.NEW])
    assert Customer.objects.get(name="演示长岭食品厂").cooperation_started_on == date(2022, 7, 1)


def test_columns_are_found_by_content_and_remembered(
    take_in: BringIn, check: BringIn, custodian: Actor, now: datetime
) -> None:
    rows = [("甲", "乙"), ("演示百川机械有限公司", CODE)]
    given = take_in(rows)
    assert given.columns == {"credit_code": 1}
    kind = kind_called("customers")
    with pytest.raises(ColumnsMissing):
        service.choose_columns(given, given.columns, kind=kind, actor=custodian, now=now)
    chosen = {"name": 0, "credit_code": 1}
    service.choose_columns(given, chosen, kind=kind, actor=custodian, now=now)
    assert take_in(rows).columns == chosen


def test_a_file_without_a_table_is_refused_by_name(take_in: BringIn, tmp_path: Path) -> None:
    path = tmp_path / "照片.xlsx"
    path.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(NoTable) as refusal:
        take_in(path)
    assert refusal.value.facts["name"] == "照片.xlsx"


def test_only_those_with_the_right_bring_lists_in(
    take_in: BringIn, check: BringIn, now: datetime
) -> None:
    seller = a_user(Role.SALESPERSON).as_actor()
    given = check([HEAD[:1], ("演示百川制造厂",)])
    with pytest.raises(NotPermitted):
        service.begin_writing(given, kind=kind_called("customers"), actor=seller, now=now)


def test_what_is_done_cannot_be_begun_again(
    bring_in: BringIn, custodian: Actor, now: datetime
) -> None:
    given = bring_in([HEAD[:1], ("演示百川制造厂",)])
    with pytest.raises(NotNow):
        service.begin_writing(given, kind=kind_called("customers"), actor=custodian, now=now)
