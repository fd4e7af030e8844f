"""The special service contract (特殊服务合同, Art. 19.3): what is asked beyond the usual."""

from docx.document import Document

from tools.templates.agreement import (
    BANK,
    CARRIER,
    SHIPPER,
    SIGNED_AT,
    Articles,
    begin,
    write_articles,
    write_facts,
    write_preamble,
    write_price_schedule,
    write_signatures,
)
from tools.templates.contract import ARTICLES as USUAL
from tools.templates.contract import NOTE

_PREAMBLE = (
    "根据《中华人民共和国民法典》第八百零九条及有关法律、法规，甲方对运输服务有高于常规的要求，乙方经评审"
    "具备相应的条件。甲乙双方协商一致，就特殊运输服务订立本合同，共同遵守。"
)

_DEMANDS: Articles = (
    (
        "特殊服务要求",
        (
            "甲方对本合同服务的特殊要求为：{{ 合同.特别约定 }}。",
            "前款要求与本合同其他条款不一致的，以前款为准；乙方的运作方案（附件二）应当逐项写明"
            "满足该要求的车辆、设备、人员和流程。",
            "数量、交货期、标识、包装等指标以附件二的考核表为准；附件二没有约定的，按附件一的时限"
            "和国家、行业标准执行。",
        ),
    ),
    (
        "试运作",
        (
            "双方约定先行试运作的，试运作的票数、线路、期限和合格标准写入附件二；试运作合格并经双方"
            "书面确认后，转入正式运作。",
            "试运作不合格的，乙方应当在十日内提出改进方案；再次试运作仍不合格的，任何一方可以书面通知"
            "对方解除本合同，已完成的运输按附件一结算。",
        ),
    ),
    (
        "考核与改进",
        (
            "乙方每月五日前向甲方提交上月的服务情况报告，列明票数、准时率、完好率、异常及处理结果；"
            "甲方在收到后五日内提出意见，逾期视为无异议。",
            "连续两个月未达到附件二的指标的，双方应当在七日内商定改进措施和期限；因甲方原因未达到的，"
            "不计入考核。",
        ),
    ),
    (
        "价格的特别说明",
        (
            "附件一的价格已包含满足特殊服务要求的费用。甲方的要求、货物或者流向变化，使成本变动超过"
            "百分之五的，任何一方可以书面提出调价，双方在十日内协商；协商期间按原价格执行。",
        ),
    ),
    (
        "保密",
        (
            "双方对在订立和履行本合同中知悉的对方商业秘密、运价和货物信息负有保密义务，未经书面同意"
            "不得向第三方披露；该义务在本合同终止后两年内有效。",
        ),
    ),
)


def write_special() -> Document:
    document = begin("特殊服务运输合同", SIGNED_AT)
    write_facts(document, (*SHIPPER, *CARRIER, *BANK))
    write_preamble(document, _PREAMBLE)
    write_articles(document, (*USUAL[:4], *_DEMANDS, *USUAL[4:]))
    write_signatures(document)
    write_price_schedule(document, "附件一　运价表", NOTE)
    return document
