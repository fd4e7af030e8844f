"""Words that are written in two ways where the characters are not the same in every word.

Pairs of characters that may stand for each other anywhere are folded (`archive.chinese.folding`);
these are known as words only: 計畫 is 计划, yet 画 is not 划.
"""

import re
from functools import cache

# Of OpenCC's tables of phrases what folding leaves different; made by `tools.words`.
_PHRASES = (
    "一坏/一坯 上炼/上链 击沈/击沉 凿坏/凿坯 制坏/制坯 呆着/待着 土坏/土坯 坏土/坯土 坏子/坯子 "
    "坏布/坯布 坏户/坯户 坐标/座标 干戚/干𬭭 想像/想象 手炼/手链 打坏/打坯 拉坏/拉坯 拉炼/拉链 "
    "捏坏/捏坯 昏沈/昏沉 毛坏/毛坯 沈下/沉下 沈冤/沉冤 沈厚/沉厚 沈吟/沉吟 沈寂/沉寂 沈思/沉思 "
    "沈没/沉没 沈沦/沉沦 沈浊/沉浊 沈浮/沉浮 沈浸/沉浸 沈淀/沉淀 沈湎/沉湎 沈溺/沉溺 沈滞/沉滞 "
    "沈疴/沉疴 沈痛/沉痛 沈痼/沉痼 沈睡/沉睡 沈积/沉积 沈筒/沉筒 沈船/沉船 沈落/沉落 沈迷/沉迷 "
    "沈郁/沉郁 沈醉/沉醉 沈重/沉重 沈闷/沉闷 沈降/沉降 沈陷/沉陷 沈静/沉静 沈香/沉香 沈默/沉默 "
    "浮沈/浮沉 海哩/海里 深沈/深沉 炼坠/链坠 炼子/链子 炼形/链形 炼条/链条 炼甲/链甲 炼锁/链锁 "
    "炼锤/链锤 砖坏/砖坯 穗帷/𰬸帷 穗裳/𰬸裳 穗账/𰬸账 筹划/筹画 耳沈/耳沉 胡耇/胡耈 脱坏/脱坯 "
    "英哩/英里 计划/计画 金炼/金链 钢坏/钢坯 铁炼/铁链 铰炼/铰链 银炼/银链 锁炼/锁链 阴沈/阴沉 "
    "陶坏/陶坯 项炼/项链 颈炼/颈链 乌沈沈/乌沉沉 二恶英/二𫫇英 墨沈沈/墨沉沉 暗沈沈/暗沉沉 "
    "李炼福/李链福 沈住气/沉住气 沈甸甸/沉甸甸 沈砂池/沉砂池 阴沈沈/阴沉沉 面坏儿/面坯儿 "
    "黑沈沈/黑沉沉 刬恶除奸/铲恶除奸 啮檗吞针/啮蘗吞针 意志消沈/意志消沉 折戟沈沙/折戟沉沙 "
    "折戟沈河/折戟沉河 朱干玉戚/朱干玉𬭭 死气沈沈/死气沉沉 沈不住气/沉不住气 沈得住气/沉得住气 "
    "沈鱼落雁/沉鱼落雁 滴哩嘟噜/滴里嘟噜 滴哩搭拉/滴里搭拉 滴哩耷拉/滴里耷拉 炊臼之戚/炊臼之𬭭 "
    "破釜沈舟/破釜沉舟 落雁沈鱼/落雁沉鱼 载沈载浮/载沉载浮 载浮载沈/载浮载沉 雁杳鱼沈/雁杳鱼沉 "
    "鱼沈雁杳/鱼沉雁杳 "
)
# Of the official table of words with two spellings (2001), and what the trade writes likewise.
_USAGE = (
    "部分/部份 身份/身分 成分/成份 水分/水份 本分/本份 过分/过份 分量/份量 股份/股分 缘分/缘份 "
    "辈分/辈份 其他/其它 订单/定单 订货/定货 订购/定购 订户/定户 订阅/定阅 图像/图象 录像/录象 "
    "影像/影象 交代/交待 联络/连络 连接/联接 连贯/联贯 关联/关连 唯一/惟一 唯独/惟独 思维/思惟 "
    "粘贴/黏贴 粘度/黏度 粘性/黏性 浑浊/混浊 雇佣/雇用 策划/策画 规划/规画 谋划/谋画 勾画/勾划 "
    "笔画/笔划 指手画脚/指手划脚 人才/人材 倒霉/倒楣 模糊/模胡 含糊/含胡 当作/当做 叫作/叫做 "
    "撤销/撤消 按语/案语 百叶窗/百页窗 参与/参预 侥幸/徼幸 驾驭/驾御 迭代/叠代 重叠/重迭 标志/标识 "
    "耽搁/担搁 烦琐/繁琐 服侍/伏侍 坐落/座落 座位/坐位 座次/坐次 稀罕/希罕 稀奇/希奇 "
    "一锤定音/一槌定音 余晖/余辉 渔具/鱼具 渔网/鱼网 装潢/装璜 姿势/姿式 启程/起程 启用/起用 "
    "简练/简炼 告诫/告戒 词汇/辞汇 精彩/精采 起讫/起迄 盘踞/盘据 漂流/飘流 抵触/牴触 搀杂/掺杂 "
    "年轻/年青 热乎/热呼 小题大做/小题大作 "
)
MOST_SPELLINGS = 4


@cache
def _other_of() -> dict[str, str]:
    pairs = [pair.split("/") for pair in (_PHRASES + _USAGE).split()]
    return {one: other for pair in pairs for one, other in (pair, pair[::-1])}


@cache
def _any_word() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_other_of(), key=len, reverse=True)))


def other_spellings(folded: str) -> list[str]:
    """*folded* with the other spelling of each word that has one, and of all of them."""
    words = list(_any_word().finditer(folded))
    found = [folded[: word.start()] + _other_of()[word[0]] + folded[word.end() :] for word in words]
    if len(words) > 1:
        found.insert(0, _any_word().sub(lambda word: _other_of()[word[0]], folded))
    return found[:MOST_SPELLINGS]
