"""The routine transport contract (常规货物运输合同): the sections customary in road freight.

Statutes named: Civil Code of the PRC, articles 809, 825 and 832 (transport contracts). A company
has its own counsel read the text before it is used.
"""

from docx.document import Document
from docx.shared import Pt
from docx.table import Table

from tools.templates.typeset import (
    CENTRE,
    HEI,
    LEFT,
    RIGHT,
    add_clause,
    add_running_header,
    add_stamp_footer,
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

_WIDTH = 166.0
_LINES = 19.0

_SHIPPER = (
    (("托运人（甲方）", "{{ 客户.名称 }}"),),
    (
        ("统一社会信用代码", "{{ 客户.统一社会信用代码 }}"),
        ("法定代表人", "{{ 客户.法定代表人 }}"),
    ),
    (("住所", "{{ 客户.地址 }}"),),
    (("联系人", "{{ 客户.负责联系人 }}"), ("联系电话", "{{ 客户.联系人电话 }}")),
)
_CARRIER = (
    (("承运人（乙方）", "{{ 公司.名称 }}"),),
    (
        ("统一社会信用代码", "{{ 公司.统一社会信用代码 }}"),
        ("法定代表人", "{{ 公司.法定代表人 }}"),
    ),
    (("住所", "{{ 公司.地址 }}"),),
    (("道路运输许可证", "{{ 公司.道路运输许可证号 }}"), ("联系电话", "{{ 公司.电话 }}")),
    (("开户银行", "{{ 公司.开户银行 }}"), ("银行账号", "{{ 公司.银行账号 }}")),
)

_PREAMBLE = (
    "根据《中华人民共和国民法典》第八百零九条及有关法律、法规，甲乙双方在平等、自愿、公平和诚实信用的"
    "基础上，就甲方委托乙方运输货物事宜协商一致，订立本合同，共同遵守。"
)

ARTICLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "货物",
        (
            "货物名称：{{ 合同.货物名称 }}；规格：{{ 合同.货物规格 }}；包装：{{ 合同.包装 }}；"
            "件数：{{ 合同.件数 }}；重量：{{ 合同.重量 }}；体积：{{ 合同.体积 }}；"
            "货物价值：{{ 合同.货物价值 }}。",
            "甲方应当如实申报货物的名称、性质、重量、数量和价值（《民法典》第八百二十五条）。因申报不实或"
            "者遗漏重要情况造成乙方损失的，甲方应当赔偿。",
        ),
    ),
    (
        "起运地、到达地与收货人",
        (
            "起运地：{{ 合同.起运地 }}；到达地：{{ 合同.到达地 }}；收货人：{{ 合同.收货人 }}；"
            "运输方式：{{ 合同.运输方式 }}。每票货物的具体地址、收货人及联系方式以运单为准。",
        ),
    ),
    (
        "合同期限与运到时限",
        (
            "本合同自{{ 合同.起始日期|日期 }}起至{{ 合同.终止日期|日期 }}止。"
            "每票货物的运到时限见附件一，自乙方提货签字时起计算。",
        ),
    ),
    (
        "运价、结算与发票",
        (
            "运价执行附件一，计价方式：{{ 合同.计价方式 }}。"
            "合同预计总金额为{{ 合同.金额|大写金额 }}"
            "（￥{{ 合同.金额|金额 }}），按实际承运量结算。",
            "结算方式：{{ 合同.结算方式 }}。"
            "甲方收到乙方开具的{{ 合同.发票类型 }}（税率{{ 合同.税率 }}）"
            "和对账单后{{ 合同.付款天数 }}日内付款。对账有异议的，先付无异议部分。",
        ),
    ),
    (
        "提货、交接与签收",
        (
            "甲方至少提前一个工作日通知提货。双方在起运地共同清点件数、检查包装后在运单上签字，"
            "货物自此由乙方保管。",
            "货物到达后乙方及时通知收货人，收货人凭有效证件验收并在回单上签字盖章。有短少、损坏的，应当"
            "在回单上注明；不能立即发现的，自签收之日起三日内书面提出。",
        ),
    ),
    (
        "甲方的权利和义务",
        (
            "甲方有权查询货物在途情况；货物交付收货人之前，可以要求变更到达地或者收货人，但应当承担因此"
            "增加的费用。",
            "甲方应当按约定包装货物、备齐随货单证，不得夹带危险品和国家禁止、限制运输的物品，"
            "并按期支付运费。",
        ),
    ),
    (
        "乙方的权利和义务",
        (
            "乙方有权按约定收取运费；对不符合包装或者安全要求的货物，可以拒绝承运并说明原因。",
            "乙方应当按约定时限将货物完好运到，提供在途信息，并在签收后七日内交回回单。未经甲方书面同意，"
            "不得将全部运输转交他人；转交部分运输的，乙方对全程负责。",
        ),
    ),
    (
        "安全、车辆与驾驶人员",
        (
            "乙方投入的车辆应当证照齐全、检验合格、适合所运货物，驾驶人员应当具有相应的驾驶和从业资格。"
            "不得超载、超限和疲劳驾驶。发生事故，乙方应当立即施救并在两小时内通知甲方。",
        ),
    ),
    (
        "保险与保价",
        ("保险或者保价方式：{{ 合同.保险方式 }}。投保或者保价的费用由约定的一方承担。",),
    ),
    (
        "货损货差赔偿",
        (
            "运输过程中货物毁损、灭失的，乙方按照货物交付时到达地的市场价格赔偿，保价的按照保价金额内的"
            "实际损失赔偿。乙方证明损失由不可抗力、货物本身的自然性质或者合理损耗，以及甲方或者收货人的"
            "过错造成的，不承担赔偿责任（《民法典》第八百三十二条）。",
            "乙方应当在责任确定后十五日内赔付。赔付金额不得未经协商从运费中直接扣除。",
        ),
    ),
    (
        "违约责任",
        (
            "甲方逾期付款的，每逾期一日按应付未付金额的{{ 合同.违约金比例 }}支付违约金。",
            "乙方逾期运到的，每逾期一日按该票运费的百分之五支付违约金，以该票运费为限；损失超过违约金的，"
            "按实际损失赔偿。",
        ),
    ),
    (
        "不可抗力",
        (
            "因自然灾害、战争、政府行为、交通管制等不能预见、不能避免且不能克服的情况不能履行合同的，遇到"
            "情况的一方应当立即通知对方，并在十五日内提供证明，根据影响部分或者全部免除责任。",
        ),
    ),
    (
        "变更与解除",
        (
            "变更、解除本合同应当书面通知对方并签订书面协议；协议生效前，仍按本合同履行。一方严重违约，"
            "经书面催告后十日内未改正的，对方可以解除合同并要求赔偿。",
        ),
    ),
    (
        "争议解决",
        (
            "因本合同发生的争议由双方协商解决；协商不成的，提交{{ 合同.争议解决 }}解决。争议期间，"
            "不受争议影响的部分继续履行。",
        ),
    ),
    (
        "生效、份数与附件",
        (
            "本合同自双方法定代表人或者授权代表签字并加盖公章或者合同专用章之日起生效，一式"
            "{{ 合同.份数 }}份，双方各执{{ 合同.每方份数 }}份，具有同等效力。",
            "附件一《运价表》、附件二《运作方案》、附件三《时限表》、附件四《授权委托书》经双方签字盖章后"
            "为本合同的组成部分。本合同未尽事宜，由双方签订补充协议。",
        ),
    ),
)

