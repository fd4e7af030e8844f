"""Whether what is known to be there is found, and first: a fixed set of records and questions.

The records are made by seed from the trade's words, with traps: full width, traditional and rare
characters, dots, plates, numbers in groups. For each kind of question the share of the records
that answer it is measured among the first 20 (recall@20), with each library.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from random import Random
from typing import NamedTuple

import opencc

from archive.chinese.folding import fold
from archive.chinese.pinyin import initials_terms, spelling_terms
from archive.chinese.sounds import characters_like
from archive.config import SearchLibrary
from archive.search import IndexEntry, Results, SearchEngine, Tag, parse_query
from archive.search.engines import open_engine
from archive.search.synonyms import widen
from archive.synonyms.rules import SHIPPED
from bench.frame import Bench, Figure
from bench.search_records import KINDS, RecordMaker

RECORDS = 3000
QUESTIONS = 25
"""Of each kind."""
FIRST = 20
FEW = 8
"""Records that may say a word already, before more are made that do."""
VOCABULARY = [word for group in SHIPPED for word in group]
ACCESS = frozenset(f"{kind.value}:all" for kind, _ in KINDS)

GOODS = [
    "冷冻带鱼",
    "精密机床",
    "光伏组件",
    "真丝面料",
    "婴儿推车",
    "锂电叉车",
    "铝合金门",
    "岩棉保温板",
    "速冻水饺",
    "玻璃幕墙",
]
PLACES = [
    "义乌",
    "满洲里",
    "钦州港",
    "霍尔果斯",
    "舟山",
    "武夷山",
    "连云港",
    "烟台",
    "遵义",
    "石河子",
]
EVENTS = [
    "货柜倾覆",
    "温控失灵",
    "签收存疑",
    "封条断裂",
    "托盘霉变",
    "漏装附件",
    "车厢进水",
    "标签错贴",
    "提单遗失",
    "报关滞留",
]
DRIVERS = [
    "阿不都·热合曼",
    "古丽·买买提",
    "𠮷田健",
    "钟离昧",
    "欧阳晟",
    "仇单县",
    "尉迟恭",
    "单雄信",
    "曾解元",
    "令狐冲",
]
# The record's word, and another spelling that people type.
SPELLINGS = (
    "了解/瞭解 答复/答覆 家具/傢俱 计划/計畫 订单/定單 身份/身分 部分/部份 坐标/座標 沉重/沈重 "
    "复苏/復甦 铁链/鐵鍊 征收/徵收 借口/藉口 账户/帳戶 背包/揹包 群众/羣眾 高温/髙温 "
    "长安/\u2ed3安 车辆/\u2ecb辆 -18℃/−18℃"
)


class Question(NamedTuple):
    """What is typed, and the records that answer it: asked once all records are there."""

    typed: str
    answers: Callable[[], frozenset[str]]


class Corpus:
    """The records, and questions whose answers are known."""

    def __init__(self, seed: int = 11) -> None:
        self.random = Random(seed)
        self.maker = RecordMaker(seed)
        self.entries = [replace(each, access=ACCESS) for each in self.maker.entries(RECORDS)]
        self._texts = {each.id: text_of(each) for each in self.entries}

    def plant(self, said: str, **fields: object) -> str:
        """Say *said* in one more record, between ordinary sentences; its id."""
        plain = self.maker.entry(len(self.entries), KINDS[2][0])
        body = f"{self.maker.text(80)}。{said}。{self.maker.text(80)}"
        facts = {"id": f"known:{len(self.entries)}", "access": ACCESS, "body": body, **fields}
        entry = replace(plain, **facts)  # type: ignore[arg-type]  # fields of it
        self.entries.append(entry)
        self._texts[entry.id] = text_of(entry)
        return entry.id

    def saying(self, word: str) -> frozenset[str]:
        """The records that say *word*, as it is folded."""
        wanted = fold(word)
        return frozenset(key for key, text in self._texts.items() if wanted in text)

    def question(self, typed: str, *words: str) -> Question:
        """One whose answers say one of *words*."""
        return Question(typed, lambda: frozenset().union(*map(self.saying, words)))

    def rare_words(self, length: int) -> Iterator[str]:
        """Words of *length* that few records say."""
        words = [word for word in self.maker.words if len(word) == length]
        self.random.shuffle(words)
        return (word for word in words if 0 < len(self.saying(word)) <= FEW)


def text_of(entry: IndexEntry) -> str:
    """All of *entry* that is searched, folded."""
    label = entry.customer.label if entry.customer else ""
    people = "\x1f".join(each.label for each in entry.people)
    return fold("\x1f".join((entry.title, label, people, *entry.numbers, entry.body)))


def one_character(corpus: Corpus) -> Iterator[Question]:
    """A rare character."""
    for character in "鬻蠡衢麒邕郴湄沅黟歙涪綦瓯闽滇黔皖赣豫晋冀鄂湘桂琼":
        corpus.plant(f"车牌登记地{character}")
        if len(corpus.saying(character)) <= FEW:
            yield corpus.question(character, character)


def two_characters(corpus: Corpus) -> Iterator[Question]:
    """A word of two."""
    for word in corpus.rare_words(2):
        yield corpus.question(word, word)


def four_characters(corpus: Corpus) -> Iterator[Question]:
    """A run that one record has in one piece, many in parts."""
    for number in range(QUESTIONS):
        goods, event = GOODS[number % 10], EVENTS[number // 3 % 10]
        run = goods[:2] + event[:2]
        for _ in range(30):
            corpus.plant(f"{goods[:2]}，{event[:2]}，{goods[1]}{event[0]}型")
        corpus.plant(f"记录{run}一次")
        yield corpus.question(run, run)


def phrase(corpus: Corpus) -> Iterator[Question]:
    """A piece of a sentence in quotation marks."""
    for entry in corpus.random.sample(corpus.entries, QUESTIONS):
        said = entry.title[:6]
        yield corpus.question(f'"{said}"', said)


def mixed(corpus: Corpus) -> Iterator[Question]:
    """Chinese, Latin letters and digits in one."""
    for number in range(QUESTIONS):
        said = f"{PLACES[number % 10]}{number + 3}号库B{number:02d}区"
        corpus.plant(said)
        yield corpus.question(said, said)


def fragments(corpus: Corpus) -> Iterator[Question]:
    """A part of a number that is written in groups, with dots or without gaps."""
    for number in range(QUESTIONS):
        digits = f"{corpus.random.randrange(10**10, 10**11)}"
        grouped = f"{digits[:3]} {digits[3:7]} {digits[7:]}"
        plate = f"粤B·{corpus.random.randrange(10**4, 10**5)}"
        corpus.plant(f"电话{grouped if number % 2 else digits}，车牌{plate}")
        typed = (digits[2:9], grouped, digits, plate.replace("·", ""), plate[-5:])[number % 5]
        yield corpus.question(typed, plate)


def full_width(corpus: Corpus) -> Iterator[Question]:
    """Typed in full width, written in half width; and the other way round."""
    for number in range(QUESTIONS):
        plain = f"MSKU{7310000 + number * 37}"
        wide = plain.translate({each: each + 0xFEE0 for each in range(0x21, 0x7F)})
        written, typed = (plain, wide) if number % 2 else (wide, plain)
        corpus.plant(f"箱号 {written} 已封")
        yield corpus.question(typed, plain)


def traditional(corpus: Corpus) -> Iterator[Question]:
    """Typed in traditional characters, written in simplified ones; and the other way round."""
    convert = opencc.OpenCC("s2t").convert
    for number in range(QUESTIONS):
        said = f"{GOODS[number % 10]}在{PLACES[number // 3 % 10]}{EVENTS[number // 5 % 10]}"
        written, typed = (said, convert(said)) if number % 2 else (convert(said), said)
        corpus.plant(written)
        yield corpus.question(typed, said)


def pinyin(corpus: Corpus) -> Iterator[Question]:
    """A customer's name as it sounds, and the records of that customer."""
    for number in range(QUESTIONS):
        name = (
            f"{PLACES[number % 10]}{GOODS[number % 7][-2:]}{DRIVERS[number % 9][-1]}泰{number}运业"
        )
        customer = Tag(f"k{number}", f"{name}有限公司")
        own = corpus.plant("主营货物", title=customer.label, customer=customer, names=(name,))
        visit = corpus.plant("例行拜访", customer=customer)
        folded = fold(name)
        initials = max(initials_terms(folded[:4]), key=len)
        typed = initials if number % 2 else max(spelling_terms(folded), key=len)
        yield Question(typed, partial(frozenset, (own, visit)))


