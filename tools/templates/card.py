"""The customer archive card (客户档案表): the facts of articles 6 to 8 on one page."""

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
    shade,
    write_cell,
)

_WIDTH = 174.0
_COLUMNS = (36.0, 55.0, 28.0, 55.0)

# Each row: (label, tag) once for the whole width or twice; a lone label heads a section.
_ROWS: tuple[tuple[tuple[str, str], ...] | str, ...] = (
    "一、基本情况（第六条）",
    (("公司名称", "{{ 客户.名称 }}"),),
    (("公司简称", "{{ 客户.简称 }}"), ("曾用名", "{{ 客户.曾用名 }}")),
    (
        ("统一社会信用代码", "{{ 客户.统一社会信用代码 }}"),
        ("法定代表人", "{{ 客户.法定代表人 }}"),
    ),
    (("地址", "{{ 客户.地址 }}"),),
    (("电话", "{{ 客户.电话 }}"), ("传真", "{{ 客户.传真 }}")),
    (("电子邮箱", "{{ 客户.电子邮箱 }}"), ("网址", "{{ 客户.网址 }}")),
    (("联系负责人", "{{ 客户.负责联系人 }}"), ("负责人电话", "{{ 客户.联系人电话 }}")),
    (("公司性质", "{{ 客户.性质 }}"), ("所属行业", "{{ 客户.行业 }}")),
    (("主要运输物资", "{{ 客户.主要货物 }}"), ("主要运输方式", "{{ 客户.主要运输方式 }}")),
    (("物资主要流向", "{{ 客户.主要流向 }}"),),
    "二、资信情况（第六条）",
    (("执照有效期至", "{{ 客户.执照有效期至|日期 }}"), ("税务登记", "{{ 客户.税务登记 }}")),
    (("财务情况", "{{ 客户.财务情况 }}"),),
    "三、客户类别（第四条、第八条）",
    (("贡献度", "{{ 客户.贡献度 }}"), ("开拓方式", "{{ 客户.开拓方式 }}")),
    (("业务往来", "{{ 客户.业务往来 }}"), ("维护重要性", "{{ 客户.维护重要性 }}")),
    (("信誉", "{{ 客户.信誉 }}"), ("跟进销售员", "{{ 客户.销售员 }}")),
    "四、开拓与合作情况（第七条、第八条）",
    (
        ("合作起始日期", "{{ 客户.合作起始日期|日期 }}"),
        ("合作终止日期", "{{ 客户.合作终止日期|日期 }}"),
    ),
    (("价格变动情况", "{{ 客户.价格变动 }}"),),
    (("开拓与合作", "{{ 客户.开拓情况 }}"),),
)


def write_card() -> Document:
    document = new_document("客户档案表", margins=(20, 18, 30, 18))
    add_stamp_footer(document, _WIDTH)
    document.add_paragraph("客户档案表", style="Title")
    head = document.add_paragraph()
    head.alignment = CENTRE
    head.paragraph_format.space_after = Pt(6)
    add_text(
        head,
        "档案编号：{{ 客户.档案编号 }}　　客户编码：{{ 客户.客户编码 }}　　"
        "建档日期：{{ 客户.建档日期|日期 }}",
        size=10.5,
    )
    _write_facts(document)
    _write_contacts(document)
    foot = document.add_paragraph()
    foot.paragraph_format.space_before = Pt(12)
    add_text(
        foot,
        "制表人：{{ 文件.起草人 }}　　制表日期：{{ 文件.日期|日期 }}　　档案保管员（签字）：",
        size=10.5,
    )
    return document


def _write_facts(document: Document) -> None:
    table = add_table(document, _COLUMNS, len(_ROWS))
    for row, content in zip(table.rows, _ROWS, strict=True):
        cells = row.cells
        if isinstance(content, str):
            write_cell(cells[0].merge(cells[3]), content, font=HEI)
            shade(cells[0], "D9E2EC")
            keep_row(row, height=7.2, with_next=True)
            continue
        if len(content) == 1:
            cells[1].merge(cells[3])
        for index, (label, tag) in enumerate(content):
            write_cell(cells[2 * index], label)
            shade(cells[2 * index])
            write_cell(cells[2 * index + 1], tag)
        keep_row(row, height=7.7)


def _write_contacts(document: Document) -> None:
    gap = document.add_paragraph()
    gap.paragraph_format.space_before = Pt(6)
    gap.paragraph_format.keep_with_next = True
    add_text(gap, "联系人", font=HEI, size=10.5)
    columns = (
        ("姓名", "{{ 人.姓名 }}", 32.0),
        ("职务", "{{ 人.职务 }}", 36.0),
        ("电话", "{{ 人.电话 }}", 40.0),
        ("电子邮箱", "{{ 人.电子邮箱 }}", 50.0),
        ("负责", "{{ 人.负责 }}", 16.0),
    )
    table = add_table(document, [width for _, _, width in columns], 4)
    head, start, body, end = table.rows
    for cell, (name, tag, _), filled in zip(head.cells, columns, body.cells, strict=True):
        write_cell(cell, name, font=HEI, align=CENTRE)
        shade(cell)
        write_cell(filled, tag)
    keep_row(head, height=7.2, with_next=True)
    write_cell(start.cells[0], "{%tr for 人 in 客户联系人 %}")
    keep_row(body, height=7.2)
    write_cell(end.cells[0], "{%tr endfor %}")
