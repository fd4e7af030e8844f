"""The labels of forms: how each is spelled, and what it announces."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """What a label announces; `STOP` is any that ends another's value and is not asked for."""

    CODE = "code"
    NAME = "name"
    TYPE = "type"
    REPRESENTATIVE = "representative"
    ADDRESS = "address"
    CAPITAL = "capital"
    FOUNDED = "founded"
    TERM = "term"
    TERM_START = "term_start"
    TERM_END = "term_end"
    SCOPE = "scope"
    PERMIT = "permit"
    NUMBER = "number"
    ISSUED = "issued"
    AUTHORITY = "authority"
    PERSON = "person"
    HOME = "home"
    ID_NUMBER = "id_number"
    ACCOUNT = "account"
    BANK = "bank"
    CONTRACT_NUMBER = "contract_number"
    PARTY_A = "party_a"
    PARTY_B = "party_b"
    STOP = "stop"


_SPELLINGS: dict[Label, str] = {
    Label.CODE: "统一社会信用代码 统一社会信用代码/注册号 社会信用代码 统一社会信用代码(注册号) "
    "注册号 注册号/统一社会信用代码 营业执照注册号 纳税人识别号 税号 "
    "统一社会信用代码/税号 统一社会信用代码/纳税人识别号",
    Label.NAME: "名称 企业名称 单位名称 公司名称 字号名称 个体户名称 业户名称 纳税人名称 "
    "存款人名称 户名 账户名称 机构名称 存款人 业户 经营业户 许可证持有人 购买方名称 客户名称",
    Label.TYPE: "类型 主体类型 公司类型 企业类型 市场主体类型 登记注册类型 经济性质 经济类型 "
    "经营性质 企业类别",
    Label.REPRESENTATIVE: "法定代表人 负责人 经营者 经营者姓名 投资人 执行事务合伙人 法人代表 "
    "法定代表人姓名 法定代表人(负责人) 法定代表人(单位负责人) 法定代表人或负责人 单位负责人 "
    "法定代表人/负责人 企业法定代表人 首席代表 经营者(负责人) 法定代表人(经营者) "
    "执行事务合伙人(委派代表)",
    Label.ADDRESS: "住所 经营场所 主要经营场所 营业场所 地址 企业住所 公司住所 单位地址 注册地址 "
    "住所(经营场所) 经营地址 业户地址 企业地址 生产经营地址 驻在场所 单位住所 详细地址 "
    "住所(主要经营场所)",
    Label.CAPITAL: "注册资本 注册资金 出资额 成员出资总额 资金数额 出资总额 认缴出资额 "
    "注册资本(金) 开办资金",
    Label.FOUNDED: "成立日期 注册日期 成立时间 设立日期",
    Label.TERM: "营业期限 经营期限 合伙期限 有效期 有效期限 证件有效期 证照有效期 许可有效期 "
    "驻在期限",
    Label.TERM_START: "有效期起 有效期始",
    Label.TERM_END: "营业期限至 有效期至 有效期限至 经营期限至 有效期止 证件有效期至",
    Label.SCOPE: "经营范围 业务范围 经营范围及方式 经营范围和方式 许可经营范围",
    Label.PERMIT: "经营许可证号 许可证号 许可证编号 道路运输证号 道路运输经营许可证号 核准号 "
    "开户许可证核准号 运输证号 业户许可证号 道路运输许可证号",
    Label.NUMBER: "编号 证号 证照编号 证书编号 NO 税字",
    Label.ISSUED: "发证日期 核发日期 签发日期 颁发日期 登记日期 核准日期 发照日期 "
    "开户日期 打印日期",
    Label.AUTHORITY: "登记机关 发证机关 核发机关 签发机关 发照机关 核准机关 发证机构 "
    "发证机关(盖章) "
    "核发机关(盖章)",
    Label.PERSON: "姓名",
    Label.HOME: "住址",
    Label.ID_NUMBER: "公民身份号码 身份证号码 身份证号 公民身份证号码 居民身份证号码",
    Label.ACCOUNT: "账号 帐号 银行账号 银行帐号 账户号码 基本账户账号 开户账号 基本存款账户账号 "
    "基本存款账户编号",
    Label.BANK: "开户银行 开户行 开户银行名称 开户行名称 开户银行全称",
    Label.CONTRACT_NUMBER: "合同编号 合同号 协议编号 协议号 运单号 运单编号 托运单号 单号 文号 "
    "单据编号 对账单号 对账单编号 货运单号 运单号码 单证编号",
    Label.PARTY_A: "甲方 甲方(委托方) 甲方(托运方) 甲方(托运人) 委托方 托运方 托运人 委托方(甲方) "
    "托运方(甲方) 托运人(甲方) 发货人 托运单位 发货单位 甲方(需方) 甲方(发包方) 买方 需方",
    Label.PARTY_B: "乙方 乙方(受托方) 乙方(承运方) 乙方(承运人) 受托方 承运方 承运人 受托方(乙方) "
    "承运方(乙方) 承运人(乙方) 承运单位 乙方(供方) 乙方(承包方) 卖方 供方 承接方",
    Label.STOP: "实收资本 组成形式 性别 民族 出生 经营方式 车辆号牌 车牌号码 车辆类型 "
    "吨(座)位 车辆尺寸 收货人 收货单位 联系人 联系电话 电话 传真 签订日期 签订地点 备注 "
    "年检 股东 发照机关 组织机构代码 身份证件名称 扣缴义务 批准设立机关 "
    "账户性质 经营许可项目 日期 货物名称 件数 重量 起运地 到达地 始发地 目的地 邮编 传真号码 "
    "法定代表人身份证 开户银行代码 签发人 登记证号 车牌号 司机 驾驶员 运输方式 经营期限起 对账期间",
}
_COPY_MARK = re.compile(r"\([正副]本\)")


def _all_spellings() -> dict[str, Label]:
    return {
        spelling: label
        for label, spellings in reversed(_SPELLINGS.items())
        for spelling in spellings.split()
    }


LABELS = _all_spellings()
ANY_LABEL = re.compile("|".join(re.escape(each) for each in sorted(LABELS, key=len, reverse=True)))
_LONG_ENOUGH = 5  # characters of a label that is known without one of them
_LONG = [each for each in LABELS if len(each) >= 4]


@dataclass(frozen=True, slots=True)
class Found:
    """A label in a run of characters."""

    label: Label
    start: int
    end: int
    is_exact: bool = True


def nearest(text: str) -> Found | None:
    """The label that *text* begins with, one character of four and more misread or lost."""
    for spelling in _LONG:
        head = text[: len(spelling)]
        if len(head) == len(spelling):
            wrong = sum(one != other for one, other in zip(head, spelling, strict=True))
            if wrong == 1:
                return Found(LABELS[spelling], 0, len(spelling), is_exact=False)
    for spelling in _LONG:
        shorter = (spelling[:at] + spelling[at + 1 :] for at in range(len(spelling)))
        if len(spelling) >= _LONG_ENOUGH and any(text.startswith(each) for each in shorter):
            return Found(LABELS[spelling], 0, len(spelling) - 1, is_exact=False)
    return None
