"""What is attached to a mail, however its sender's program wrote it."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from archive.recognition import MailUnreadable, PageReader, mails
from archive.seams import Seams
from tests.recognition import ugly_files as ugly

NAME = "营业执照.pdf"
HEAD = b"From: =?GB2312?B?1cXI/Q==?= <Zhang@Example.com>\r\nMessage-ID: <1@example.com>\r\n"


def written(path: Path, content: bytes) -> Path:
    """A mail on disk."""
    path.write_bytes(content)
    return path


def with_attachment(disposition: bytes, media_type: bytes = b"application/pdf") -> bytes:
    """A mail with one attachment that is named as *disposition* says."""
    return (
        HEAD + b"Subject: =?utf-8?B?5omn54Wn?=\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\n"
        b"text\r\n--B\r\nContent-Type: "
        + media_type
        + b"\r\nContent-Disposition: "
        + disposition
        + b"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--B--\r\n"
    )


@pytest.mark.parametrize(
    "disposition",
    [
        b'attachment; filename="' + NAME.encode("gb18030") + b'"',
        b'attachment; filename="' + NAME.encode() + b'"',
        b"attachment; filename*=UTF-8''%E8%90%A5%E4%B8%9A%E6%89%A7%E7%85%A7.pdf",
        b"attachment; filename*=gb2312''%D3%AA%D2%B5%D6%B4%D5%D5.pdf",
        b"attachment; filename*0*=utf8''%E8%90%A5;\r\n filename*1*=%E4%B8%9A%E6%89%A7%E7%85%A7.pdf",
        b'attachment; filename="=?GB18030?B?06rStda01dUucGRm?="',
        b'attachment;\r\n filename="=?utf-8?B?6JCl5Lia?=\r\n =?utf-8?B?5omn54WnLnBkZg==?="',
    ],
)
def test_names_of_attachments_are_read_in_every_encoding(
    tmp_path: Path, disposition: bytes
) -> None:
    facts = mails.read(written(tmp_path / "mail", with_attachment(disposition)))
    assert (facts.sender, facts.subject, facts.message_id) == (
        "zhang@example.com",
        "执照",
        "<1@example.com>",
    )
    assert [(part.name, part.size) for part in facts.parts] == [(NAME, 5)]


def test_characters_beyond_gb2312_are_read_where_a_name_says_gb2312(tmp_path: Path) -> None:
    name = "喆镕.pdf".encode("gb18030").hex("%").upper()
    mail = with_attachment(b"attachment; filename*=gb2312''%" + name.encode())
    assert mails.read(written(tmp_path / "mail", mail)).parts[0].name == "喆镕.pdf"


def test_text_logos_and_signatures_are_no_attachments_and_large_pictures_are(
    tmp_path: Path,
) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "zhang@example.com", "照片"
    mail.set_content("text")
    mail.add_alternative("<img src='cid:a'>", subtype="html")
    for picture, given in (
        (b"l" * 3000, {"cid": "<logo>", "disposition": "inline", "filename": "logo.png"}),
        (b"p" * 60_000, {"cid": "<photo>", "disposition": "inline"}),
    ):
        mail.get_payload()[1].add_related(picture, "image", "png", **given)  # type: ignore[index,union-attr]
    mail.add_attachment(b"s", "application", "pkcs7-signature", filename="smime.p7s")
    forwarded, content = EmailMessage(), ugly.a_pdf()
    forwarded.set_content("forwarded")
    forwarded.add_attachment(content, "application", "pdf", filename="转发.pdf")
    mail.add_attachment(forwarded)
    facts = mails.read(written(tmp_path / "mail", mail.as_bytes()))
    assert [part.size for part in facts.parts] == [60_000, len(content)]
    assert facts.parts[1].name == "转发.pdf"
    assert facts.parts[0].name.endswith(".png")
    assert mails.part(tmp_path / "mail", facts.parts[1].number) == content


def test_what_is_no_mail_has_no_attachments(tmp_path: Path) -> None:
    for content in (b"", b"\0" * 1000, ugly.a_jpeg(), b"Content-Type: multipart/mixed\r\n\r\n"):
        assert mails.read(written(tmp_path / "mail", content)).parts == ()


def test_parts_within_parts_without_end_are_refused_in_the_child(
    tmp_path: Path, parts: Seams
) -> None:
    content = b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (number, number)
        for number in range(3000)
    )
    reader: PageReader = parts.recognition
    with pytest.raises(MailUnreadable):
        reader.mail(written(tmp_path / "mail", content))
    small = with_attachment(b"attachment; filename=a.pdf")
    assert reader.mail(written(tmp_path / "mail", small)).parts[0].name == "a.pdf"
    assert reader.mail_part(tmp_path / "mail", 2) == b"%PDF-"
