"""The check of a template names every fault, with its place."""

import docx
import pytest

from archive.docgen import FaultKind
from archive.docgen.places import Region
from archive.docgen.shipped import SHIPPED
from tests.docgen.word_files import a_table_template, a_template, saved, with_parts


def kinds(report):
    return [fault.kind for fault in report.faults]


@pytest.mark.parametrize("template", SHIPPED, ids=lambda t: t.slug)
def test_a_shipped_template_has_no_fault(writer, template):
    report = writer.check(template.read())
    assert report.faults == ()
    assert {"客户.名称", "合同台账"} & {*report.placeholders}


def test_every_fault_is_named_in_one_answer_with_its_paragraph(writer):
    report = writer.check(
        a_template(
            "甲方：{{ 客户.名字 }}",
            "没有问题",
            "金额：｛｛ 合同.金额 ｝｝ 元",
            "电话：{{ 客户.电话 ，传真见附件",
            "{% if 客户.传真 %}传真：{{ 客户.传真 }}",
            "地址：{客户.地址}",
            "邮箱：客户.邮箱 }}",
        )
    )
    assert [(fault.kind, fault.place.paragraph) for fault in report.faults] == [
        (FaultKind.UNKNOWN, 1),
        (FaultKind.FULL_WIDTH, 3),
        (FaultKind.UNCLOSED, 4),
        (FaultKind.UNCLOSED_BLOCK, 5),
        (FaultKind.SINGLE_BRACE, 6),
        (FaultKind.UNOPENED, 7),
    ]


def test_an_unknown_placeholder_comes_with_its_nearest_neighbour(writer):
    (fault,) = writer.check(a_template("甲方：{{ 客户.公司名称 }}（盖章）")).faults
    assert fault.subject == "客户.公司名称"
    assert fault.suggestion == "客户.名称"
    assert "甲方：" in fault.around


def test_a_fault_in_a_table_is_placed_by_table_row_and_cell(writer):
    (fault,) = writer.check(a_table_template(("名称", "金额"), ("", "{{ 合同.总额 }}"))).faults
    assert (fault.place.table, fault.place.row, fault.place.cell) == (1, 2, 2)


def test_a_fault_in_header_or_footer_says_so(writer):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ 客户.错 }}"
    document.sections[0].footer.paragraphs[0].text = "{{ 文件.错 }}"
    report = writer.check(saved(document))
    assert {fault.place.region for fault in report.faults} == {Region.HEADER, Region.FOOTER}


def test_the_loop_of_a_price_table_passes(writer):
    report = writer.check(
        a_table_template(
            ("序号", "单价"),
            ("{%tr for 行 in 价格表 %}", ""),
            ("{{ 行.序号 }}", "{{ 行.单价|金额 }}"),
            ("{%tr endfor %}", ""),
        )
    )
    assert report.faults == ()
    assert set(report.placeholders) == {"价格表", "价格表.序号", "价格表.单价"}


def test_an_unknown_column_is_suggested_with_the_word_of_the_loop(writer):
    (fault,) = writer.check(
        a_table_template(("{%tr for 行 in 价格表 %}",), ("{{ 行.价钱单价 }}",), ("{%tr endfor %}",))
    ).faults
    assert fault.suggestion == "行.单价"


@pytest.mark.parametrize(
    ("paragraphs", "kind"),
    [
        (("{{ 价格表 }}",), FaultKind.LIST_OUTSIDE_LOOP),
        (("{{ 价格表.单价 }}",), FaultKind.LIST_OUTSIDE_LOOP),
        (("{{ 客户.名称|大写金额 }}",), FaultKind.FILTER_MISFIT),
        (("{{ 合同.金额|大写 }}",), FaultKind.UNKNOWN_FILTER),
        (("{{ 客户 }}",), FaultKind.UNKNOWN),
        (("{% endif %}",), FaultKind.UNOPENED_BLOCK),
        (("{% if 客户.传真 %}", "{% endif %}"), FaultKind.CROSSED_BLOCK),
        (("{%p if 客户.传真 %}传真", "{%p endif %}"), FaultKind.LOST_TEXT),
        (("{%tr for 行 in 价格表 %}{%tr endfor %}",), FaultKind.OUTSIDE_TABLE),
        (("{% end %}",), FaultKind.FORBIDDEN),
        (("{{ 客户 名称 }}",), FaultKind.UNREADABLE),
        (("{{ 客户。名称 }}",), FaultKind.UNREADABLE),
        (("{# 备注 #}",), FaultKind.FORBIDDEN),
        (("{{- 客户.名称 }}",), FaultKind.FORBIDDEN),
        (("{% for 行 in 价格 %}{% endfor %}",), FaultKind.UNKNOWN),
        (
            ("{% for 行 in 价格表 %}{% for 列 in 价格表 %}{% endfor %}{% endfor %}",),
            FaultKind.NESTED_LOOP,
        ),
    ],
)
def test_what_templates_may_not_say_is_named(writer, paragraphs, kind):
    assert kind in kinds(writer.check(a_template(*paragraphs)))


def test_a_name_with_full_width_signs_is_read_as_it_was_meant(writer):
    (fault,) = writer.check(a_template("{{ 客户。名称 }}")).faults
    assert fault.suggestion == "{{ 客户.名称 }}"


def test_a_condition_with_comparison_and_else_passes(writer):
    report = writer.check(
        a_template(
            "{%p if 合同.金额 > 100000 and not 客户.信誉 == “C 级” %}",
            "大额",
            "{%p elif 客户.传真 %}",
            "{{ 客户.传真 }}",
            "{%p else %}",
            "小额",
            "{%p endif %}",
        )
    )
    assert report.faults == ()


def test_a_tag_that_word_split_over_runs_is_read_whole(writer):
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("{", "{ 客户", ".名", "称 }", "}"):
        paragraph.add_run(piece)
    report = writer.check(saved(document))
    assert report.faults == ()
    assert report.placeholders == ("客户.名称",)


def test_a_tag_where_nothing_is_filled_is_named(writer):
    template = with_parts(
        a_template("正文"),
        {
            "word/document.xml": lambda xml: xml.replace(
                b"<w:body>", '<w:body><w:p w:rsidR="{{ 客户.名称 }}"/>'.encode()
            )
        },
    )
    assert kinds(writer.check(template)) == [FaultKind.NOT_FILLED_HERE]


def test_what_is_no_word_file_is_said_to_be_none(writer):
    (fault,) = writer.check(b"%PDF-1.7").faults
    assert fault.kind is FaultKind.PACKAGE
