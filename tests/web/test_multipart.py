"""Names of files in the encodings that Chinese offices use; each file stands by itself."""

import pytest
from flask import Flask
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.routing import Rule
from werkzeug.test import EnvironBuilder

from archive.web.multipart import head_in_utf8
from archive.web.spool import ArchiveRequest

DISPOSITION = b'Content-Disposition: form-data; name="files"; '


def body_of(*heads: bytes) -> bytes:
    """A request's body: a part under each of *heads*."""
    parts = b"".join(
        b"--XyZ\r\n" + DISPOSITION + head + b"\r\n\r\n%%PDF-1.4 %d\r\n" % number
        for number, head in enumerate(heads)
    )
    return parts + b"--XyZ--\r\n"


def read(site: Flask, body: bytes) -> ArchiveRequest:
    """The request as a view sees it."""
    builder = EnvironBuilder(
        method="POST", data=body, content_type="multipart/form-data; boundary=XyZ"
    )
    with site.app_context():
        request = ArchiveRequest(builder.get_environ())
        request.url_rule = Rule("/intake/upload", endpoint="intake.upload")
        assert request.files is not None
        return request


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('filename="二.pdf"'.encode(), "二.pdf"),
        ('filename="二.pdf"'.encode("gbk"), "二.pdf"),
        ('filename="𠮷祥.pdf"'.encode("gb18030"), "𠮷祥.pdf"),
        ('filename="許可證；副本.pdf"'.encode("gbk"), "許可證；副本.pdf"),
        ("filename=二 副本.pdf".encode("gbk"), "二 副本.pdf"),
        (b"filename*=GBK''%B6%FE.pdf", "二.pdf"),
        (b"filename=\"x.pdf\"; filename*=gb2312'zh'%B6%FE.pdf", "二.pdf"),
        (b"filename=\"x.pdf\"; filename*=UTF-8''%E4%BA%8C.pdf", "二.pdf"),
        (b'filename="\xff\xff.pdf"', "\ufffd\ufffd.pdf"),
    ],
)
def test_a_name_is_read_in_whatever_encoding_it_comes(
    empty_site: Flask, head: bytes, name: str
) -> None:
    request = read(empty_site, body_of(b'filename="a.pdf"', head, b'filename="c.pdf"'))
    files = request.files.getlist("files")
    assert [each.filename for each in files] == ["a.pdf", name, "c.pdf"]
    assert [each.read() for each in files] == [b"%PDF-1.4 0", b"%PDF-1.4 1", b"%PDF-1.4 2"]
    request.close()


def test_the_texts_of_a_form_are_read_likewise(empty_site: Flask) -> None:
    body = '--XyZ\r\nContent-Disposition: form-data; name="title"\r\n\r\n执照\r\n--XyZ--\r\n'
    for encoding in ("utf-8", "gbk"):
        assert read(empty_site, body.encode(encoding)).form["title"] == "执照"


def test_a_head_that_is_in_order_stays_as_it_is() -> None:
    head = DISPOSITION + 'filename="a;b \\" 二.pdf"\r\nContent-Type: text/plain'.encode()
    assert head_in_utf8(head) == head


def test_a_text_that_exceeds_the_memory_is_refused(empty_site: Flask) -> None:
    body = b'--XyZ\r\nContent-Disposition: form-data; name="title"\r\n\r\n%s\r\n--XyZ--\r\n'
    with pytest.raises(RequestEntityTooLarge):
        read(empty_site, body % (b"x" * 3_000_000))