def boolean(corpus: Corpus) -> Iterator[Question]:
    """Both, either, one without the other."""
    words = corpus.rare_words(2)
    for number, (one, other) in enumerate(zip(words, words, strict=False)):
        corpus.plant(f"{one}，另有{other}")
        name, combine = (
            ("", frozenset.intersection),
            ("OR ", frozenset.union),
            ("NOT ", frozenset.difference),
        )[number % 3]
        yield Question(
            f"{one} {name}{other}",
            lambda one=one, other=other, combine=combine: combine(  # type: ignore[misc]  # bound now
                corpus.saying(one), corpus.saying(other)
            ),
        )


def dates(corpus: Corpus) -> Iterator[Question]:
    """A word on a day, in a month, between two days."""
    for number, word in enumerate(corpus.rare_words(2)):
        at = datetime(2031, 1 + number % 12, 1 + number, 4, tzinfo=UTC)
        planted = corpus.plant(word, at=at)
        corpus.plant(word, at=at + timedelta(days=400))
        typed = (f"日期:{at:%Y-%m-%d}", f"日期:{at:%Y-%m}", f"自:{at:%Y-%m-%d} 至:2031-12-31")
        yield Question(f"{word} {typed[number % 3]}", partial(frozenset, (planted,)))


def variants(corpus: Corpus) -> Iterator[Question]:
    """Another spelling of the same word, in both directions."""
    for pair in SPELLINGS.split():
        one, other = pair.split("/")
        both = [corpus.plant(f"核实{said}情况") for said in (one, other)]
        for typed in (one, other):
            yield Question(f"核实{typed}情况", partial(frozenset, both))


