"""What kind of paper pages are, by their titles, their labels and their usual words."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archive.recognition.papers.entries import Entry
from archive.recognition.papers.facts import PaperKind
from archive.recognition.papers.labels import Label
from archive.recognition.papers.layout import Sheet, Word, plain, rows_of

_TITLES: tuple[tuple[PaperKind, str], ...] = (
    (
        PaperKind.LICENCE,
        r".{0,14}(?:营业执照|营业热照|营业执熙|[营菅]业执照)(?:\([正副]本\)|[正副]本)?[\d\-/()]*",
    ),
    (PaperKind.TAX_REGISTRATION, r".{0,6}税务登记[证表](?:\(?[正副]本\)?)?"),
    (
        PaperKind.TRANSPORT_PERMIT,
        r".{0,8}道路(?:.{0,8}运输.{0,4}(?:经营)?许可证|运输证|运输经营许可证件)(?:\(?[正副]本\)?)?",
    ),
    (
        PaperKind.ACCOUNT_LICENCE,
        r"(?:.{0,8}开户许可证|.{0,4}(?:基本|一般|专用|临时)?存款账户信息.{0,6}|.{0,4}基本存款账户编号)",
    ),
    (PaperKind.REPRESENTATIVE_ID, r"(?:中华人民共和国)?居民身份证(?:复印件|正面|反面|正反面)?"),
    (
        PaperKind.STATEMENT,
        r".{0,20}对[账帐]单|.{0,12}(?:往来[账帐]款?(?:明细|核对).{0,6}|结算(?:明细)?[单表]|[账帐]单明细)",
    ),
    (
        PaperKind.WAYBILL,
        r".{0,20}(?:运单|托运单|货运单|托运书|货票|派车单|送货单|签收单|提货单)(?:\(.{1,8}\))?",
    ),
    (PaperKind.CONTRACT_COPY, r".{0,24}(?:合同|协议|合同书|协议书)(?:\(.{1,12}\))?"),
    (
        PaperKind.LETTER,
        r".{0,24}(?:函|介绍信|告知书|委托书|授权书|声明|证明|通知)|关于.{2,40}的(?:说明|请示|报告|函告)",
    ),
)  # fmt: skip
_TITLE = {kind: re.compile(pattern) for kind, pattern in _TITLES}
_TITLE_WEIGHT = 5.0
_SURE_TITLES = frozenset({
    PaperKind.LICENCE, PaperKind.TAX_REGISTRATION, PaperKind.TRANSPORT_PERMIT,
    PaperKind.ACCOUNT_LICENCE, PaperKind.REPRESENTATIVE_ID,
})  # fmt: skip

_WORDS: dict[PaperKind, tuple[tuple[str, float], ...]] = {
    PaperKind.LICENCE: (
        (r"国家企业信用信息公示系统", 1.5), (r"市场主体应当|公示年度报告|年度报告", 1.2),
        (r"市场监督管理(?:总)?局|工商行政管理", 1.0), (r"营业执照", 1.0),
        (r"扫描.{0,4}二维码|了解更多登记", 1.0), (r"登记机关", 0.8),
    ),
    PaperKind.TAX_REGISTRATION: (
        (r"税务登记", 1.5), (r"税务局", 1.0), (r"扣缴义务", 1.5), (r"税字", 1.0),
    ),
    PaperKind.TRANSPORT_PERMIT: (
        (r"交运管许可|运管许可|道运证|运输许可", 2.0), (r"道路运输管理|运输管理局|交通运输", 1.2),
        (r"道路普通货运|道路货物运输|普通货运|货物专用运输", 0.6), (r"车辆号牌|吨\(座\)位", 1.5),
        (r"经营许可证|道路运输", 0.8),
    ),
    PaperKind.ACCOUNT_LICENCE: (
        (r"核准号", 1.5), (r"中国人民银行|人民币银行结算账户", 1.2),
        (r"准予开立|开立基本存款", 2.0),
        (r"基本存款账户", 1.5), (r"开户许可证", 1.5), (r"开户银行", 0.5),
    ),
    PaperKind.REPRESENTATIVE_ID: (
        (r"公民身份号码|公民身份证?号", 2.5), (r"签发机关", 1.5), (r"居民身份证", 2.0),
        (r"公安局", 1.2), (r"^民族|民族汉|性别", 1.0), (r"^住址", 0.8), (r"^出生", 0.8),
    ),
    PaperKind.CONTRACT_COPY: (
        (r"本合同|本协议", 1.5), (r"甲方", 1.0), (r"乙方", 1.0), (r"甲乙双方|双方", 0.8),
        (r"第[一二三四五六七八九十]+条", 1.2),
        (r"违约", 0.8), (r"不可抗力", 0.8), (r"签字盖章|签章", 0.5),
        (r"协商|仲裁|诉讼", 0.6), (r"合同编号|协议编号", 1.0),
    ),
    PaperKind.LETTER: (
        (r"^致[:：]?.{2,}|^尊敬的", 1.5), (r"特此函[告复达]|特此(?:通知|说明|证明|告知)", 2.0),
        (r"^此致|^敬礼|顺颂|商祺|敬请|函复|来函|贵公司|贵司|我公司|我司", 1.0),
        (r"专此|请予|如下", 0.4), (r"此致", 0.8), (r"敬礼", 0.8),
    ),
    PaperKind.STATEMENT: (
        (r"对[账帐]单", 1.5), (r"[期上][初期末]余额|期初|期末|结余|余额", 1.2),
        (r"本期(?:发生|合计|应)", 1.0),
        (r"借方|贷方", 1.0), (r"核对(?:无误|相符|不符)|数据证明|信息证明", 1.2), (r"合计", 0.5),
        (r"应收|应付|已付|未付|欠款", 0.8), (r"对[账帐](?:期间|日期|周期|月份)|截[至止]", 0.8),
    ),
    PaperKind.WAYBILL: (
        (r"托运[人单方书]|发货(?:人|单位|方)", 1.0), (r"收货(?:人|单位|方)", 1.2),
        (r"承运[人方]", 0.7),
        (r"起运[地站]|始发[地站]|发站|装货", 0.8), (r"到达[地站]|目的[地站]|到站|卸货", 0.8),
        (r"件数", 0.8),
        (r"包装", 0.5), (r"重量|体积|吨位", 0.6), (r"运费|到付|现付|回单", 0.7), (r"运单", 1.2),
        (r"货物名称|品名|货名", 0.8), (r"签收", 0.6), (r"车牌|车号|司机|驾驶员", 0.5),
    ),
}  # fmt: skip
_PATTERNS = {
    kind: tuple((re.compile(pattern, re.MULTILINE), weight) for pattern, weight in words)
    for kind, words in _WORDS.items()
}
_MOST_FROM_WORDS = 6.0

_LABELS: dict[PaperKind, dict[Label, float]] = {
    PaperKind.LICENCE: {
        Label.CODE: 1.0, Label.TYPE: 0.7, Label.REPRESENTATIVE: 0.5, Label.ADDRESS: 0.4,
        Label.CAPITAL: 0.9, Label.FOUNDED: 0.9, Label.SCOPE: 0.7, Label.NAME: 0.3, Label.TERM: 0.2,
    },
    PaperKind.TAX_REGISTRATION: {Label.NAME: 0.3, Label.TYPE: 0.3, Label.CODE: 0.2},
    PaperKind.TRANSPORT_PERMIT: {Label.PERMIT: 0.6, Label.SCOPE: 0.3, Label.TERM: 0.3},
    PaperKind.ACCOUNT_LICENCE: {Label.ACCOUNT: 0.7, Label.BANK: 1.0, Label.PERMIT: 0.5},
    PaperKind.REPRESENTATIVE_ID: {Label.ID_NUMBER: 2.0, Label.PERSON: 0.7, Label.HOME: 0.8},
    PaperKind.CONTRACT_COPY: {
        Label.PARTY_A: 0.7, Label.PARTY_B: 0.7, Label.CONTRACT_NUMBER: 0.4,
    },
    PaperKind.WAYBILL: {Label.PARTY_A: 0.2, Label.PARTY_B: 0.2, Label.CONTRACT_NUMBER: 0.2},
}  # fmt: skip
_LEAST = 3.0
"""Below it a paper is none of the kinds."""


def kind_of(
    sheets: Sequence[Sheet], entries: Sequence[Sequence[Entry]], *, is_our_draft: bool = False
) -> tuple[PaperKind, float]:
    """The kind of the paper, and how sure it is; `OTHER` where too little speaks for any."""
    if is_our_draft:
        return PaperKind.CONTRACT_COPY, 0.99
    scores: Counter[PaperKind] = Counter()
    for place, (sheet, found) in enumerate(zip(sheets, entries, strict=True)):
        for kind, score in _scores(sheet, found).items():
            scores[kind] += score / (place + 1) ** 1.5
    ranked = [*scores.most_common(2), (PaperKind.OTHER, 0.0), (PaperKind.OTHER, 0.0)]
    (best, score), (_, second) = ranked[:2]
    if score < _LEAST:
        return PaperKind.OTHER, 0.5 + 0.35 * (1 - score / _LEAST)
    lead = min(score - second, 8.0) * 0.55 + min(score, 10.0) * 0.18 - 1.2
    return best, round(min(0.99, 1 / (1 + math.exp(-lead))), 3)


def _scores(sheet: Sheet, entries: Sequence[Entry]) -> dict[PaperKind, float]:
    text = "\n".join("".join(plain(each.text) for each in row) for row in rows_of(sheet.words))
    labels = {each.label for each in entries}
    scores: dict[PaperKind, float] = {}
    for kind, patterns in _PATTERNS.items():
        words = sum(weight for pattern, weight in patterns if pattern.search(text))
        forms = sum(weight for label, weight in _LABELS.get(kind, {}).items() if label in labels)
        scores[kind] = min(words, _MOST_FROM_WORDS) + forms
    for kind, weight in _titles(sheet):
        scores[kind] = scores.get(kind, 0.0) + weight
    return scores


def _titles(sheet: Sheet) -> Iterator[tuple[PaperKind, float]]:
    """The kinds that a title names; a large one near the top counts most."""
    found: dict[PaperKind, float] = {}
    for text, height, top in _title_candidates(sheet):
        for kind, pattern in _TITLE.items():
            if pattern.fullmatch(text):
                size = min(2.0, height / sheet.letter) / 1.5
                place = 1.0 if top < 0.45 * sheet.ratio else 0.45
                sure = 1.2 if kind in _SURE_TITLES else 0.9
                found[kind] = max(found.get(kind, 0.0), _TITLE_WEIGHT * size * place * sure)
                break
    yield from found.items()


def _title_candidates(sheet: Sheet) -> Iterator[tuple[str, float, float]]:
    """Runs of words that could be a title: alone in their row, or its characters apart."""
    for row in rows_of(sheet.words):
        for run in _runs_of_one_size(row):
            text = "".join(plain(each.text) for each in run).strip("·.,:;、。《》<>-—_")
            if 2 <= len(text) <= 44:
                yield text, max(each.height for each in run), min(each.top for each in run)


def _runs_of_one_size(row: Sequence[Word]) -> Iterator[list[Word]]:
    yield from ([word] for word in row)
    run = list(row[:1])
    for before, after in pairwise(row):
        alike = 0.6 < before.height / max(after.height, 1e-6) < 1.6
        if alike and after.left - before.right < 8 * max(before.height, after.height):
            run.append(after)
        else:
            yield run
            run = [after]
    if len(run) > 1:
        yield run
