"""The other papers of the counter, drawn: permits, cards, contracts, letters, lists."""

import random
from datetime import timedelta

from archive.recognition.papers import FieldName, PaperKind
from bench.drawing.companies import Company
from bench.drawing.licences import Drawer, in_numerals, written
from bench.drawing.pen import Pen
from bench.drawing.shapes import Drawn

F = FieldName
_WHITE, _GREEN, _PINK = (255, 255, 255), (240, 247, 240), (253, 243, 240)
_US = "示例运输有限公司"


def _rows(
    pen: Pen, x: float, y: float, rows: list[tuple[str, str]], width: float, size: float = 11
) -> float:
    for label, value in rows:
        pen.text(x, y, f"{label}：", size, is_bold=True)
        y = max(pen.block(x + 6 + len(label) * size * 0.36, y, value, width, size), y + 7) + 3
    return y


def transport_permit(company: Company, chance: random.Random) -> Drawn:
    """道路运输经营许可证."""
    until = company.issued + timedelta(days=4 * 365)
    facts = {
        F.NAME: company.name,
        F.ADDRESS: company.address,
        F.PERMIT_NUMBER: company.permit,
        F.SCOPE: "道路普通货物运输，货物专用运输（集装箱）",
        F.VALID_UNTIL: until.isoformat(),
        F.ISSUED_ON: company.issued.isoformat(),
    }
    wide = chance.random() < 0.5
    pen = Pen(257, 182, chance, _GREEN) if wide else Pen(182, 257, chance, _GREEN)
    pen.security((222, 236, 222))
    pen.frame(7, (90, 130, 90))
    pen.middle(24, "中华人民共和国", 16, apart=1)
    pen.middle(34, "道路运输经营许可证", 26, apart=2)
    pen.middle(50, company.permit, 12, is_bold=False)
    rows = [
        ("业户名称", company.name),
        ("地址", company.address),
        ("经营范围", facts[F.SCOPE]),
        (
            chance.choice(("有效期", "证件有效期")),
            f"{written(company.issued, chance)}至{written(until, chance)}",
        ),
    ]
    facts[F.VALID_FROM] = company.issued.isoformat()
    y = _rows(pen, 22, 66, rows, pen.wide - 78, chance.choice((10.5, 12)))
    pen.text(pen.wide - 85, y + 10, "核发机关", 11, is_bold=True)
    pen.text(
        pen.wide - 70,
        y + 24,
        f"{company.issued.year} 年 {company.issued.month} 月 {company.issued.day} 日",
        11,
    )
    pen.seal(pen.wide - 52, y + 18, 16, f"{company.city}交通运输局")
    pen.mark()
    return Drawn(PaperKind.TRANSPORT_PERMIT, "permit", pen.image, facts)


def tax_registration(company: Company, chance: random.Random) -> Drawn:
    """税务登记证, before three papers became one."""
    facts = {
        F.NAME: company.name,
        F.REPRESENTATIVE: company.person,
        F.ADDRESS: company.address,
        F.SCOPE: company.scope,
        F.PERMIT_NUMBER: company.registration,
    }
    pen = Pen(260, 190, chance, _PINK)
    pen.security((246, 230, 226))
    pen.frame(8, (160, 80, 70))
    pen.middle(22, "税务登记证", 30, apart=8)
    pen.middle(40, f"国税字 {company.registration} 号", 11, is_bold=False)
    rows = [
        ("纳税人名称", company.name),
        ("法定代表人", company.person),
        ("地址", company.address),
        ("登记注册类型", "有限责任公司"),
        ("经营范围", company.scope),
        ("批准设立机关", f"{company.city}工商行政管理局"),
        ("扣缴义务", "依法确定"),
    ]
    _rows(pen, 24, 54, rows, 170, 10)
    pen.text(168, 148, "发证税务机关", 11, is_bold=True)
    pen.text(178, 164, f"{company.issued:%Y年%m月%d日}", 11)
    pen.seal(200, 156, 17, f"{company.city}国家税务局")
    pen.mark()
    facts[F.COMPANY_TYPE] = "有限责任公司"
    return Drawn(PaperKind.TAX_REGISTRATION, "certificate", pen.image, facts)


