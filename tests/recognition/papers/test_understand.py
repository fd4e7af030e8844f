"""What a paper is and says, from lines with their places."""

import pytest

from archive.recognition.pages import Box, Line, PageText, TextSource
from archive.recognition.papers import FieldName, PaperKind, understand

CODE = "91110000600037341L"
COLUMNS = (0.08, 0.2)


def a_page(*lines: tuple[str, float, float], codes: tuple[str, ...] = ()) -> PageText:
    """An upright A4 page: each line with its text, left edge and top."""
    return PageText(
        1,
        TextSource.LAYER,
        210,
        297,
        tuple(
            Line(text, Box(left, top, min(0.99, left + 0.019 * len(text)), top + 0.014))
            for text, left, top in lines
        ),
        codes=codes,
    )


def a_form(title: str, *facts: tuple[str, str]) -> PageText:
    """A form with *title*, one label and value to a line."""
    return a_page(
        (title, 0.4, 0.08),
        *(
            line
            for place, (label, value) in enumerate(facts)
            for line in ((label, COLUMNS[0], 0.2 + 0.04 * place), (value, 0.3, 0.2 + 0.04 * place))
        ),
    )


def test_a_licence_tells_its_facts() -> None:
    understood = understand(
        [
            a_form(
                "营业执照",
                ("统一社会信用代码", CODE),
                ("名 称", "示例（上海）货运有限公司"),
                ("类 型", "有限责任公司(自然人独资)"),
                ("法定代表人", "示例甲"),
                ("注册资本", "人民币壹仟万元整"),
                ("成立日期", "2016年03月21日"),
                ("营业期限", "2016年03月21日至长期"),
                ("住 所", "上海市示例区示例路1号"),
                ("经营范围", "道路货物运输，仓储服务。"),
            )
        ]
    )
    assert understood.kind is PaperKind.LICENCE
    assert understood.confidence > 0.95
    assert {each.name: each.value for each in understood.fields} == {
        FieldName.CREDIT_CODE: CODE,
        FieldName.NAME: "示例（上海）货运有限公司",
        FieldName.COMPANY_TYPE: "有限责任公司（自然人独资）",
        FieldName.REPRESENTATIVE: "示例甲",
        FieldName.CAPITAL: "人民币壹仟万元整",
        FieldName.FOUNDED_ON: "2016-03-21",
        FieldName.VALID_FROM: "2016-03-21",
        FieldName.VALID_UNTIL: "long",
        FieldName.ADDRESS: "上海市示例区示例路1号",
        FieldName.SCOPE: "道路货物运输，仓储服务。",
    }


def test_each_fact_has_its_place_on_the_page() -> None:
    understood = understand(
        [a_form("营业执照", ("统一社会信用代码", CODE), ("名称", "示例甲公司"))]
    )
    name = next(each for each in understood.fields if each.name is FieldName.NAME)
    assert name.box.left == pytest.approx(0.3)
    assert name.box.top == pytest.approx(0.24)


def test_a_value_goes_on_in_the_next_line_of_its_column() -> None:
    page = a_page(
        ("营业执照", 0.4, 0.08),
        ("经营范围", 0.08, 0.3),
        ("道路货物运输（除危险化", 0.2, 0.3),
        ("学品），仓储服务", 0.2, 0.32),
        ("住所", 0.55, 0.3),
        ("上海市示例区示例路", 0.66, 0.3),
        ("12号2楼", 0.66, 0.321),
        ("成立日期", 0.55, 0.26),
        ("2016年3月21日", 0.66, 0.26),
        ("法定代表人", 0.08, 0.26),
        ("示例乙", 0.2, 0.26),
    )
    understood = understand([page])
    assert understood.value_of(FieldName.SCOPE) == "道路货物运输（除危险化学品），仓储服务"
    assert understood.value_of(FieldName.ADDRESS) == "上海市示例区示例路12号2楼"


@pytest.mark.parametrize(
    ("title", "facts", "kind"),
    [
        (
            "道路运输经营许可证",
            (
                ("业户名称", "示例货运有限公司"),
                ("经营范围", "道路普通货运"),
                ("有效期", "至2027年1月8日"),
            ),
            PaperKind.TRANSPORT_PERMIT,
        ),
        (
            "开户许可证",
            (
                ("核准号", "J2900012345601"),
                ("账号", "1001234567890123456"),
                ("开户银行", "示例银行支行"),
            ),
            PaperKind.ACCOUNT_LICENCE,
        ),
        (
            "税务登记证",
            (("纳税人名称", "示例货运有限公司"), ("地址", "示例路1号")),
            PaperKind.TAX_REGISTRATION,
        ),
        (
            "居民身份证",
            (("姓名", "示例甲"), ("住址", "示例省示例市"), ("公民身份号码", "11010519491231002X")),
            PaperKind.REPRESENTATIVE_ID,
        ),
        (
            "货物运输合同",
            (
                ("甲方：", "示例货运有限公司"),
                ("乙方：", "示例贸易有限公司"),
                ("合同编号：", "HT-1234"),
            ),
            PaperKind.CONTRACT_COPY,
        ),
        ("关于运费调整的函", (("致：", "示例贸易有限公司"), ("", "特此函告。")), PaperKind.LETTER),
        ("往来对账单", (("期初余额", "100.00"), ("期末余额", "200.00")), PaperKind.STATEMENT),
        (
            "货物托运单",
            (("发货人", "示例甲"), ("收货人", "示例乙"), ("件数", "12")),
            PaperKind.WAYBILL,
        ),
        ("食堂菜单", (("周一", "面条"),), PaperKind.OTHER),
    ],
)
def test_the_kind_is_told_by_title_and_words(
    title: str, facts: tuple[tuple[str, str], ...], kind: PaperKind
) -> None:
    assert understand([a_form(title, *facts)]).kind is kind


def test_a_draft_of_ours_is_a_contract_whatever_is_read() -> None:
    assert understand([a_page(codes=("HT-2026-00012/3",))]).kind is PaperKind.CONTRACT_COPY


def test_a_paper_that_says_nothing_is_other_and_has_no_facts() -> None:
    understood = understand([PageText(1, TextSource.NONE, 0, 0)])
    assert understood.kind is PaperKind.OTHER
    assert understood.fields == ()


def test_a_label_that_was_read_in_one_run_with_a_name_ends_it() -> None:
    name = "示例运输中心（有限合伙）"
    page = a_form(
        "营业执照", ("名称", f"{name}出资额人民币500.0000万元整"), ("类型", "有限合伙企业")
    )
    understood = understand([page])
    assert understood.value_of(FieldName.NAME) == name
    assert understood.value_of(FieldName.CAPITAL) == "人民币500.0000万元整"


def test_background_and_watermarks_are_no_part_of_a_value() -> None:
    page = a_form("营业执照", ("名称", "示例货运有限公司SCJDGL"), ("法定代表人", "示例甲"))
    stray = Line("仅供办理业务使用", Box(0.3, 0.25, 0.6, 0.262))
    understood = understand([PageText(1, page.source, 210, 297, (*page.lines, stray))])
    assert understood.value_of(FieldName.NAME) == "示例货运有限公司"
