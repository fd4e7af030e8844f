"""The development report (开拓报告) and the churn analysis (流失分析): tables on A4."""

from docx.document import Document
from docx.shared import Pt

from tools.templates.typeset import (
    CENTRE,
    HEI,
    add_stamp_footer,
    add_table,
    add_text,
    keep_row,
    new_document,
    repeat_header,
    shade,
    write_cell,
)

_WIDTH = 174.0
_COLUMNS = (36.0, 51.0, 36.0, 51.0)
Row = tuple[tuple[str, str], ...]

_PLAN: tuple[Row, ...] = (
    (("公司名称", "{{ 开拓报告.客户名称 }}"), ("客户编码", "{{ 开拓报告.客户编码 }}")),
    (("负责人", "{{ 开拓报告.负责人 }}"), ("状态", "{{ 开拓报告.状态 }}")),
    (("制定日期", "{{ 开拓报告.制定日期|日期 }}"),
     ("计划完成日期", "{{ 开拓报告.计划完成日期|日期 }}")),
    (("预计月货量（吨）", "{{ 开拓报告.预计月货量 }}"),
     ("预计年收入（元）", "{{ 开拓报告.预计年收入 }}")),
    (("开拓理由", "{{ 开拓报告.理由 }}"),),
    (("开拓结果", "{{ 开拓报告.结果 }}"),),
    (("办结日期", "{{ 开拓报告.办结日期|日期 }}"),),
)  # fmt: skip
_LOSS: tuple[Row, ...] = (
    (("公司名称", "{{ 流失分析.客户名称 }}"), ("客户编码", "{{ 流失分析.客户编码 }}")),
    (("合作起始日期", "{{ 流失分析.合作起始日期|日期 }}"),
     ("流失起始日期", "{{ 流失分析.流失日期|日期 }}")),
    (("流失原因", "{{ 流失分析.流失原因 }}"), ("流向何处", "{{ 流失分析.流向 }}")),
    (("状态", "{{ 流失分析.状态 }}"), ("登记人", "{{ 流失分析.登记人 }}")),
    (("原因分析", "{{ 流失分析.原因分析 }}"),),
    (("挽回措施", "{{ 流失分析.挽回措施 }}"),),
    (("挽回期限", "{{ 流失分析.挽回期限|日期 }}"),),
    (("挽回结果", "{{ 流失分析.挽回结果 }}"),),
)  # fmt: skip


def write_report() -> Document:
    document = _begin("客户开拓报告")
    _write_facts(document, _PLAN)
    _write_rows(document, "开拓步骤", "步", (
        ("步骤", "步骤", 54.0), ("期限", "期限|日期", 32.0), ("责任人", "责任人", 20.0),
        ("完成日期", "完成日期|日期", 32.0), ("完成情况", "完成情况", 36.0),
    ))  # fmt: skip
    _write_rows(document, "开拓记录", "记", (
        ("日期", "日期|日期", 34.0), ("方式", "方式", 30.0), ("情况", "情况", 110.0),
    ))  # fmt: skip
    _end(document)
    return document


def write_analysis() -> Document:
    document = _begin("客户流失分析")
    _write_facts(document, _LOSS)
    _end(document)
    return document


def _begin(title: str) -> Document:
    document = new_document(title, margins=(20, 18, 30, 18))
    add_stamp_footer(document, _WIDTH)
    document.add_paragraph(title, style="Title")
    return document


def _write_facts(document: Document, rows: tuple[Row, ...]) -> None:
    table = add_table(document, _COLUMNS, len(rows))
    for row, content in zip(table.rows, rows, strict=True):
        cells = row.cells
        if len(content) == 1:
            cells[1].merge(cells[3])
        for index, (label, tag) in enumerate(content):
            write_cell(cells[2 * index], label)
            shade(cells[2 * index])
            write_cell(cells[2 * index + 1], tag)
        keep_row(row, height=9)


def _write_rows(
    document: Document, name: str, word: str, columns: tuple[tuple[str, str, float], ...]
) -> None:
    gap = document.add_paragraph()
    gap.paragraph_format.space_before = Pt(6)
    gap.paragraph_format.keep_with_next = True
    add_text(gap, name, font=HEI, size=10.5)
    table = add_table(document, [width for _, _, width in columns], 4)
    head, start, body, end = table.rows
    for cell, (label, tag, _), filled in zip(head.cells, columns, body.cells, strict=True):
        write_cell(cell, label, font=HEI, align=CENTRE)
        shade(cell)
        write_cell(filled, f"{{{{ {word}.{tag} }}}}")
    keep_row(head, height=7.2, with_next=True)
    repeat_header(head)
    write_cell(start.cells[0], f"{{%tr for {word} in {name} %}}")
    keep_row(body, height=7.2)
    write_cell(end.cells[0], "{%tr endfor %}")


def _end(document: Document) -> None:
    foot = document.add_paragraph()
    foot.paragraph_format.space_before = Pt(12)
    add_text(
        foot,
        "制表人：{{ 文件.起草人 }}　　制表日期：{{ 文件.日期|日期 }}　　销售经理（签字）：",
        size=10.5,
    )
