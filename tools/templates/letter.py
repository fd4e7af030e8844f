"""The letter of feedback (业务反馈函, Art. 15.1), the ledger (合同管理台账, Art. 25.2)."""

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt

from tools.templates.agreement import LINES, Facts, begin, write_facts
from tools.templates.typeset import (
    CENTRE,
    HEI,
    LEFT,
    RIGHT,
    add_clause,
    add_stamp_footer,
    add_table,
    add_text,
    keep_row,
    new_document,
    repeat_header,
    shade,
    write_cell,
)

_SCOPE: Facts = (
    (("主要货物", "{{ 客户.主要货物 }}"), ("运输方式", "{{ 客户.主要运输方式 }}")),
    (("主要流向", "{{ 客户.主要流向 }}"),),
    (("合作起始", "{{ 客户.合作起始日期|日期 }}"), ("销售员", "{{ 客户.销售员 }}")),
    (("价格变动", "{% if 客户.价格变动 %}{{ 客户.价格变动 }}{% else %}无{% endif %}"),),
)
_TO_WRITE = ("合作情况（票数、准时、完好、异常）", "结算要求（对账、开票、付款）", "特别事件及处理")
_LEDGER = (
    ("序号", "序号", 12.0, CENTRE),
    ("合同号", "合同号", 32.0, LEFT),
    ("签订日期", "签订日期|短日期", 24.0, CENTRE),
    ("合同名称", "合同名称", 55.0, LEFT),
    ("合同方", "合同方", 50.0, LEFT),
    ("合同类型", "合同类型", 26.0, LEFT),
    ("承办人", "承办人", 18.0, LEFT),
    ("合同金额（元）", "合同金额|金额", 28.0, RIGHT),
    ("备注", "备注", 24.0, LEFT),
)


def write_letter() -> Document:
    document = begin("业务反馈函", "函件编号：{{ 文件.编号 }}　　日期：{{ 文件.日期|日期 }}")
    greeting = document.add_paragraph()
    add_text(greeting, "{{ 客户.名称 }}：", font=HEI)
    add_clause(
        document,
        "感谢贵公司对{{ 公司.名称 }}的信任。按照双方约定，现将近期的服务范围与内容、合作情况、"
        "结算要求和特别事件函告如下，请贵公司核对；如有不同意见，请在收到本函后七日内书面告知。",
        lines=LINES,
    ).paragraph_format.space_after = Pt(6)
    _head(document, "一、服务范围与内容")
    write_facts(document, _SCOPE, height=8)
    for place, heading in enumerate(_TO_WRITE):
        _head(document, f"{'二三四'[place]}、{heading}")
        keep_row(add_table(document, (166.0,), 1).rows[0], height=19)
    _head(document, "五、联系方式")
    add_clause(
        document,
        "联系人：{{ 客户.销售员 }}；电话：{{ 公司.电话 }}；电子邮箱：{{ 公司.电子邮箱 }}；"
        "地址：{{ 公司.地址 }}。",
        lines=LINES,
    )
    for text in ("{{ 公司.名称 }}（盖章）", "{{ 文件.日期|日期 }}"):
        paragraph = document.add_paragraph()
        paragraph.alignment = RIGHT
        paragraph.paragraph_format.space_before = Pt(8)
        paragraph.paragraph_format.keep_with_next = True
        add_text(paragraph, text)
    return document


def write_ledger() -> Document:
    document = new_document("合同管理台账", margins=(18, 14, 28, 14))
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    add_stamp_footer(document, 269.0)
    document.add_paragraph("合同管理台账", style="Title")
    table = add_table(document, [width for _, _, width, _ in _LEDGER], 4)
    head, start, body, end = table.rows
    for cell, (name, tag, _, align), filled in zip(head.cells, _LEDGER, body.cells, strict=True):
        write_cell(cell, name, size=10, font=HEI, align=CENTRE)
        shade(cell)
        write_cell(filled, f"{{{{ 行.{tag} }}}}", size=10, align=align)
    keep_row(head, height=8, with_next=True)
    repeat_header(head)
    write_cell(start.cells[0], "{%tr for 行 in 合同台账 %}", size=10)
    keep_row(body, height=7.5)
    write_cell(end.cells[0], "{%tr endfor %}", size=10)
    foot = document.add_paragraph()
    foot.paragraph_format.space_before = Pt(8)
    said = "制表人：{{ 文件.起草人 }}　　制表日期：{{ 文件.日期|日期 }}　　合同档案管理员（签字）："
    add_text(foot, said, size=10.5)
    return document


def _head(document: Document, text: str) -> None:
    heading = document.add_paragraph()
    heading.paragraph_format.space_before = Pt(8)
    heading.paragraph_format.space_after = Pt(3)
    heading.paragraph_format.keep_with_next = True
    add_text(heading, text, font=HEI)
