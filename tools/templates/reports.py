"""Development report, cooperation scheme, churn analysis and year sheet: tables on A4."""

from dataclasses import dataclass

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

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
_SCHEME: tuple[Row, ...] = (
    (("公司名称", "{{ 合作方案.客户名称 }}"), ("客户编码", "{{ 合作方案.客户编码 }}")),
    (("方案起始日期", "{{ 合作方案.起始日期|日期 }}"),
     ("方案终止日期", "{{ 合作方案.终止日期|日期 }}")),
    (("商定日期", "{{ 合作方案.商定日期|日期 }}"), ("状态", "{{ 合作方案.状态 }}")),
    (("客户方商定人", "{{ 合作方案.客户方商定人 }}"), ("我方商定人", "{{ 合作方案.我方商定人 }}")),
    (("承运货物", "{{ 合作方案.承运货物 }}"),),
    (("合作内容", "{{ 合作方案.合作内容 }}"),),
    (("运价与结算", "{{ 合作方案.运价与结算 }}"),),
    (("服务要求", "{{ 合作方案.服务要求 }}"),),
    (("信息反馈约定", "{{ 合作方案.信息反馈 }}"),),
)  # fmt: skip
_YEAR: tuple[Row, ...] = (
    (("公司名称", "{{ 业绩分析.客户名称 }}"), ("客户编码", "{{ 业绩分析.客户编码 }}")),
    (("统计期间", "{{ 业绩分析.期间 }}"), ("跟进销售员", "{{ 业绩分析.销售员 }}")),
    (("合作起始日期", "{{ 业绩分析.合作起始日期|日期 }}"), ("制表日期", "{{ 文件.日期|日期 }}")),
)


@dataclass(frozen=True)
class Column:
    """A column of a list: its head, what fills it, so wide in millimetres."""

    head: str
    tag: str
    width: float
    align: WD_ALIGN_PARAGRAPH = LEFT


_HANDOVER: tuple[Row, ...] = (
    (("移交人", "{{ 交接清单.移交人 }}"), ("接收人", "{{ 交接清单.接收人 }}")),
    (("交接日期", "{{ 交接清单.交接日期|日期 }}"),
     ("最后工作日", "{{ 交接清单.最后工作日 }}")),
    (("客户数", "{{ 交接清单.客户数 }}"), ("经办人", "{{ 交接清单.经办人 }}")),
    (("交接原因", "{{ 交接清单.原因 }}"),),
)  # fmt: skip


_DISPOSAL: tuple[Row, ...] = (
    (("编号", "{{ 销毁清单.编号 }}"), ("份数", "{{ 销毁清单.份数 }}")),
    (("提出人", "{{ 销毁清单.提出人 }}"), ("提出日期", "{{ 销毁清单.提出日期|日期 }}")),
    (("审批人", "{{ 销毁清单.审批人 }}"), ("状态", "{{ 销毁清单.状态 }}")),
    (("销毁的原因", "{{ 销毁清单.原因 }}"),),
)  # fmt: skip


def write_report() -> Document:
    document = _begin("客户开拓报告")
    _write_facts(document, _PLAN)
    _write_rows(document, "开拓步骤", "步", (
        Column("步骤", "步骤", 54.0), Column("期限", "期限|日期", 32.0),
        Column("责任人", "责任人", 20.0), Column("完成日期", "完成日期|日期", 32.0),
        Column("完成情况", "完成情况", 36.0),
    ))  # fmt: skip
    _write_rows(document, "开拓记录", "记", (
        Column("日期", "日期|日期", 34.0), Column("方式", "方式", 30.0),
        Column("情况", "情况", 110.0),
    ))  # fmt: skip
    _end(document)
    return document


def write_scheme() -> Document:
    document = _begin("合作方案")
    _write_facts(document, _SCHEME)
    _write_rows(document, "修订记录", "版", (
        Column("版本", "版本", 16.0, CENTRE), Column("日期", "日期|日期", 34.0),
        Column("修订人", "修订人", 26.0), Column("修订说明", "说明", 98.0),
    ))  # fmt: skip
    foot = document.add_paragraph()
    foot.paragraph_format.space_before = Pt(18)
    add_text(foot, "客户方（签字）：　　　　　　　　　　我方（签字）：", size=10.5)
    return document


def write_analysis() -> Document:
    document = _begin("客户流失分析")
    _write_facts(document, _LOSS)
    _end(document)
    return document


def write_year_sheet() -> Document:
    document = _begin("客户业绩分析")
    year = document.add_paragraph()
    year.alignment = CENTRE
    year.paragraph_format.space_after = Pt(6)
    add_text(year, "（{{ 业绩分析.年度 }} 年度）", size=12)
    _write_facts(document, _YEAR, height=7.7)
    _write_rows(document, "业绩对比", "项", (
        Column("项目", "项目", 26.0), Column("本年", "本年", 30.0, RIGHT),
        Column("上年同期", "上年同期", 30.0, RIGHT), Column("增减", "增减", 28.0, RIGHT),
        Column("增减率", "增减率", 17.0, RIGHT), Column("全年计划", "全年计划", 27.0, RIGHT),
        Column("完成率", "完成率", 16.0, RIGHT),
    ), size=9.5, heading="一、与上年同期和全年计划对比（第八条）")  # fmt: skip
    _write_rows(document, "各月业绩", "月", (
        Column("月份", "月份", 11.0, CENTRE), Column("收入（元）", "收入", 21.5, RIGHT),
        Column("成本（元）", "成本", 21.5, RIGHT), Column("利润（元）", "利润", 20.0, RIGHT),
        Column("上年同月利润", "上年利润", 21.5, RIGHT),
        Column("货量（吨）", "货量", 17.0, RIGHT), Column("票数", "票数", 11.0, RIGHT),
        Column("开票（元）", "开票", 20.3, RIGHT), Column("回款（元）", "回款", 20.2, RIGHT),
        Column("逾期天数", "逾期天数", 10.0, RIGHT),
    ), size=8, heading="二、各月业绩（第八条）", height=6)  # fmt: skip
    _write_rows(document, "客户分类", "类", (
        Column("分类", "维度", 24.0), Column("类别", "类别", 26.0),
        Column("自", "自|日期", 30.0), Column("依据", "依据", 94.0),
    ), size=9.5, heading="三、客户分类及依据（第四条）")  # fmt: skip
    _write_heading(document, "四、业绩说明")
    add_clause(document, "{{ 业绩分析.分析 }}", lines=19)
    _write_heading(document, "五、分析意见与下一步措施")
    table = add_table(document, (_WIDTH,), 1)
    keep_row(table.rows[0], height=24)
    _end(document)
    return document


