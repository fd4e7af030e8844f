"""The company's words that mean the same: each change is recorded and can be taken back."""

from collections.abc import Callable
from datetime import datetime

import pytest

from archive.actor import Actor, Role
from archive.database import EditedMeanwhile
from archive.errors import NotPermitted
from archive.synonyms import service
from archive.synonyms.errors import StateUnchanged, WordTaken
from archive.synonyms.models import Synonyms
from archive.synonyms.rules import SHIPPED, WordsState, folded, is_word
from tests.builders import a_custodian

ActorAs = Callable[..., Actor]


def test_no_shipped_word_is_in_two_groups() -> None:
    words = [word for group in SHIPPED for word in group]
    assert len(folded(words)) == len(words)
    assert all(map(is_word, words))
    assert SHIPPED[0][:3] == ("货损", "破损", "摔坏")


def test_the_trade_s_words_are_brought_once(empty_site: object, now: datetime) -> None:
    service.install_shipped(now=now)
    assert set(Synonyms.used()) == {tuple(folded(words)) for words in SHIPPED}
    first = Synonyms.objects.first()
    first.change(a_custodian(), now, "synonyms.edited", {"words": ["货损", "破了"]})
    service.install_shipped(now=now)
    assert Synonyms.objects.count() == len(SHIPPED)
    assert Synonyms.find(first.key).words == ["货损", "破了"]


@pytest.mark.parametrize("role", [Role.CUSTODIAN, Role.ADMINISTRATOR])
def test_a_group_is_added_edited_stopped_and_used_again(
    actor_as: ActorAs, now: datetime, role: Role
) -> None:
    who = actor_as(role)
    group = service.add_group(["货损", "破损"], actor=who, now=now)
    service.edit_group(group, actor=who, now=now, seen=1, words=["货损", "破损", "摔坏"])
    assert Synonyms.used() == [("货损", "破损", "摔坏")]
    service.stop_group(group, "会混淆", actor=who, now=now)
    assert Synonyms.used() == []
    with pytest.raises(StateUnchanged):
        service.stop_group(Synonyms.find(group.key), "再停", actor=who, now=now)
    service.resume_group(Synonyms.find(group.key), "还是要", actor=who, now=now)
    assert Synonyms.find(group.key).state is WordsState.USED
    events = [(event.action, event.reason) for event in Synonyms.find(group.key).pending]
    assert events == [
        ("synonyms.added", None),
        ("synonyms.edited", None),
        ("synonyms.stopped", "会混淆"),
        ("synonyms.resumed", "还是要"),
    ]


def test_a_word_is_in_one_group_alone(actor_as: ActorAs, now: datetime) -> None:
    who = actor_as(Role.CUSTODIAN)
    service.add_group(["货损", "破损"], actor=who, now=now)
    other = service.add_group(["延误", "晚到"], actor=who, now=now)
    with pytest.raises(WordTaken) as refused:
        service.add_group(["貨損", "碎了"], actor=who, now=now)
    assert refused.value.facts == {"word": "貨損", "others": "货损、破损"}
    with pytest.raises(WordTaken):
        service.edit_group(other, actor=who, now=now, seen=1, words=["延误", "破损"])
    assert Synonyms.find(other.key).words == ["延误", "晚到"]


def test_of_two_who_edit_at_once_the_second_is_told(actor_as: ActorAs, now: datetime) -> None:
    who = actor_as(Role.CUSTODIAN)
    group = service.add_group(["货损", "破损"], actor=who, now=now)
    service.edit_group(group, actor=who, now=now, seen=1, words=["货损", "摔坏"])
    with pytest.raises(EditedMeanwhile):
        service.edit_group(group, actor=who, now=now, seen=1, words=["货损", "压坏"])


def test_nobody_else_changes_them(actor_as: ActorAs, now: datetime) -> None:
    with pytest.raises(NotPermitted):
        service.add_group(["货损", "破损"], actor=actor_as(Role.GENERAL_MANAGER), now=now)
