"""The waybill that is the contract (格式合同, Art. 19.1): one consignment, on one page."""

from docx.document import Document
from docx.shared import Pt

from tools.templates.agreement import (
    Facts,
    begin,
    write_facts,
    write_prices,
    write_signatures,
)
from tools.templates.numbering import CLAUSE, number
from tools.templates.typeset import HEI, add_clause, add_text

_FACTS: Facts = (
    (("托运人（甲方）", "{{ 客户.名称 }}"), ("联系电话", "{{ 客户.联系人电话 }}")),
    (("托运人地址", "{{ 客户.地址 }}"),),
    (("承运人（乙方）", "{{ 公司.名称 }}"), ("联系电话", "{{ 公司.电话 }}")),
    (("起运地", "{{ 合同.起运地 }}"), ("到达地", "{{ 合同.到达地 }}")),
    (("收货人", "{{ 合同.收货人 }}"),),
    (("货物名称", "{{ 合同.货物名称 }}"), ("包装", "{{ 合同.包装 }}")),
    (("件数", "{{ 合同.件数 }}"), ("重量", "{{ 合同.重量 }}")),
    (("体积", "{{ 合同.体积 }}"), ("声明价值", "{{ 合同.货物价值 }}")),
    (("运输方式", "{{ 合同.运输方式 }}"), ("付款方式", "{{ 合同.结算方式 }}")),
    (("保险或保价", "{{ 合同.保险方式 }}"),),
    (("特别约定", "{% if 合同.特别约定 %}{{ 合同.特别约定 }}{% else %}无{% endif %}"),),
)
_TERMS = (
    "托运人如实申报货物的名称、性质、件数、重量和价值，不得夹带危险品和国家禁止、限制运输的物品；因申报"
    "不实造成的损失由托运人承担。",
    "双方当面清点件数、检查外包装后签字，货物自此由承运人保管；内装货物的品质和数量由托运人负责。",
    "收货人凭有效证件验收签字；有短少、损坏的在回单上注明，不能立即发现的，自签收之日起三日内书面提出。",
    "货物毁损、灭失的，保价的在声明价值内按实际损失赔偿，没有保价的按交付时到达地的市场价格赔偿；承运人"
    "证明属于不可抗力、货物本身性质、合理损耗或者托运人、收货人过错的，不承担赔偿责任。",
    "托运人或者收货人不支付运费的，承运人可以依法留置相应的货物；争议协商不成的，向承运人所在地人民"
    "法院起诉。",
    "本运单即运输合同，双方签字或者盖章后生效，一式叁份，托运人、承运人、收货人各执壹份。",
)


def write_waybill() -> Document:
    head = "运单编号：{{ 文件.编号 }}　　受理日期：{{ 合同.签订日期|日期 }}"
    document = begin("货物运单（格式合同）", head)
    write_facts(document, _FACTS, height=5.8)
    _head(document, "运费")
    write_prices(document)
    _head(document, "约定事项")
    for term in _TERMS:
        paragraph = add_clause(document, term, lines=13)
        paragraph.runs[0].font.size = Pt(9)
        number(paragraph, CLAUSE)
    write_signatures(
        document, "托运人（签章）：{{ 客户.名称 }}", "承运人（签章）：{{ 公司.名称 }}",
        signer="经办人（签字）：", heights=(9, 8, 7), size=10.5,
    )  # fmt: skip
    return document


def _head(document: Document, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(5)
    paragraph.paragraph_format.keep_with_next = True
    add_text(paragraph, text, font=HEI, size=10.5)
