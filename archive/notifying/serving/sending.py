"""Sending what leaves the archive: a link and what to do, nothing else.

No name of a customer, no text of a record: whoever reads a mail or a group has not signed in.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext

from archive.accounts.models import User
from archive.channels import ChannelAway, Channels
from archive.notifying.models import GROUP, Notice, NoticeWishes

log = logging.getLogger(__name__)


def send_due(channels: Channels, now: datetime) -> int:
    """Send all that is to be sent at *now*; how many mails and messages were taken.

    What is sent is leased first and noted afterwards: a worker that is killed in between has it
    sent once more, and one that is killed before has it sent by another.
    """
    sent = 0
    for person_id, channel in Notice.to_send(now):
        lease, notices = Notice.lease(person_id, channel, now)
        if not notices:
            continue  # another worker has them
        try:
            is_sent = send(channels, person_id, notices)
        except ChannelAway as away:
            log.warning("notifying: %s took nothing: %s", channel.value, away.facts["why"])
            Notice.note_failed(lease, notices, now)
        else:
            Notice.note_sent(lease, now) if is_sent else Notice.keep_inside(lease)
            sent += is_sent
    return sent


def send(channels: Channels, person_id: str, notices: Sequence[Notice]) -> bool:
    """Send *notices* as one mail or one message; False where there is no way for them any more.

    Raises:
        ChannelAway: it was not taken.
    """
    if person_id == GROUP:
        if channels.robot is None:
            return False
        channels.robot.send(group_text(channels.base, notices))
        return True
    wishes = NoticeWishes.of(person_id)
    person = User.objects(id=person_id, is_disabled__ne=True).first()
    if channels.mail is None or person is None or wishes is None or not wishes.wants_mail:
        return False
    subject = gettext("客户档案：%(count)s 条通知", count=len(notices))
    channels.mail.send(wishes.email, subject, mail_text(channels.base, notices))
    return True


def mail_text(base: str, notices: Sequence[Notice]) -> str:
    """What a mail says: for each notice what it is, and its link."""
    lines = [f"{in_words(each)}\n{base}/notices/{each.key}\n" for each in notices]
    lines.append(gettext("请登录后查看。要更改通知的方式："))
    lines.append(f"{base}/notices/settings")
    return "\n".join(lines)


def group_text(base: str, notices: Sequence[Notice]) -> str:
    """What a group is told: for each notice what it is, and the link of its page."""
    lines = [gettext("客户档案：有待办需要处理")]
    lines += [f"{in_words(each)}\n{base}{each.address}" for each in notices]
    return "\n".join(lines)


def in_words(notice: Notice) -> str:
    """What is to be done, and how it presses."""
    what = gettext(notice.label)
    return f"{what} · {gettext(notice.step.label)}" if notice.step else what


def try_mail(channels: Channels, to: str) -> ChannelAway | None:
    """Send a mail that says that mails arrive; why not, where it was not taken."""
    if channels.mail is None:
        return ChannelAway(why=gettext("还没有设置邮件服务器"))
    text = gettext("收到这封邮件，说明通知邮件可以送达。")
    try:
        channels.mail.send(to, gettext("客户档案：测试邮件"), text)
    except ChannelAway as away:
        return away
    return None


def try_robot(channels: Channels) -> ChannelAway | None:
    """Send a message that says that messages arrive; why not, where it was not taken."""
    if channels.robot is None:
        return ChannelAway(why=gettext("还没有设置群机器人"))
    try:
        channels.robot.send(gettext("客户档案：收到这条消息，说明群通知可以送达。"))
    except ChannelAway as away:
        return away
    return None
