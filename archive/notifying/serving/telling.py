"""What is to be told to whom now, from all that the chapters declare."""

from datetime import datetime
from typing import Any

from pymongo.errors import PyMongoError

from archive.accounts.models import User
from archive.actor import Actor
from archive.channels import Channels
from archive.notifying.models import GROUP, Arrangements, Notice, NoticeWishes
from archive.notifying.rules import Channel, OutState
from archive.urgency import Step
from archive.web.badges import badge
from archive.web.chapter import mounted
from archive.web.duties import arranged_duties

NAME = "notices"


def tell_all(channels: Channels, now: datetime) -> int:
    """Tell everybody whose account is in use what they were not told yet; how much that was."""
    people = User.objects(is_disabled__ne=True).order_by("id")
    return sum(tell(person, channels, now) for person in people)


def tell(person: User, channels: Channels, now: datetime) -> int:
    """Tell *person* each step of each of their duties, and each piece of news, that is new.

    How it leaves the archive is written with it: what the person wishes, and for the steps that
    the company has arranged also its group. The group comes first: a worker killed in between
    tells it again, to no effect.
    """
    due = due_notices(person.as_actor(), now)
    told = Notice.told(person.key, due)
    new = [given for key, given in due.items() if key not in told]
    arranged = Arrangements.in_force()
    if channels.robot:
        out = outward(Channel.ROBOT, now)
        told_there = [each for each in new if each.get("step") in arranged.group_steps]
        Notice.tell({**each, "person_id": GROUP, "out": out} for each in told_there)
    wishes = NoticeWishes.of(person.key) if new and channels.mail else None
    for each in new if wishes else ():
        step = Step[each["step"].upper()] if "step" in each else None
        if wishes and (at := wishes.send_at(step, now, arranged)) is not None:
            each["out"] = outward(Channel.MAIL, at)
    return Notice.tell(new)


def outward(channel: Channel, at: datetime) -> dict[str, Any]:
    """The way of a notice that is sent over *channel*, not before *at*."""
    return {"channel": channel.value, "state": OutState.WAITING.value, "at": at, "tries": 0}


def due_notices(who: Actor, now: datetime) -> dict[str, dict[str, Any]]:
    """What *who* has to have been told by *now*, by the key under which it is told once."""
    found: dict[str, dict[str, Any]] = {}
    for duty in arranged_duties(who, now):
        if (step := duty.step_at(now)) is not None:
            found[duty.told_as(step)] = {
                "step": step.value,
                "label": duty.label,
                "about": duty.about,
                "address": duty.address,
                "due_at": duty.due_at,
            }
    for chapter in mounted():
        for news in chapter.news(who, now) if chapter.news else ():
            found[news.key] = {
                "label": news.label,
                "about": news.about,
                "address": news.address,
            }
    for key, given in found.items():
        given |= {"person_id": who.id, "told_as": key, "created_at": now}
    return found


def count_unread(who: Actor) -> int:
    """How many notices *who* has not read, for the bell of every page."""
    try:
        return badge(NAME, who, lambda each: int(Notice.unread(each.id).count()))
    except PyMongoError:
        return 0  # a page that says that the database is away has no count
