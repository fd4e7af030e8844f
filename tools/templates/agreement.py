"""What the contracts of the product have in common: parties, articles, seals, price schedule.

Statutes named in them: Civil Code of the PRC, articles 509, 543, 562, 566, 809, 825, 829 and 832.
A company has its own counsel read the texts before they are used.
"""

from collections.abc import Sequence

from docx.document import Document
from docx.shared import Pt
from docx.table import Table

from tools.templates.numbering import ARTICLE, CLAUSE, add_numbering, number
from tools.templates.typeset import (
    CENTRE,
    HEI,
    LEFT,
    RIGHT,
    add_clause,
    add_page_footer,
    add_running_header,
    add_table,
    add_text,
    draw_table_rules,
    keep_row,
    new_document,
    repeat_header,
    set_lines,
    shade,
    write_cell,
)

WIDTH = 166.0
LINES = 19.0

Facts = tuple[tuple[tuple[str, str], ...], ...]
Articles = Sequence[tuple[str, Sequence[str]]]

SHIPPER: Facts = (
    (("托运人（甲方）", "{{ 客户.名称 }}"),),
    (
        ("统一社会信用代码", "{{ 客户.统一社会信用代码 }}"),
        ("法定代表人", "{{ 客户.法定代表人 }}"),
    ),
    (("住所", "{{ 客户.地址 }}"),),
    (("联系人", "{{ 客户.负责联系人 }}"), ("联系电话", "{{ 客户.联系人电话 }}")),
)
CARRIER: Facts = (
    (("承运人（乙方）", "{{ 公司.名称 }}"),),
    (
        ("统一社会信用代码", "{{ 公司.统一社会信用代码 }}"),
        ("法定代表人", "{{ 公司.法定代表人 }}"),
    ),
    (("住所", "{{ 公司.地址 }}"),),
    (("道路运输许可证", "{{ 公司.道路运输许可证号 }}"), ("联系电话", "{{ 公司.电话 }}")),
)
BANK: Facts = ((("开户银行", "{{ 公司.开户银行 }}"), ("银行账号", "{{ 公司.银行账号 }}")),)
SIGNED_AT = (
    "合同编号：{{ 文件.编号 }}　　签订地点：{{ 合同.签订地点 }}　　"
    "签订日期：{{ 合同.签订日期|日期 }}"
)

_COLUMNS = (
    ("序号", "{{ 行.序号 }}", 11.0, CENTRE),
    ("起运地", "{{ 行.起运地 }}", 21.7, LEFT),
    ("到达地", "{{ 行.到达地 }}", 21.7, LEFT),
    ("货物名称", "{{ 行.货物名称 }}", 23.6, LEFT),
    ("单位", "{{ 行.计价单位 }}", 12.0, CENTRE),
    ("数量", "{{ 行.数量 }}", 15.0, RIGHT),
    ("单价（元）", "{{ 行.单价|金额 }}", 21.5, RIGHT),
    ("金额（元）", "{{ 行.金额|金额 }}", 23.0, RIGHT),
    ("时限", "{{ 行.时限 }}", 17.0, CENTRE),
)


def begin(title: str, head: str) -> Document:
    """An A4 document with its running head, its footer, its title and the line under it."""
    document = new_document(title, margins=(26, 22, 30, 22))
    add_numbering(document)
    add_running_header(document, f"{{{{ 公司.名称 }}}}　{title}", WIDTH)
    add_page_footer(document, WIDTH)
    document.add_paragraph(title, style="Title")
    paragraph = document.add_paragraph()
    paragraph.alignment = CENTRE
    paragraph.paragraph_format.space_after = Pt(6)
    add_text(paragraph, head, size=10.5)
    return document


def write_facts(document: Document, facts: Facts, *, height: float = 6.4) -> None:
    """A table of labels and values."""
    table = add_table(document, (36, 56, 26, 48), len(facts))
    for row, pairs in zip(table.rows, facts, strict=True):
        cells = row.cells
        if len(pairs) == 1:
            cells[1].merge(cells[3])
        for index, (name, tag) in enumerate(pairs):
            write_cell(cells[2 * index], name, font=HEI)
            shade(cells[2 * index])
            write_cell(cells[2 * index + 1], tag)
        keep_row(row, height=height)