_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
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


def write_contract() -> Document:
    document = new_document("货物运输合同", margins=(24, 22, 32, 22))
    add_running_header(document, "{{ 公司.名称 }}　货物运输合同")
    add_stamp_footer(document, _WIDTH)
    document.add_paragraph("货物运输合同", style="Title")
    _write_head(document)
    _write_parties(document)
    preamble = add_clause(document, _PREAMBLE, lines=_LINES)
    preamble.paragraph_format.space_before = Pt(6)
    for number, (heading, clauses) in enumerate(ARTICLES, start=1):
        _write_article(document, number, heading, clauses)
    _write_special_terms(document)
    _write_signatures(document)
    _write_price_schedule(document)
    return document


def _write_head(document: Document) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = CENTRE
    paragraph.paragraph_format.space_after = Pt(6)
    add_text(
        paragraph,
        "合同编号：{{ 文件.编号 }}　　签订地点：{{ 合同.签订地点 }}　　"
        "签订日期：{{ 合同.签订日期|日期 }}",
        size=10.5,
    )


def _write_parties(document: Document) -> None:
    lines = (*_SHIPPER, *_CARRIER)
    table = add_table(document, (36, 56, 26, 48), len(lines))
    for row, facts in zip(table.rows, lines, strict=True):
        cells = row.cells
        if len(facts) == 1:
            cells[1].merge(cells[3])
        for index, (name, tag) in enumerate(facts):
            write_cell(cells[2 * index], name, font=HEI)
            shade(cells[2 * index])
            write_cell(cells[2 * index + 1], tag)
        keep_row(row, height=6.4)


def _write_article(document: Document, number: int, heading: str, clauses: tuple[str, ...]) -> None:
    title = document.add_paragraph(f"第{_numeral(number)}条　{heading}", style="Heading 1")
    set_lines(title, _LINES)
    for index, clause in enumerate(clauses, start=1):
        text = f"{number}.{index}　{clause}" if len(clauses) > 1 else clause
        add_clause(document, text, lines=_LINES)


def _numeral(number: int) -> str:
    if number <= 10:
        return _NUMERALS[number - 1]
    return "十" + _NUMERALS[number - 11]


def _write_special_terms(document: Document) -> None:
    document.add_paragraph("{%p if 合同.特别约定 %}")
    _write_article(document, len(ARTICLES) + 1, "特别约定", ("{{ 合同.特别约定 }}",))
    document.add_paragraph("{%p endif %}")


def _write_signatures(document: Document) -> None:
    lines = (
        ("甲方（盖章）：{{ 客户.名称 }}", "乙方（盖章）：{{ 公司.名称 }}"),
        ("法定代表人或授权代表（签字）：", "法定代表人或授权代表（签字）："),
        ("日期：　　　　年　　月　　日", "日期：　　　　年　　月　　日"),
    )
    gap = document.add_paragraph()
    gap.paragraph_format.keep_with_next = True
    table = add_table(document, (_WIDTH / 2, _WIDTH / 2), len(lines))
    _hide_rules(table)
    for index, (row, texts) in enumerate(zip(table.rows, lines, strict=True)):
        for cell, text in zip(row.cells, texts, strict=True):
            write_cell(cell, text, size=12)
        keep_row(row, height=12 if index < 2 else 9, with_next=index < len(lines) - 1)


def _hide_rules(table: Table) -> None:
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    draw_table_rules(table, **dict.fromkeys(edges, "nil"))


def _write_price_schedule(document: Document) -> None:
    title = document.add_paragraph(style="Heading 1")
    add_text(title, "附件一　运价表", size=15)
    title.paragraph_format.page_break_before = True
    title.paragraph_format.space_after = Pt(6)
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
    note = document.add_paragraph()
    note.paragraph_format.space_before = Pt(6)
    add_text(
        note,
        "说明：单价含税；数量为预计数，按实际承运量结算；运到时限自提货签字时起计算。",
        size=10.5,
    )