def account_licence(company: Company, chance: random.Random) -> Drawn:
    """开户许可证."""
    facts = {
        F.NAME: company.name,
        F.REPRESENTATIVE: company.person,
        F.BANK: company.bank,
        F.ACCOUNT_NUMBER: company.account,
        F.PERMIT_NUMBER: company.approval,
    }
    pen = Pen(250, 176, chance, _PINK)
    pen.security((244, 232, 228))
    pen.frame(8, (170, 120, 60))
    pen.middle(22, "开户许可证", 30, apart=8)
    pen.text(26, 46, f"核准号：{company.approval}", 11)
    pen.text(160, 46, f"编号：3010-{company.registration[:8]}", 11)
    pen.text(26, 60, f"经审核，{company.name}符合开户条件，准予", 11)
    pen.text(26, 70, "开立基本存款账户。", 11)
    rows = [
        ("法定代表人（单位负责人）", company.person),
        ("开户银行", company.bank),
        ("账号", company.account),
    ]
    y = _rows(pen, 26, 86, rows, 130, 11)
    pen.text(160, y + 8, "发证机关（盖章）", 11)
    pen.text(168, y + 22, in_numerals(company.issued), 11)
    pen.seal(196, y + 16, 16, "示例人民银行营业管理部")
    pen.mark()
    return Drawn(PaperKind.ACCOUNT_LICENCE, "licence", pen.image, facts)


def account_facts(company: Company, chance: random.Random) -> Drawn:
    """基本存款账户信息, what banks print since the licence is no more."""
    facts = {
        F.NAME: company.name,
        F.REPRESENTATIVE: company.person,
        F.BANK: company.bank,
        F.ACCOUNT_NUMBER: company.account,
    }
    pen = Pen(210, 148, chance, _WHITE)
    pen.middle(20, "基本存款账户信息", 20, apart=1)
    rows = [
        ("账户名称", company.name),
        ("账户号码", company.account),
        ("开户银行", company.bank),
        ("法定代表人（单位负责人）", company.person),
        ("基本存款账户编号", company.approval),
    ]
    _rows(pen, 24, 42, rows, 110, chance.choice((10.5, 12)))
    pen.text(140, 118, f"{company.issued:%Y年%m月%d日}", 11)
    pen.seal(160, 116, 15, "示例银行业务专用章")
    pen.mark()
    return Drawn(PaperKind.ACCOUNT_LICENCE, "facts of the account", pen.image, facts)


def identity_card(company: Company, chance: random.Random) -> Drawn:
    """Both sides of an identity card on one sheet, as it is copied."""
    born = company.id_number[6:14]
    start = company.issued
    until = start.replace(year=start.year + 20, day=1)
    facts = {
        F.REPRESENTATIVE: company.person,
        F.ID_NUMBER: company.id_number,
        F.ADDRESS: company.address,
        F.VALID_FROM: start.isoformat(),
        F.VALID_UNTIL: until.isoformat(),
    }
    pen = Pen(210, 297, chance, _WHITE)
    pen.text(64, 40, f"姓名 {company.person}", 10.5)
    pen.text(64, 50, f"性别 {chance.choice('男女')}   民族 汉", 9.5)
    pen.text(64, 59, f"出生 {born[:4]} 年 {int(born[4:6])} 月 {int(born[6:])} 日", 9.5)
    pen.text(64, 67, "住址", 9.5)
    pen.block(74, 67, company.address, 50, 9.5)
    pen.text(62, 84, f"公民身份号码  {company.id_number}", 11)
    pen.text(70, 150, "中华人民共和国", 17, is_bold=True)
    pen.text(70, 162, "居民身份证", 22, is_bold=True)
    pen.text(78, 188, f"签发机关  {company.city}公安局示例分局", 9.5)
    pen.text(78, 197, f"有效期限  {start:%Y.%m.%d}-{until:%Y.%m.%d}", 9.5)
    for top in (32, 142):
        for x, y, x2, y2 in (
            (56, top, 148, top),
            (56, top + 64, 148, top + 64),
            (56, top, 56, top + 64),
            (148, top, 148, top + 64),
        ):
            pen.rule(x, y, x2, y2, 0.2)
    pen.mark()
    return Drawn(PaperKind.REPRESENTATIVE_ID, "both sides", pen.image, facts)