def write_handover() -> Document:
    document = _begin("客户交接清单")
    number = document.add_paragraph()
    number.alignment = CENTRE
    number.paragraph_format.space_after = Pt(6)
    add_text(number, "编号：{{ 交接清单.编号 }}", size=10.5)
    _write_facts(document, _HANDOVER, height=8)
    _write_rows(document, "交接客户", "户", (
        Column("序号", "序号", 14.0, CENTRE), Column("公司名称", "客户名称", 72.0),
        Column("档案编号", "档案编号", 36.0), Column("客户类别", "类别", 28.0),
        Column("接收人", "接收人", 24.0),
    ), heading="一、交接的客户及其档案（第八条）")  # fmt: skip
    _write_rows(document, "交接事项", "件", (
        Column("事项", "事项", 24.0), Column("编号", "编号", 36.0),
        Column("内容", "内容", 90.0), Column("接收人", "接收人", 24.0),
    ), heading="二、随客户移交的计划和任务")  # fmt: skip
    _write_rows(document, "交接签字", "签", (
        Column("身份", "身份", 30.0), Column("姓名", "姓名", 36.0),
        Column("签字", "签字", 68.0), Column("日期", "日期", 40.0),
    ), heading="三、双方签字：以上客户的档案、资料和未办事项已当面交接清楚", height=11)  # fmt: skip
    _end(document)
    return document


def write_disposal() -> Document:
    document = _begin("附件销毁清单")
    _write_facts(document, _DISPOSAL, height=8)
    _write_rows(document, "销毁附件", "件", (
        Column("序号", "序号", 12.0, CENTRE), Column("题名", "题名", 40.0),
        Column("类别", "类别", 22.0), Column("公司名称", "客户名称", 36.0),
        Column("档案编号", "档案编号", 24.0), Column("保管到", "保管到", 20.0),
        Column("存放位置", "存放位置", 20.0),
    ), heading="一、保管期满、准予销毁的附件及其纸质原件（第十条）")  # fmt: skip
    _write_rows(document, "销毁签字", "签", (
        Column("身份", "身份", 30.0), Column("姓名", "姓名", 36.0),
        Column("签字", "签字", 68.0), Column("日期", "日期", 40.0),
    ), heading="二、签字：以上附件已逐件核对，纸质原件已当面销毁", height=11)  # fmt: skip
    _end(document)
    return document


def _begin(title: str) -> Document:
    document = new_document(title, margins=(20, 18, 30, 18))
    add_stamp_footer(document, _WIDTH)
    document.add_paragraph(title, style="Title")
    return document


def _write_facts(document: Document, rows: tuple[Row, ...], *, height: float = 9) -> None:
    table = add_table(document, _COLUMNS, len(rows))
    for row, content in zip(table.rows, rows, strict=True):
        cells = row.cells
        if len(content) == 1:
            cells[1].merge(cells[3])
        for index, (label, tag) in enumerate(content):
            write_cell(cells[2 * index], label)
            shade(cells[2 * index])
            write_cell(cells[2 * index + 1], tag)
        keep_row(row, height=height)


def _write_heading(document: Document, text: str) -> None:
    heading = document.add_paragraph()
    heading.paragraph_format.space_before = Pt(6)
    heading.paragraph_format.keep_with_next = True
    add_text(heading, text, font=HEI, size=10.5)


def _write_rows(
    document: Document,
    name: str,
    word: str,
    columns: tuple[Column, ...],
    *,
    size: float = 10.5,
    heading: str = "",
    height: float = 7.2,
) -> None:
    _write_heading(document, heading or name)
    table = add_table(document, [each.width for each in columns], 4)
    head, start, body, end = table.rows
    for cell, each, filled in zip(head.cells, columns, body.cells, strict=True):
        write_cell(cell, each.head, size=size, font=HEI, align=CENTRE)
        shade(cell)
        write_cell(filled, f"{{{{ {word}.{each.tag} }}}}", size=size, align=each.align)
    keep_row(head, height=height, with_next=True)
    repeat_header(head)
    write_cell(start.cells[0], f"{{%tr for {word} in {name} %}}")
    keep_row(body, height=height)
    write_cell(end.cells[0], "{%tr endfor %}")


def _end(document: Document) -> None:
    foot = document.add_paragraph()
    foot.paragraph_format.space_before = Pt(12)
    add_text(
        foot,
        "制表人：{{ 文件.起草人 }}　　制表日期：{{ 文件.日期|日期 }}　　销售经理（签字）：",
        size=10.5,
    )
