"""A template filled: what was known stands there, what was not is marked, every page is stamped."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn

from tests.docgen.word_files import MADE_AT, a_field, a_table_template, a_template, fill, saved


def opened(content):
    return docx.Document(BytesIO(content))


def first_line(writer, tag, values):
    return writer.text_of(fill(writer, a_template(tag), values)).split("\n")[0]


@pytest.mark.parametrize(
    ("tag", "values", "text"),
    [
        ("{{ 客户.名称 }}", {"客户": {"名称": "甲&乙<丙>有限公司"}}, "甲&乙<丙>有限公司"),
        ("{{ 客户.名称 }}", {"客户": {"名称": "𠮷野家ＡＢＣ"}}, "𠮷野家ＡＢＣ"),
        ("{{ 客户.名称 }}", {"客户": {"名称": "一\r\n二\n三\t四"}}, "一 二 三 四"),
        ("{{ 客户.名称 }}", {"客户": {"名称": "甲\x00\x0b乙"}}, "甲乙"),
        ("{{ 合同.金额 }}", {"合同": {"金额": Decimal("12000.5")}}, "12,000.50"),
        ("{{ 合同.金额|大写金额 }}", {"合同": {"金额": Decimal(12000)}}, "人民币壹万贰仟元整"),
        ("{{ 合同.签订日期 }}", {"合同": {"签订日期": date(2026, 1, 8)}}, "2026年1月8日"),
        ("{{ 合同.签订日期|短日期 }}", {"合同": {"签订日期": date(2026, 1, 8)}}, "2026-01-08"),
        ("{{ 客户.执照有效期至|日期 }}", {"客户": {"执照有效期至": "长期"}}, "长期"),
        ("{{ 文件.编号 }}/{{ 文件.版本 }}", {}, "HT-2026-00007/3"),
        ("{{ 文件.日期 }}{{ 文件.起草人 }}", {}, "2026年11月23日王某"),
    ],
)
def test_a_value_is_written_as_it_should_read(writer, tag, values, text):
    assert first_line(writer, tag, values) == text


@pytest.mark.parametrize("nothing", [None, "", "  ", "\n"])
def test_a_missing_value_is_marked_and_never_empty(writer, nothing):
    document = opened(
        fill(writer, a_template("甲方：{{ 客户.名称 }}（章）"), {"客户": {"名称": nothing}})
    )
    runs = document.paragraphs[0].runs
    assert [run.text for run in runs] == ["甲方：", "【待填：公司名称】", "（章）"]
    assert runs[1].font.highlight_color == WD_COLOR_INDEX.YELLOW
    assert runs[2].font.highlight_color is None


def test_the_mark_keeps_the_looks_of_its_run(writer):
    document = docx.Document()
    run = document.add_paragraph().add_run("{{ 客户.名称 }}和{{ 客户.电话 }}")
    run.font.bold = True
    made = opened(fill(writer, saved(document), {}))
    assert all(run.bold for run in made.paragraphs[0].runs)


def test_a_missing_date_or_amount_passes_its_filter_as_a_mark(writer):
    text = first_line(writer, "{{ 合同.金额|大写金额 }}{{ 合同.签订日期|日期 }}", {})
    assert text == "【待填：合同金额】【待填：签订日期】"


def test_a_missing_value_is_false_in_a_condition_and_so_not_missing(writer):
    template = a_template("{% if 客户.传真 %}传真 {{ 客户.传真 }}{% else %}无传真{% endif %}")
    assert writer.missing(template, {}) == []
    assert writer.text_of(fill(writer, template, {})).startswith("无传真")


PRICES = (
    ("{%tr for 行 in 价格表 %}", ""),
    ("{{ 行.序号 }}. {{ 行.起运地 }}", "{{ 行.单价 }}"),
    ("{%tr endfor %}", ""),
)


def test_rows_are_numbered_and_repeated(writer):
    rows = [{"起运地": "福州", "单价": Decimal(n)} for n in range(1, 31)]
    document = opened(fill(writer, a_table_template(*PRICES), {"价格表": rows}))
    table = document.tables[0]
    assert len(table.rows) == 30
    assert [cell.text for cell in table.rows[29].cells] == ["30. 福州", "30.00"]


def test_an_empty_price_table_shows_one_row_of_marks(writer):
    template = a_table_template(*PRICES)
    assert [m.placeholder.name for m in writer.missing(template, {"价格表": []})] == ["价格表"]
    document = opened(fill(writer, template, {}))
    assert "【待填：价格表】" in document.tables[0].rows[0].cells[1].text


def test_a_hole_in_a_row_is_missing_with_its_number(writer):
    rows = [{"起运地": "福州", "单价": Decimal(1)}, {"起运地": "厦门"}]
    (missing,) = writer.missing(a_table_template(*PRICES), {"价格表": rows})
    assert (missing.placeholder.name, missing.row) == ("价格表.单价", 2)


def test_missing_lists_each_placeholder_once_in_the_order_of_the_document(writer):
    template = a_template("{{ 客户.电话 }}{{ 客户.名称 }}", "{{ 客户.电话 }}")
    names = [m.placeholder.name for m in writer.missing(template, {})]
    assert names == ["客户.电话", "客户.名称"]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"顾客": {}}, ValueError),
        ({"客户": {"名字": "x"}}, ValueError),
        ({"客户": {"名称": object()}}, TypeError),
        ({"客户": {"名称": ["x"]}}, TypeError),
        ({"客户": {"名称": datetime(2026, 1, 1, tzinfo=UTC)}}, TypeError),
        ({"价格表": "x"}, TypeError),
    ],
)
def test_only_plain_known_values_are_taken(writer, values, error):
    with pytest.raises(error):
        fill(writer, a_template("x"), values)


def test_a_template_without_footer_gets_number_version_and_code_on_every_kind_of_page(writer):
    document = docx.Document()
    document.add_paragraph("首页")
    document.settings.odd_and_even_pages_header_footer = True
    document.sections[0].different_first_page_header_footer = True
    document.add_section().footer.is_linked_to_previous = False
    made = opened(fill(writer, saved(document), {}))
    first, second = made.sections
    for footer in (first.footer, first.first_page_footer, first.even_page_footer, second.footer):
        text = "".join(p.text for p in footer.paragraphs)
        assert "HT-2026-00007" in text
        assert "第 3 版" in text
        assert len(list(footer._element.iter(qn("pic:pic")))) == 1


def test_a_footer_that_has_the_stamp_is_left_alone(writer):
    document = docx.Document()
    document.sections[0].footer.paragraphs[
        0
    ].text = "{{文件.编号}}-{{ 文件.版本 }}{{ 文件.二维码 }}"
    document.sections[0].header.paragraphs[0]._p.append(a_field("PAGE"))
    made = opened(fill(writer, saved(document), {}))
    assert made.sections[0].footer.paragraphs[0].text == "HT-2026-00007-3"
    assert len(made.sections[0].footer.paragraphs) == 1


def test_the_properties_name_number_and_maker_but_not_the_templates_author(writer):
    document = docx.Document()
    document.core_properties.author = "模板作者"
    made = opened(fill(writer, saved(document), {})).core_properties
    assert (made.title, made.author, made.version) == ("HT-2026-00007", "王某", "3")
    assert made.created == MADE_AT


def test_drawings_have_numbers_of_their_own(writer):
    template = a_template("{{ 文件.二维码 }}{{ 文件.二维码 }}")
    made = opened(fill(writer, template, {}))
    ids = [d.get("id") for d in made.element.iter(qn("wp:docPr"))]
    assert len(ids) == len(set(ids)) == 2


def test_text_of_reads_insertions_and_content_controls_but_not_deletions(writer):
    document = docx.Document()
    paragraph = document.add_paragraph("甲")
    for xml in (
        "<w:ins {ns}><w:r><w:t>插入</w:t></w:r></w:ins>",
        "<w:del {ns}><w:r><w:delText>删除</w:delText></w:r></w:del>",
        "<w:sdt {ns}><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        paragraph._element.append(docx.oxml.parse_xml(xml.format(ns=namespace)))
    assert writer.text_of(saved(document)) == "甲插入控件"
