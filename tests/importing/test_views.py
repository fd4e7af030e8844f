"""The files that importing gives out, read by a second program."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
from flask.testing import FlaskClient
from flask_babel import force_locale

from archive.actor import Role
from archive.importing.models import Import
from archive.importing.serving import rows_as_workbook
from tests.importing.conftest import BringIn

ClientAs = Callable[..., FlaskClient]


def cells_of(content: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_template_names_every_column_and_gives_an_example(client_as: ClientAs) -> None:
    answer = client_as(Role.CUSTODIAN).get("/imports/templates/customers.xlsx")
    head, example = cells_of(answer.data)
    assert head[0] == "公司名称"
    assert example[head.index("统一社会信用代码")] == "91310115591693856A"


def test_refused_rows_come_back_as_they_came_with_the_reason(check: BringIn) -> None:
    rows = [("公司名称", "所在省"), ("演示百川制造厂", "火星"), ("演示青山制造厂", "上海")]
    given: Import = check(rows)
    with force_locale("zh"), rows_as_workbook(given, given.rows().order_by("number")[:1]) as file:
        head, row = cells_of(file.read())
    assert head == ["公司名称", "所在省", "未导入的原因"]
    assert row[:2] == ["演示百川制造厂", "火星"]
    assert "没有“火星”这个选项" in row[2]
