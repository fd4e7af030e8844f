"""What acts by itself in a file is named before anybody opens it."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from archive.recognition import Mark, PageReader
from tests.recognition import ugly_files as ugly

Keep = Callable[..., Path]
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NO_DATES = {"creation_date": "", "mod_date": ""}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def a_pdf(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """A PDF of one page, after *change*."""
    document, out = pikepdf.open(io.BytesIO(ugly.a_pdf(1))), io.BytesIO()
    change(document)
    document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def with_script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def with_a_launch_deep_inside(document: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.Launch, F="cmd.exe")
    field = Dictionary(Subtype=Name.Link, AA=Dictionary(D=action), Rect=[0, 0, 1, 1])
    document.pages[0].Annots = pikepdf.Array([field])


def with_a_file(document: pikepdf.Pdf) -> None:
    document.attachments["a"] = pikepdf.AttachedFileSpec(document, b"a", filename="a", **NO_DATES)


def a_docx_with_link(kind: str) -> bytes:
    """A Word file with a part elsewhere."""
    link = (
        f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="r9" Type="{OFFICE}/{kind}" '
        'Target="https://example.com/x" TargetMode="External"/></Relationships>'
    )
    return ugly.a_docx({"word/_rels/header9.xml.rels": link.encode()})


@pytest.mark.parametrize(
    ("content", "marks"),
    [
        (ugly.a_pdf(1), []),
        (a_pdf(with_script), [Mark.SCRIPT]),
        (a_pdf(with_a_launch_deep_inside), [Mark.LAUNCH]),
        (a_pdf(with_a_file), [Mark.EMBEDDED]),
        (ugly.a_docx(), []),
        (ugly.a_docx({"word/vbaProject.bin": b"x"}), [Mark.MACROS]),
        (ugly.a_docx({"word/embeddings/oleObject1.bin": b"x"}), [Mark.EMBEDDED]),
        (a_docx_with_link("attachedTemplate"), [Mark.LINKS]),
        (a_docx_with_link("hyperlink"), []),
        (OLE + "_VBA_PROJECT".encode("utf-16-le"), [Mark.MACROS]),
        (ugly.a_jpeg(), []),
        (b"%PDF-1.4 broken", []),
    ],
    ids=[
        "pdf", "script", "launch", "file", "docx", "macros", "object", "template", "hyperlink",
        "old-macros", "jpeg", "broken",
    ],
)  # fmt: skip
def test_what_acts_by_itself_is_marked(
    reader: PageReader, keep: Keep, content: bytes, marks: list[Mark]
) -> None:
    assert reader.marks(keep(content)) == marks