def contract(company: Company, chance: random.Random) -> Drawn:
    """First page of a contract of transport."""
    number = f"SL-{company.issued.year}-{chance.randrange(10**5):05}"
    facts = {F.NAME: company.name, F.CREDIT_CODE: company.code, F.DOCUMENT_NUMBER: number}
    pen = Pen(210, 297, chance, _WHITE)
    pen.middle(
        22, chance.choice(("货物运输合同", "国内货物运输服务协议", "运输框架合同书")), 18, apart=1
    )
    pen.text(120, 36, f"合同编号：{number}", 10.5)
    party = chance.choice(("甲方（托运方）", "托运人（甲方）", "甲方"))
    other = {"甲方（托运方）": "乙方（承运方）", "托运人（甲方）": "承运人（乙方）"}.get(
        party, "乙方"
    )
    y = pen.block(25, 46, f"{party}：{company.name}", 160, 10.5)
    y = pen.block(25, y + 1, f"统一社会信用代码：{company.code}", 160, 10.5)
    y = pen.block(25, y + 1, f"地址：{company.address}", 160, 10.5)
    y = pen.block(25, y + 1, f"{other}：{_US}", 160, 10.5) + 3
    for clause in (
        "根据《中华人民共和国民法典》及有关规定，甲乙双方经友好协商，就货物运输事宜订立本合同，共同遵守。",
        "第一条　甲方委托乙方承运货物，起运地、到达地、货物名称、件数和重量以每次托运单为准。",
        "第二条　运费按附件价格表计算，乙方于每月5日前提交上月对账单，甲方核对无误后15日内付款。",
        "第三条　乙方应保证车辆及司机具备相应的资质，按约定时间将货物安全送达收货人。",
        "第四条　因乙方原因造成货物灭失、损坏的，乙方按货物实际价值赔偿；因不可抗力造成的除外。",
        "第五条　任何一方违约的，应承担违约责任，赔偿对方因此遭受的损失。",
        "第六条　因本合同发生争议的，双方协商解决；协商不成的，提交合同签订地人民法院诉讼解决。",
        f"第七条　本合同一式两份，签字盖章之日起生效，有效期至{company.issued.year + 1}年底止。",
    ):
        y = pen.block(25, y, clause, 160, 10.5) + 2
    pen.text(25, y + 12, "甲方（盖章）：", 10.5)
    pen.text(115, y + 12, "乙方（盖章）：", 10.5)
    pen.seal(55, y + 16, 18, company.name[:16])
    pen.text(25, y + 36, f"签订日期：{company.issued:%Y年%m月%d日}", 10.5)
    pen.mark()
    return Drawn(PaperKind.CONTRACT_COPY, "contract", pen.image, facts, company.code)


def letter(company: Company, chance: random.Random) -> Drawn:
    """A letter of a customer."""
    pen = Pen(210, 297, chance, _WHITE)
    pen.middle(18, company.name, 20, ink=(190, 30, 30))
    pen.rule(22, 32, 188, 32, 0.6)
    about = chance.choice(
        ("关于调整付款周期的函", "关于货物短少情况的说明函", "工作联系函", "催款函")
    )
    pen.middle(46, about, 17)
    y = pen.block(26, 64, f"{_US}：", 158, 12)
    for part in (
        "　　感谢贵公司长期以来对我公司的支持。",
        "　　近期由于市场行情变化，我公司决定对原约定的事项作如下调整，请予理解与配合。",
        "　　请贵公司收到本函后五个工作日内书面回复。特此函告。",
        "　　顺颂商祺！",
    ):
        y = pen.block(26, y + 3, part, 158, 12)
    pen.text(110, y + 20, company.name, 12)
    pen.text(130, y + 30, in_numerals(company.issued), 12)
    pen.seal(145, y + 26, 18, company.name[:16])
    pen.mark()
    return Drawn(PaperKind.LETTER, "letter", pen.image, {F.NAME: company.name})