def synonyms(corpus: Corpus) -> Iterator[Question]:
    """A word for which the record says another."""
    for number, (word, other, *_) in enumerate(SHIPPED):
        code = f"Q{70_000 + number}"
        both = [corpus.plant(f"{said}一宗，卷宗{code}") for said in (other, word)]
        yield Question(f"{word} {code}", partial(frozenset, both))


def misspelt(corpus: Corpus) -> Iterator[Question]:
    """A word with one character that sounds like the right one: the first of what is offered."""
    for number, word in enumerate(corpus.rare_words(4)):
        at = number % 4
        alike = characters_like(word[at])
        wrong = f"{word[:at]}{alike[number % len(alike)]}{word[at + 1 :]}" if alike else ""
        if wrong and not corpus.saying(wrong):
            yield corpus.question(wrong, word)


Asked = Callable[[Corpus], Iterator[Question]]
KINDS_ASKED: dict[str, tuple[Asked, float]] = {
    "one character": (one_character, 1.0),
    "two characters": (two_characters, 1.0),
    "four characters": (four_characters, 1.0),
    "phrase": (phrase, 1.0),
    "mixed": (mixed, 1.0),
    "fragments": (fragments, 1.0),
    "full width": (full_width, 1.0),
    "traditional": (traditional, 1.0),
    "pinyin": (pinyin, 1.0),
    "boolean": (boolean, 1.0),
    "dates": (dates, 1.0),
    "variants": (variants, 0.9),
    "synonyms": (synonyms, 0.9),
    "misspelt": (misspelt, 0.9),
}


def measure(bench: Bench) -> list[Figure]:
    """Recall among the first 20 of each kind of question, with each library."""
    corpus = Corpus()
    made = {kind: _some(asked(corpus)) for kind, (asked, _) in KINDS_ASKED.items()}
    # What was planted later may answer an earlier question too: it is asked of all records.
    figures = []
    for library in SearchLibrary:
        engine = open_engine(library, bench.folder / f"known-{library}")
        engine.rebuild(corpus.entries, "start")
        for kind, questions in made.items():
            recall = sum(recall_of(engine, each) for each in questions) / len(questions)
            limit = KINDS_ASKED[kind][1]
            figures.append(Figure.at_least(f"{library}: found, {kind}", recall, "of 1", limit))
        precise = precision_of(engine, corpus)
        figures.append(Figure.at_least(f"{library}: the word itself first", precise, "of 1", 1.0))
    return figures


def _some(questions: Iterator[Question]) -> list[Question]:
    return list(islice(questions, QUESTIONS))


def recall_of(engine: SearchEngine, question: Question) -> float:
    """The share of the answers that is among the first hits."""
    answers = question.answers()
    results = _asked(engine, question.typed)
    if not results.total:
        for meant in engine.meant(question.typed, access=ACCESS, vocabulary=VOCABULARY)[:1]:
            results = _asked(engine, meant)
    return len(answers & {hit.id for hit in results.hits}) / min(FIRST, len(answers))


def precision_of(engine: SearchEngine, corpus: Corpus) -> float:
    """Of the first hits for a word that has others, the share that says the word itself.

    As many hits are looked at as there are records that say it.
    """
    shares = []
    for word in VOCABULARY:
        own = corpus.saying(word)
        first = [hit.id for hit in _asked(engine, word).hits][: len(own)]
        if own:
            shares.append(len(own.intersection(first)) / len(first))
    return sum(shares) / len(shares)


def _asked(engine: SearchEngine, typed: str) -> Results:
    query = widen(parse_query(typed), SHIPPED).query
    return engine.search(query, access=ACCESS, per_page=FIRST)
