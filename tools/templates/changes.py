"""What changes, adds to or ends a contract (Art. 23, 24): in writing, and named after it."""

from docx.document import Document

from tools.templates.agreement import (
    CARRIER,
    SHIPPER,
    Articles,
    Facts,
    begin,
    write_articles,
    write_facts,
    write_preamble,
    write_price_schedule,
    write_signatures,
)

_HEAD = (
    "协议编号：{{ 文件.编号 }}　　原合同编号：{{ 原合同.编号 }}　　"
    "签订日期：{{ 合同.签订日期|日期 }}"
)
_ORIGINAL: Facts = (
    (("原合同", "{{ 原合同.名称 }}"),),
    (("原合同编号", "{{ 原合同.编号 }}"), ("签订日期", "{{ 原合同.签订日期|日期 }}")),
    (("起始日期", "{{ 原合同.起始日期|日期 }}"), ("终止日期", "{{ 原合同.终止日期|日期 }}")),
)
_PARTIES: Facts = (*SHIPPER[:1], SHIPPER[1], *CARRIER[:1], CARRIER[1])
_COPIES = (
    "本协议自双方法定代表人或者授权代表签字并加盖公章或者合同专用章之日起生效，一式"
    "{{ 合同.份数 }}份，双方各执{{ 合同.每方份数 }}份，与原合同具有同等效力，作为原合同的"
    "组成部分一并归档。"
)
_DISPUTES = "因本协议发生的争议由双方协商解决；协商不成的，按原合同约定的方式解决。"
_NOTE = "说明：本表自协议生效之日起代替原合同的运价表；单价含税，按实际承运量结算。"

_CHANGE: Articles = (
    (
        "变更的内容",
        (
            "双方同意对原合同作如下变更：{{ 协议.内容 }}。",
            "涉及运价的，自变更生效之日起执行本协议所附运价表；此前已提货的货物仍按原运价结算。",
        ),
    ),
    (
        "变更的生效",
        (
            "本变更自{{ 协议.生效日期|日期 }}起执行；本协议生效之前，双方仍按原合同履行。",
            "变更内容约定不明确的，推定为未变更（《民法典》第五百四十四条）。",
        ),
    ),
    (
        "原合同的效力",
        (
            "除本协议变更的内容外，原合同的其他条款继续有效；本协议与原合同不一致的，以本协议为准。",
            "变更之前已经发生的债权债务、违约和赔偿责任，不因变更而免除。",
        ),
    ),
    ("争议解决", (_DISPUTES,)),
    ("生效与份数", (_COPIES,)),
)
_TERMINATION: Articles = (
    (
        "合同的解除",
        (
            "双方协商一致，自{{ 协议.生效日期|日期 }}起解除原合同（《民法典》第五百六十二条）。"
            "本协议生效之前，原合同仍然有效，双方应当继续履行。",
            "解除的原因和约定：{{ 协议.内容 }}。",
        ),
    ),
    (
        "在途货物与未了事项",
        (
            "解除之日前已经提货的货物，乙方应当按原合同运到并交付；甲方应当按原合同支付运费。",
            "双方在解除之日起七日内交回对方的单证、设备、周转器具和资料，并办理书面交接。",
        ),
    ),
    (
        "结算",
        (
            "双方在解除之日起十五日内核对账目并书面确认；应付款项在确认后{{ 合同.付款天数 }}日内"
            "付清，逾期按原合同约定承担违约责任。",
            "解除之前发生的货损货差、违约和赔偿，按原合同的约定处理（《民法典》第五百六十六条）。",
        ),
    ),
    (
        "其他",
        (
            "原合同中结算、保密、争议解决的条款不因解除而失效。除本协议约定的外，双方互不再承担原合同"
            "项下的其他责任。",
        ),
    ),
    ("争议解决", (_DISPUTES,)),
    ("生效与份数", (_COPIES,)),
)
_SUPPLEMENT: Articles = (
    (
        "补充约定",
        ("原合同没有约定或者约定不明确的事项，双方补充约定如下：{{ 协议.内容 }}。",),
    ),
    (
        "执行",
        (
            "本补充约定自{{ 协议.生效日期|日期 }}起执行。涉及运价的，执行本协议所附运价表。",
            "本协议是原合同的补充，与原合同不一致的，以本协议为准；没有补充的，仍按原合同执行。",
        ),
    ),
    (
        "已发生争议的处理",
        (
            "本协议用于解决已发生争议的，双方确认：按本协议履行完毕后，就该争议互不再提出其他"
            "请求；一方不履行本协议的，对方可以按原合同约定的方式解决争议。",
        ),
    ),
    ("争议解决", (_DISPUTES,)),
    ("生效与份数", (_COPIES,)),
)


def write_change() -> Document:
    return _write("合同变更协议", "变更原合同", _CHANGE, "附件　变更后的运价表")


def write_termination() -> Document:
    return _write("合同解除协议", "解除原合同", _TERMINATION)


def write_supplement() -> Document:
    return _write("补充协议", "对原合同作出补充", _SUPPLEMENT, "附件　运价表")


def _write(title: str, purpose: str, articles: Articles, annex: str = "") -> Document:
    document = begin(title, _HEAD)
    write_facts(document, (*_PARTIES, *_ORIGINAL))
    write_preamble(
        document,
        "甲乙双方于{{ 原合同.签订日期|日期 }}签订了《{{ 原合同.名称 }}》"
        "（编号：{{ 原合同.编号 }}，以下称"
        f"原合同）。现经双方协商一致，就{purpose}的有关事宜订立本协议。",
    )
    write_articles(document, articles)
    write_signatures(document)
    if annex:
        document.add_paragraph("{%p if 价格表 %}")
        write_price_schedule(document, annex, _NOTE)
        document.add_paragraph("{%p endif %}")
    return document
