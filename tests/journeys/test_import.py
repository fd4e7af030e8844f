"""A company's own list of customers brought in: checked, refused in part, corrected, complete."""

import csv
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from archive.actor import Role
from archive.chinese.credit_codes import check_character
from archive.customers.models import Customer
from archive.importing.models import Import
from archive.importing.tasks import work
from tests.importing.conftest import as_xlsx
from tests.journeys.conftest import PageAs

pytestmark = pytest.mark.slow

HEAD = ("公司名称", "统一社会信用代码", "所在省", "行业", "注册日期", "联系电话")
ROWS = 2_000


def pairs_in(text: str) -> list[str]:
    """The words of two characters that *text* is made of."""
    return [text[at : at + 2] for at in range(0, len(text), 2)]


FIRST = pairs_in("蓝湾恒晟绿野远航筑美金纺康泰云杉宏达百川青峰众联锦程")
SECOND = pairs_in("精工时代晨光天桥银河顺安雪域安捷宏图鼎盛乐童东篱新桥")
THIRD = pairs_in("机械电缆木业玻璃轮胎乳品器材印务铝材玩具花卉服饰饮料")
NAMES = [f"演示{''.join(words)}有限公司" for words in product(FIRST, SECOND, THIRD)]


def row(place: int) -> list[str]:
    """A row that can be brought in; nobody can have its credit code: there is no region 99."""
    code = f"91990000MABC{place:05d}"
    return [NAMES[place], code + check_character(code), "广东", "机械设备", "2012-05-18", ""]


def bad_row(place: int) -> list[str]:
    """The same row with one of five faults, as lists of companies have them."""
    cells = row(place)
    field, text = (
        (0, ""),
        (1, "9.13E+17"),
        (2, "火星"),
        (4, "2012-13-40"),
        (1, cells[1][:17] + ("A" if cells[1][17] != "A" else "B") + "9"),
    )[place % 5]
    cells[field] = text
    return cells


def table(count: int, bad: int) -> list[Sequence[str]]:
    """A list of *count* customers of whom *bad*, evenly spread, have a fault."""
    step = count // bad
    rows = [bad_row(at) if is_bad(at, step) else row(at) for at in range(count)]
    return [HEAD, *rows]


def is_bad(place: int, step: int) -> bool:
    return place % step == place // step % 5


def choose(page: Page, path: Path) -> None:
    """Hand in the file at *path* and go on to its columns."""
    page.goto("/imports")
    page.get_by_role("link", name="导入表格").first.click()
    page.get_by_label("文件").set_input_files(path)
    page.get_by_role("button", name="读取文件").click()
    expect(page.get_by_role("heading", name="每一项在哪一列")).to_be_visible()


def wait_for(site: Flask) -> None:
    """The worker does what the latest import waits for, while the page looks on."""
    with site.app_context():
        work(Import.objects.order_by("-created_at", "-id").first().key)


def check(page: Page, site: Flask, path: Path) -> None:
    """Have every row of *path* looked at; nothing is written."""
    choose(page, path)
    page.get_by_role("button", name="检查全部").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    wait_for(site)
    expect(page.get_by_text("还没有写入任何内容")).to_be_visible()


def bring_in(page: Page, site: Flask, rows: str) -> None:
    """Have the rows that can be brought in written: *rows*, as the page says the number."""
    page.get_by_role("button", name=f"导入 {rows} 行").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    wait_for(site)
    expect(page.get_by_text(f"已写入 {rows} 行。")).to_be_visible()


def found(page: Page) -> dict[str, str]:
    """What the tabs say was found: a verdict, how many."""
    tabs = page.get_by_role("navigation", name="检查结果").get_by_role("link").all_inner_texts()
    return {words[0]: words[1] for tab in tabs if (words := tab.split())}


def refused_rows(page: Page, folder: Path) -> tuple[Path, list[list[Any]]]:
    """The file of rows that were refused, and what it holds."""
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载未导入的行").click()
    path = folder / f"back-{taken.value.suggested_filename}"
    taken.value.save_as(path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return path, [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_list_of_2000_customers_is_checked_corrected_and_complete_and_nothing_comes_twice(
    page_as: PageAs, empty_site: Flask, tmp_path: Path
) -> None:
    page = page_as(Role.CUSTODIAN)
    path = as_xlsx(tmp_path, table(ROWS, 40))
    check(page, empty_site, path)
    assert found(page) == {"新增": "1,960", "不能导入": "40"}
    assert Customer.objects.count() == 0

    _, [head, *rows] = refused_rows(page, tmp_path)
    assert (len(rows), head) == (40, [*HEAD, "未导入的原因"])
    reasons = [line[-1] for line in rows]
    assert all(reasons)
    assert any("没有“火星”这个选项" in reason for reason in reasons)
    assert any("末几位已经丢失" in reason for reason in reasons)
    bring_in(page, empty_site, "1,960")
    assert Customer.objects.count() == 1_960

    places = [at for at in range(ROWS) if is_bad(at, ROWS // 40)]
    corrected = [head, *([*row(at), line[-1]] for at, line in zip(places, rows, strict=True))]
    check(page, empty_site, as_xlsx(tmp_path, corrected, "更正.xlsx"))
    assert found(page) == {"新增": "40"}
    bring_in(page, empty_site, "40")
    assert {each.name for each in Customer.objects.only("name")} == set(NAMES[:ROWS])

    check(page, empty_site, path)
    assert found(page) == {"无变化": "1,960", "不能导入": "40"}
    expect(page.get_by_role("button", name="导入 ")).to_have_count(0)
    assert Customer.objects.count() == ROWS


def test_the_same_list_as_csv_in_gb18030_comes_in_and_is_taken_back(
    page_as: PageAs, empty_site: Flask, tmp_path: Path
) -> None:
    page = page_as(Role.CUSTODIAN)
    path = tmp_path / "客户名单.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(table(100, 10))
    check(page, empty_site, path)
    assert found(page) == {"新增": "90", "不能导入": "10"}
    bring_in(page, empty_site, "90")
    assert Customer.objects(name=NAMES[5]).count() == 1

    page.get_by_role("button", name="撤销导入").first.click()
    asked = page.get_by_role("dialog")
    asked.get_by_label("原因").press_sequentially("名单过期")
    asked.get_by_role("button", name="撤销导入").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    wait_for(empty_site)
    expect(page.get_by_text("已撤销").first).to_be_visible()
    assert Customer.objects.count() == 0
    assert Import.objects.get().undone_because == "名单过期"
