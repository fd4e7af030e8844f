"""Kinds learned from texts: in a child process, measured, kept as plain numbers."""

import random
import subprocess
import sys

import pytest

from archive.recognition.learning import (
    LEAST,
    LOWEST,
    Learned,
    Measured,
    is_held_back,
    learn,
    learn_apart,
    marks_of,
)

PHRASES = {
    "cooperation_plan": ["合作方案", "合作目标与分工", "双方拟合作", "方案有效期", "合作模式"],
    "visit_record": ["拜访记录", "拜访时间与地点", "客户反映近期货量", "下一步跟进", "参加人员"],
    "complaint_evidence": ["货损照片说明", "破损件数", "客户投诉情况", "现场照片", "赔偿要求"],
}


def texts_and_kinds(number: int, seed: int = 3) -> tuple[list[str], list[str]]:
    """Texts of a few kinds, no two the same."""
    chance = random.Random(seed)
    kinds = [chance.choice(list(PHRASES)) for _ in range(number)]
    filler = "公司客户货物运输年月日示例元吨车"
    texts = [
        "".join(
            chance.choice(PHRASES[kind]) + "".join(chance.choices(filler, k=4)) for _ in range(12)
        )
        for kind in kinds
    ]
    return texts, kinds


@pytest.fixture(scope="module")
def learned() -> Learned:
    """What was learned in a process of its own."""
    found = learn_apart(*texts_and_kinds(300))
    assert found
    return found


def test_what_was_learned_knows_papers_that_it_has_not_seen(learned: Learned) -> None:
    texts, kinds = texts_and_kinds(40, seed=9)
    said = [learned.kind_of(text)[0] for text in texts]
    assert sum(map(str.__eq__, said, kinds)) >= 38
    measured = learned.measured
    assert measured.kinds == sorted(PHRASES)
    assert measured.held_back == sum(map(is_held_back, texts_and_kinds(300)[0]))
    assert measured.learned_from == 300 - measured.held_back
    assert measured.accuracy >= 0.9


def test_learning_leaves_nothing_of_it_in_the_process_that_asks(learned: Learned) -> None:
    asked = "import archive.recognition.learning, sys; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_learning_twice_learns_the_same(learned: Learned) -> None:
    assert learn_apart(*texts_and_kinds(300)) == learned


def test_what_is_kept_is_what_was_learned(learned: Learned) -> None:
    assert Learned.of_bytes(learned.as_bytes()) == learned


def test_of_few_papers_or_one_kind_nothing_is_learned() -> None:
    assert learn(*texts_and_kinds(LEAST - 1)) is None
    texts, _ = texts_and_kinds(100)
    assert learn(texts, ["letter"] * 100) is None


def test_what_cannot_be_told_apart_is_never_used() -> None:
    texts, kinds = texts_and_kinds(200)
    random.Random(5).shuffle(kinds)
    found = learn_apart(texts, kinds)
    assert found
    assert found.measured.threshold > 1


def test_two_kinds_are_told_apart_too() -> None:
    texts, kinds = texts_and_kinds(240)
    two = [(text, kind) for text, kind in zip(texts, kinds, strict=True) if kind != "visit_record"]
    found = learn_apart([text for text, _ in two], [kind for _, kind in two])
    assert found
    kind, likely = found.kind_of("合作方案合作目标与分工方案有效期")
    assert (kind, likely > 0.5) == ("cooperation_plan", True)


def test_a_text_that_says_nothing_is_nothing() -> None:
    assert marks_of("") == {}
    assert LOWEST >= 0.9
    assert Measured(["a"], 1, 0, 0.0, 2.0).threshold > 1