def statement(company: Company, chance: random.Random) -> Drawn:
    """A statement of account between two companies."""
    pen = Pen(297, 210, chance, _WHITE)
    pen.middle(16, f"{company.issued.year}年{company.issued.month}月往来对账单", 18)
    pen.text(20, 34, f"客户名称：{company.name}", 10.5)
    pen.text(190, 34, f"对账期间：{company.issued.year}年{company.issued.month}月", 10.5)
    heads = ("序号", "日期", "运单号", "起运地", "到达地", "重量(吨)", "运费(元)", "备注")
    columns = (20, 36, 66, 106, 138, 170, 204, 240, 277)
    y = 46.0
    total = 0
    lines = chance.randrange(6, 12)
    for row in range(lines + 2):
        if row == 0:
            cells = heads
        elif row == lines + 1:
            cells = ("", "", "", "", "", "合计", f"{total:,}.00", "")
        else:
            fee = chance.randrange(500, 20000)
            total += fee
            cells = (
                str(row),
                f"{company.issued.month}-{row + 1}",
                f"YD{chance.randrange(10**8):08}",
                company.city.removesuffix("市"),
                chance.choice(("成都", "天津", "昆明", "南昌")),
                f"{chance.randrange(10, 300) / 10}",
                f"{fee:,}.00",
                "",
            )
        pen.rule(20, y, 277, y)
        for cell, x in zip(cells, columns, strict=False):
            pen.text(x + 2, y + 1.8, cell, 9.5)
        y += 8.5
    pen.rule(20, y, 277, y)
    for x in columns:
        pen.rule(x, 46, x, y)
    pen.text(
        20,
        y + 6,
        f"期初余额：0.00 元　本期应付：{total:,}.00 元　期末余额：{total:,}.00 元",
        10,
    )
    pen.text(20, y + 15, "以上数据核对无误，请盖章确认。", 10)
    pen.text(190, y + 24, f"{company.issued:%Y年%m月%d日}", 10)
    pen.seal(215, y + 22, 17, company.name[:16])
    pen.mark()
    return Drawn(PaperKind.STATEMENT, "table", pen.image, {F.NAME: company.name})


def waybill(company: Company, chance: random.Random) -> Drawn:
    """A waybill with its form filled in."""
    number = f"YD{chance.randrange(10**10):010}"
    facts = {F.NAME: company.name, F.DOCUMENT_NUMBER: number}
    pen = Pen(241, 140, chance, _WHITE)
    pen.middle(10, chance.choice(("货物托运单", "公路货物运单", "货运单")), 18, apart=2)
    pen.text(165, 22, f"运单号：{number}", 10.5)
    pen.text(18, 22, f"日期：{company.issued:%Y-%m-%d}", 10.5)
    rows = (
        (f"托运单位：{company.name}", f"收货单位：{_US}成都营业部"),
        (f"联系人：{company.person}", "联系电话：028-00000000"),
        (f"起运地：{company.city}", f"到达地：{chance.choice(('成都市', '天津市', '昆明市'))}"),
        (
            "货物名称：" + chance.choice(("机械配件", "纺织品", "电子元件")),
            f"包装：{chance.choice(('木箱', '纸箱', '托盘'))}",
        ),
        (
            f"件数：{chance.randrange(1, 300)}",
            f"重量：{chance.randrange(100, 9000)} 公斤　体积：{chance.randrange(1, 60)} 立方",
        ),
        (
            f"运费：{chance.randrange(300, 9000)} 元　付款：{chance.choice(('到付', '月结'))}",
            "回单要求：签收后返回",
        ),
    )
    y = 32.0
    for left, right in rows:
        pen.rule(16, y, 225, y)
        pen.text(18, y + 3, left, 10.5)
        pen.text(122, y + 3, right, 10.5)
        y += 12
    pen.rule(16, y, 225, y)
    for x in (16, 120, 225):
        pen.rule(x, 32, x, y)
    pen.text(18, y + 5, "托运人签字：", 10)
    pen.text(90, y + 5, "司机签字：", 10)
    pen.text(160, y + 5, "收货人签收：", 10)
    pen.mark()
    return Drawn(PaperKind.WAYBILL, "form", pen.image, facts)


def other(company: Company, chance: random.Random) -> Drawn:
    """A paper of none of the kinds."""
    pen = Pen(210, 297, chance, _WHITE)
    pen.middle(22, chance.choice(("会议纪要", "产品检验报告", "员工培训签到表")), 18, apart=1)
    y = 42.0
    for part in (
        f"时间：{company.issued:%Y年%m月%d日}",
        f"地点：{company.address}",
        "参加人员：各部门负责人",
        "一、总结上半年工作情况，各部门汇报主要指标完成情况和存在的困难。",
        "二、讨论下半年工作安排，明确重点项目的时间节点，要求每周汇报进度。",
        "三、加强安全培训，做好高温天气的防暑工作，按时发放劳动保护用品。",
        "四、其他事项另行安排。",
    ):
        y = pen.block(26, y, part, 158, 12) + 3
    pen.mark()
    return Drawn(PaperKind.OTHER, "minutes", pen.image)


OTHERS: tuple[Drawer, ...] = (
    transport_permit,
    tax_registration,
    account_licence,
    account_facts,
    identity_card,
    contract,
    letter,
    statement,
    waybill,
    other,
)