def write_preamble(document: Document, text: str) -> None:
    add_clause(document, text, lines=LINES).paragraph_format.space_before = Pt(6)


def write_articles(document: Document, articles: Articles) -> None:
    for heading, clauses in articles:
        write_article(document, heading, clauses)


def write_article(document: Document, heading: str, clauses: Sequence[str]) -> None:
    """An article with its clauses; Word numbers both, a lone clause is not numbered."""
    title = document.add_paragraph(heading, style="Heading 1")
    number(title, ARTICLE)
    set_lines(title, LINES)
    for clause in clauses:
        paragraph = add_clause(document, clause, lines=LINES)
        if len(clauses) > 1:
            number(paragraph, CLAUSE)


def write_special_terms(document: Document) -> None:
    """The special terms, where there are any."""
    document.add_paragraph("{%p if 合同.特别约定 %}")
    write_article(document, "特别约定", ("{{ 合同.特别约定 }}",))
    document.add_paragraph("{%p endif %}")


def write_signatures(
    document: Document,
    first: str = "甲方（盖章）：{{ 客户.名称 }}",
    second: str = "乙方（盖章）：{{ 公司.名称 }}",
    *,
    signer: str = "法定代表人或授权代表（签字）：",
    heights: tuple[float, ...] = (12, 12, 9),
    size: float = 12,
) -> None:
    """The block for the seals: never divided, never alone on its page."""
    lines = (
        (first, second),
        (signer, signer),
        ("日期：　　　　年　　月　　日", "日期：　　　　年　　月　　日"),
    )
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    end = document.add_paragraph()
    end.alignment = CENTRE
    end.paragraph_format.keep_with_next = True
    end.paragraph_format.space_before = Pt(6)
    add_text(end, "（以下无正文，为签署处）", size=10.5)
    table = add_table(document, (WIDTH / 2, WIDTH / 2), len(lines))
    _hide_rules(table)
    for index, (row, texts) in enumerate(zip(table.rows, lines, strict=True)):
        for cell, text in zip(row.cells, texts, strict=True):
            write_cell(cell, text, size=size)
        keep_row(row, height=heights[index], with_next=index < len(lines) - 1)


def _hide_rules(table: Table) -> None:
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    draw_table_rules(table, **dict.fromkeys(edges, "nil"))


def write_price_schedule(document: Document, heading: str, note: str) -> None:
    """The price table as an annex: its head and first row are never apart from its title."""
    title = document.add_paragraph(style="Heading 1")
    add_text(title, heading, size=15)
    title.paragraph_format.space_before = Pt(24)
    title.paragraph_format.space_after = Pt(6)
    write_prices(document)
    remark = document.add_paragraph()
    remark.paragraph_format.space_before = Pt(6)
    add_text(remark, note, size=10.5)


def write_prices(document: Document) -> None:
    """The rows of the price table and their sum."""
    table = add_table(document, [width for _, _, width, _ in _COLUMNS], 5)
    head, start, body, end, total = table.rows
    for cell, (name, _, _, _) in zip(head.cells, _COLUMNS, strict=True):
        write_cell(cell, name, size=10, font=HEI, align=CENTRE)
        shade(cell)
    keep_row(head, height=7.2, with_next=True)
    repeat_header(head)
    write_cell(start.cells[0], "{%tr for 行 in 价格表 %}", size=10)
    for cell, (_, tag, _, align) in zip(body.cells, _COLUMNS, strict=True):
        write_cell(cell, tag, size=10, align=align)
    keep_row(body, height=6.4)
    write_cell(end.cells[0], "{%tr endfor %}", size=10)
    write_cell(
        total.cells[0].merge(total.cells[6]), "合计（大写）：{{ 合同.金额|大写金额 }}", size=10
    )
    write_cell(total.cells[7].merge(total.cells[8]), "￥{{ 合同.金额|金额 }}", size=10, align=RIGHT)
    keep_row(total, height=7.2)
