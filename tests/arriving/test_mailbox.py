"""The mailbox for papers, on a real IMAP server: each attachment once, others' mails untouched."""

import os
import socket
import threading
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage

import pytest

from archive.actor import MAILBOX
from archive.arriving.models import Arrival, WayState
from archive.arriving.rules import Outcome, Way
from archive.arriving.service import mailbox
from archive.arriving.service.mailbox import take_mail
from archive.arriving.service.taking import Tools
from archive.channels import Mailbox, MailboxAway, MailboxRefused
from archive.filing.models import Deposit
from archive.filing.rules import AttachmentKind
from tests.arriving.conftest import digest
from tests.arriving.imap import Server, running_server
from tests.builders import a_customer
from tests.recognition import ugly_files as ugly

ZHANG = "zhang@example.com"


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    """One server for all of these tests."""
    with running_server() as server:
        yield server


@pytest.fixture
def server(running: Server) -> Server:
    """It, with an empty mailbox."""
    running.new_account()
    return running


def a_mail(
    *attached: tuple[str, bytes], sender: str = ZHANG, subject: str = "执照", identity: str = "1"
) -> bytes:
    """A mail with files."""
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = sender, subject, f"<{identity}@example.com>"
    mail.set_content("见附件。")
    for name, content in attached:
        mail.add_attachment(content, "application", "octet-stream", filename=name)
    return mail.as_bytes()


def look(box: Mailbox, now: datetime, tools: Tools) -> None:
    """One look, as the worker does."""
    WayState.take_in_hand(Way.MAILBOX, now)
    mailbox.look(box, now=now, tools=tools)


def test_what_allowed_senders_attach_comes_in_and_the_mail_is_moved(
    server: Server, now: datetime, tools: Tools
) -> None:
    customer = a_customer()
    one, two = ugly.a_pdf(1), ugly.a_jpeg()
    server.send(
        a_mail((f"{customer.customer_code}_营业执照.pdf", one), ("照片.jpg", two)),
        a_mail(("secret.pdf", ugly.a_pdf(2)), sender="li@elsewhere.example", identity="2"),
        a_mail(("secret.pdf", ugly.a_pdf(2)), sender="notzhang@example.com", identity="3"),
    )
    look(server.mailbox(), now, tools)
    first, second = Deposit.objects.order_by("created_at", "id")
    assert {first.file.sha256, second.file.sha256} == {digest(one), digest(two)}
    assert first.uploader_id == MAILBOX.id
    assert first.origin.words == "zhang@example.com · 执照"
    assert (first.origin.customer_id, first.origin.kind) == (customer.id, AttachmentKind.LICENCE)
    assert (server.folder("INBOX"), server.folder("已收"), server.folder("退回")) == (2, 1, 0)
    state = WayState.of(Way.MAILBOX)
    assert (state.left_alone, state.waiting, state.faults) == (2, 0, 0)


def test_a_whole_domain_can_be_allowed(server: Server, now: datetime, tools: Tools) -> None:
    server.send(a_mail(("a.pdf", ugly.a_pdf()), sender="Wang <WANG@Example.com>"))
    look(server.mailbox("@example.com"), now, tools)
    assert Deposit.objects.count() == 1


def test_a_mail_with_nothing_attached_is_moved_and_noted(
    server: Server, now: datetime, tools: Tools
) -> None:
    server.send(a_mail(subject="忘了附件"))
    look(server.mailbox(), now, tools)
    assert (server.folder("INBOX"), server.folder("已收")) == (0, 1)
    [arrival] = Arrival.objects
    assert (arrival.name, arrival.outcome) == ("忘了附件", Outcome.NOTHING)


def test_what_is_refused_says_why_and_the_rest_comes_in(
    server: Server, now: datetime, tools: Tools
) -> None:
    server.send(
        a_mail(
            ("winmail.dat", b"\x78\x9f\x3e\x22" + bytes(500)),
            ("a.svg", b"<svg/>"),
            ("好.pdf", ugly.a_pdf()),
        )
    )
    look(server.mailbox(), now, tools)
    assert [each.file.original_name for each in Deposit.objects] == ["好.pdf"]
    whys = {each.name: each.why.get("zh", "") for each in Arrival.objects}
    assert "winmail.dat" in whys["winmail.dat"]
    assert "SVG" in whys["a.svg"]
    assert (server.folder("INBOX"), server.folder("退回")) == (0, 1)


def test_taken_in_and_not_moved_before_a_crash_it_comes_in_once(
    server: Server, now: datetime, tools: Tools
) -> None:
    server.send(a_mail(("a.pdf", ugly.a_pdf()), ("b.jpg", ugly.a_jpeg())))
    with server.mailbox().opened() as session:
        [head], _ = session.waiting()
        take_mail(session, head, now=now, tools=tools)  # and killed before the mail is moved
    look(server.mailbox(), now, tools)
    assert Deposit.objects.count() == 2
    assert (server.folder("INBOX"), server.folder("已收")) == (0, 1)


def test_the_same_file_in_another_mail_is_another_deposit(
    server: Server, now: datetime, tools: Tools
) -> None:
    for identity in ("1", "2"):
        server.send(a_mail(("a.pdf", ugly.a_pdf()), identity=identity))
    look(server.mailbox(), now, tools)
    assert Deposit.objects.count() == 2


def test_an_attachment_of_thirty_megabytes_comes_in_whole(
    server: Server, now: datetime, tools: Tools
) -> None:
    content = ugly.a_pdf() + b"\n%" + os.urandom(30 * 1024 * 1024).replace(b"\n", b" ") + b"\n%%EOF"
    server.send(a_mail(("大.pdf", content)))
    look(server.mailbox(), now, tools)
    assert [each.file.sha256 for each in Deposit.objects] == [digest(content)]


def test_a_wrong_password_and_a_missing_folder_are_said(server: Server) -> None:
    for given in ({"password": "falsch"}, {"folder": "没有"}):
        with pytest.raises(MailboxRefused), server.mailbox(**given).opened():
            pass


def test_a_server_that_hangs_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        box = Server(silent.getsockname()[1], home=None).mailbox()  # type: ignore[arg-type]  # nothing is kept

        def greet() -> None:
            connection, _ = silent.accept()
            connection.sendall(b"* OK hello\r\n")
            threading.Event().wait(3)
            connection.close()

        threading.Thread(target=greet, daemon=True).start()
        with pytest.raises(MailboxAway), box.opened(over_within=0.5):
            pass


def test_a_server_that_is_down_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    box = Server(port, home=None).mailbox()  # type: ignore[arg-type]  # nothing is kept
    with pytest.raises(MailboxAway) as away, box.opened():
        pass
    assert away.value.facts["host"] == "127.0.0.1"
