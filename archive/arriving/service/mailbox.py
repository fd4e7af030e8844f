"""The mailbox that papers are sent to: what is attached to mails of allowed senders.

A mail is moved when all of it is in. A crash before makes the next look find it again, and each
attachment is known by the mail's own identity, its number and its bytes.
"""

import time
from dataclasses import dataclass
from datetime import datetime

from archive import clock
from archive.actor import MAILBOX
from archive.arriving.errors import MailNotRead, MailTooLarge, WinmailFile
from archive.arriving.models import WayState
from archive.arriving.rules import Outcome, Way
from archive.arriving.service.hints import LONGEST, Hints
from archive.arriving.service.taking import Spooled, Taken, Tools, note, take
from archive.channels import Mailbox
from archive.channels.mailbox import MailHead, OpenMailbox
from archive.errors import ArchiveError, Unavailable
from archive.filing.errors import PagesBusy
from archive.filing.models import Origin
from archive.filing.rules import bytes_in_words, showable_name
from archive.recognition import MailUnreadable, ReaderGaveUp
from archive.recognition.mails import MailFacts, MailPart

MOST_BYTES = 150 * 1024 * 1024  # of one mail; most servers take much less
MOST_SECONDS = 60.0  # of one look; the next goes on
WINMAIL = b"\x78\x9f\x3e\x22"  # what Outlook packs attachments into (MS-OXTNEF 2.1.3.1)


@dataclass(frozen=True)
class Mail:
    """A mail under way."""

    facts: MailFacts
    identity: str
    words: str


def look(mailbox: Mailbox, *, now: datetime, tools: Tools) -> bool:
    """Take in what came; whether more waits than one look takes.

    Raises:
        MailboxAway, MailboxRefused: as `Mailbox.opened`.
        Unavailable, PagesBusy: a store cannot be reached, or recognition has no room; the mail
            stays where it is.
    """
    until, done = time.monotonic() + MOST_SECONDS, 0
    with mailbox.opened() as session:
        heads, others = session.waiting()
        for head in heads:
            if time.monotonic() > until:
                break
            WayState.keep_in_hand(Way.MAILBOX, clock.now())
            is_whole = take_mail(session, head, now=now, tools=tools)
            session.move(head, mailbox.done if is_whole else mailbox.refused)
            done += 1
    WayState.note_well(Way.MAILBOX, now, waiting=len(heads) - done, left_alone=others)
    return done < len(heads)


def take_mail(session: OpenMailbox, head: MailHead, *, now: datetime, tools: Tools) -> bool:
    """Take one mail's attachments in; whether all were."""
    upload = tools.spool()
    try:
        mail = _fetched(session, head, upload, tools)
        outcomes = [_take_part(upload, mail, each, now, tools) for each in mail.facts.parts]
    except (MailTooLarge, MailNotRead) as refused:
        taken = Taken(Outcome.REFUSED, why=tools.in_words(refused))
        note(Way.MAILBOX, head.sender, head.sender, taken, now)
        return False
    finally:
        upload.close()
    if not outcomes:
        title = mail.facts.subject or head.sender
        note(Way.MAILBOX, title, mail.words, Taken(Outcome.NOTHING), now)
    return Outcome.REFUSED not in outcomes


def _fetched(session: OpenMailbox, head: MailHead, upload: Spooled, tools: Tools) -> Mail:
    most = min(MOST_BYTES, upload.limit)
    if head.size > most:
        raise MailTooLarge(found=bytes_in_words(head.size), limit=bytes_in_words(most))
    session.fetch(head, upload.write)
    upload.seek(0)
    try:
        facts = tools.recognition.mail(upload.path)
    except (MailUnreadable, ReaderGaveUp) as error:
        raise MailNotRead() from error
    words = f"{head.sender} · {showable_name(facts.subject)}" if facts.subject else head.sender
    return Mail(facts, facts.message_id or upload.sha256, words[:LONGEST])


def _take_part(upload: Spooled, mail: Mail, part: MailPart, now: datetime, tools: Tools) -> Outcome:
    attached = tools.spool()
    try:
        content = tools.recognition.mail_part(upload.path, part.number)
        _refuse_winmail(content)
        attached.write(content)
        taken = take(
            attached,
            name=part.name,
            same=f"mail\0{mail.identity}\0{part.number}",
            origin=_origin(mail, part),
            actor=MAILBOX,
            now=now,
            tools=tools,
        )
    except (Unavailable, PagesBusy):
        raise
    except ArchiveError as refused:
        taken = Taken(Outcome.REFUSED, why=tools.in_words(refused))
    finally:
        attached.close()
    note(Way.MAILBOX, part.name, mail.words, taken, now)
    return taken.outcome


def _refuse_winmail(content: bytes) -> None:
    if content.startswith(WINMAIL):
        raise WinmailFile()


def _origin(mail: Mail, part: MailPart) -> Origin:
    hint = Hints().of((), part.name) or Hints().of((), mail.facts.subject)
    return Origin(
        words=mail.words,
        customer_id=hint.customer_id if hint else None,
        kind=hint.kind if hint else None,
    )
