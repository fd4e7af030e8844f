"""What Word would show instead of what is filled in: handled, or named with its place."""

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from archive.docgen import DraftWriter, FaultKind
from archive.docgen.package import PackageFlaw
from archive.docgen.places import Region
from tests.docgen.word_files import fill, holding, run, saved, with_parts

TAG = "{{ 客户.名称 }}"
NAME = "华盛货运示例有限公司"
VALUES = {"客户": {"名称": NAME}}
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OOXML = "application/vnd.openxmlformats-officedocument"
OLD = "上一位客户"
Changes = dict[str, bytes | Callable[[bytes], bytes]]


def field(instruction: str, shown: str, code: str = "") -> str:
    """A field as Word writes it, showing this text."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    words = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    parts = (mark.format("begin"), words, code, mark.format("separate"), run(shown))
    return "".join(parts) + mark.format("end")


def related(kind: str, target: str, mode: str = "") -> Changes:
    """A relationship rId77 of the document."""
    entry = f'<Relationship Id="rId77" Type="{OFFICE}/{kind}" Target="{target}" {mode}/>'
    name = "word/_rels/document.xml.rels"
    return {name: lambda xml: xml.replace(b"</Relationships>", f"{entry}</Relationships>".encode())}


def typed(content_type: str, name: str) -> Changes:
    """The declaration of a part."""
    entry = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'.encode()
    return {"[Content_Types].xml": lambda xml: xml.replace(b"</Types>", entry)}


def boxed(choice: str, fallback: str) -> str:
    """A text box as Word 2010 and later writes it: once for itself, once for old readers."""
    box = "<w:txbxContent><w:p>{}</w:p></w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent {MC}><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{box.format(run(choice))}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:textbox>{box.format(run(fallback))}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


MC = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)

CONTROL = "<w:sdt><w:sdtPr>{}<w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
BOUND = CONTROL.format('<w:dataBinding w:xpath="/a" w:storeItemID="{{}}"/>', run(OLD))

HANDLED = {
    "a control that is bound": CONTROL.format('<w:dataBinding w:xpath="/a"/>', run(TAG)),
    "a control that waits to be typed in": CONTROL.format("<w:showingPlcHdr/>", run(TAG)),
    "a property": field("DOCPROPERTY 客户", TAG),
    "the title": field("TITLE", TAG),
    "a date": field("DATE \\@ yyyy", TAG),
    "a form field": field("FORMTEXT", TAG),
    "a mail merge field": field("MERGEFIELD 客户", TAG),
    "a simple field": f'<w:fldSimple w:instr=" DOCPROPERTY x ">{run(TAG)}</w:fldSimple>',
    "a field within a field": field("IF 1 = 1", TAG, field("DOCPROPERTY x", "旧")),
    "a reference to the tag": f'<w:bookmarkStart w:id="1" w:name="甲方"/>{run(TAG)}'
    f'<w:bookmarkEnd w:id="1"/>{field("REF 甲方 h", OLD)}',
    "a link": f'<w:hyperlink r:id="rId99">{run(TAG)}</w:hyperlink>',
}


@pytest.mark.parametrize("name", HANDLED)
def test_what_is_filled_in_is_ordinary_text_in_the_draft(writer: DraftWriter, name: str) -> None:
    template = holding(HANDLED[name])
    assert writer.check(template).faults == ()
    made = docx.Document(BytesIO(fill(writer, template, VALUES)))
    assert NAME in writer.text_of(saved(made))
    assert OLD not in writer.text_of(saved(made))
    kept = {each.tag for each in made.element.body.iter()}
    assert not kept & {
        qn("w:dataBinding"),
        qn("w:instrText"),
        qn("w:fldSimple"),
        qn("w:showingPlcHdr"),
    }


def test_a_control_is_unbound_though_no_tag_is_in_it(writer: DraftWriter) -> None:
    made = docx.Document(BytesIO(fill(writer, holding(BOUND + run(TAG)), VALUES)))
    assert next(made.element.iter(qn("w:dataBinding")), None) is None


def test_both_copies_of_a_text_box_say_the_same(writer: DraftWriter) -> None:
    template = holding(boxed(TAG, "从前的文字"))
    assert writer.check(template).faults == ()
    made = docx.Document(BytesIO(fill(writer, template, VALUES)))
    boxes = [*made.element.iter(qn("w:txbxContent"))]
    assert ["".join(t.text for t in box.iter(qn("w:t"))) for box in boxes] == [NAME, NAME]


def test_a_fault_in_a_text_box_is_named_once(writer: DraftWriter) -> None:
    (fault,) = writer.check(holding(boxed("{{ 客户.错 }}", "{{ 客户.错 }}"))).faults
    assert fault.kind is FaultKind.UNKNOWN


@pytest.mark.parametrize(
    ("instruction", "instead"),
    [
        ('DATE \\@ "yyyy年M月d日"', "{{ 文件.日期 }}"),
        ("MERGEFIELD 客户名称", None),
        ("=SUM(ABOVE)", None),
        ("FILENAME", "{{ 文件.编号 }}"),
        ("AUTHOR", "{{ 文件.起草人 }}"),
        ("ASK 客户", None),
    ],
)
def test_a_field_that_word_makes_anew_is_named_with_its_paragraph(
    writer: DraftWriter, instruction: str, instead: str | None
) -> None:
    (fault,) = writer.check(holding(run("日期：") + field(instruction, "旧"))).faults
    assert fault.kind is FaultKind.LIVE_FIELD
    assert (fault.place.region, fault.place.paragraph) == (Region.BODY, 1)
    assert (fault.subject, fault.around, fault.suggestion) == (instruction, "旧", instead)


@pytest.mark.parametrize("instruction", ["PAGE", "TOC \\o", "PAGEREF _Toc1", "SEQ 表", "FORMTEXT"])
def test_a_field_that_only_counts_passes(writer: DraftWriter, instruction: str) -> None:
    assert writer.check(holding(field(instruction, "1"))).faults == ()


def test_a_field_that_repeats_a_property_is_fixed_and_named(writer: DraftWriter) -> None:
    template = holding(field("DOCPROPERTY 表单号", "QR-07") + run(TAG))
    (notice,) = writer.check(template).notices
    assert notice.kind is FaultKind.FIXED_FIELD
    assert notice.subject == "DOCPROPERTY 表单号 → QR-07"
    made = docx.Document(BytesIO(fill(writer, template, VALUES)))
    assert next(made.element.iter(qn("w:instrText")), None) is None
    assert made.paragraphs[0].text == f"QR-07{NAME}"


HIDDEN = '<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'


@pytest.mark.parametrize("text", [TAG, "内部价"])
def test_hidden_text_is_named(writer: DraftWriter, text: str) -> None:
    (fault,) = writer.check(holding(run("甲方：") + HIDDEN.format(text))).faults
    assert (fault.kind, fault.subject, fault.place.paragraph) == (FaultKind.HIDDEN, text, 1)


def test_text_hidden_by_a_style_is_named(writer: DraftWriter) -> None:
    document = docx.Document()
    secret = document.styles.add_style("暗", 2)
    secret.font.hidden = True
    built_on_it = document.styles.add_style("更暗", 2)
    built_on_it.base_style = secret
    document.add_paragraph("甲方：").add_run(TAG, style=built_on_it)
    assert [each.kind for each in writer.check(saved(document)).faults] == [FaultKind.HIDDEN]


def test_a_loop_that_is_hidden_passes_for_it_leaves_nothing(writer: DraftWriter) -> None:
    inner = HIDDEN.format("{% if 客户.名称 %}") + run(TAG) + HIDDEN.format("{% endif %}")
    assert writer.check(holding(inner)).faults == ()


PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    f'wordprocessingDrawing"><wp:docPr id="1" name="x" descr="{TAG}"/>'
    "</wp:inline></w:drawing></w:r>"
)
WATERMARK = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
    f'<v:textpath string="{TAG}"/></v:shape></w:pict></w:r>'
)
NOT_FILLED = {
    "alt text": (PICTURE, FaultKind.IN_ALT_TEXT),
    "watermark": (WATERMARK, FaultKind.IN_DRAWN_TEXT),
    "code of a field": (field(f'IF "{TAG}" = "x"', "旧"), FaultKind.IN_FIELD_CODE),
}


@pytest.mark.parametrize("name", NOT_FILLED)
def test_a_tag_that_is_not_text_is_named_by_what_it_is_in(writer: DraftWriter, name: str) -> None:
    inner, kind = NOT_FILLED[name]
    faults = [each for each in writer.check(holding(inner)).faults if each.kind is kind]
    assert [(each.place.region, each.place.paragraph) for each in faults] == [(Region.BODY, 1)]


DRAWING = '<c:x xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/{}" r:id="rId77"/>'
PARTS = {
    "chart": ("charts/chart1.xml", "drawingml.chart", FaultKind.IN_CHART),
    "diagramData": ("diagrams/data1.xml", "drawingml.diagramData", FaultKind.IN_DIAGRAM),
}


@pytest.mark.parametrize("kind", PARTS)
def test_a_tag_in_a_drawing_is_named_where_a_person_sees_it(writer: DraftWriter, kind: str) -> None:
    name, content_type, expected = PARTS[kind]
    template = with_parts(
        holding(run("甲方") + DRAWING.format(kind)),
        {
            f"word/{name}": f"<x><t>{TAG}</t></x>".encode(),
            **related(kind, name),
            **typed(
                f"application/vnd.openxmlformats-officedocument.{content_type}+xml", f"word/{name}"
            ),
        },
    )
    (fault,) = writer.check(template).faults
    assert (fault.kind, fault.place.region, fault.place.paragraph) == (expected, Region.BODY, 1)


def test_a_tag_in_a_comment_or_a_note_is_named_at_the_text_that_it_is_about(
    writer: DraftWriter,
) -> None:
    document = docx.Document()
    document.add_paragraph("第一段")
    document.add_comment(document.add_paragraph("第二段").runs, TAG)
    (fault,) = writer.check(saved(document)).faults
    assert (fault.kind, fault.place.paragraph) == (FaultKind.IN_COMMENT, 2)
    name = "word/footnotes.xml"
    notes = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="3"><w:p>{run(TAG)}</w:p></w:footnote>'
    noted = with_parts(
        holding(run("甲方") + '<w:r><w:footnoteReference w:id="3"/></w:r>'),
        {
            name: f"{notes}</w:footnotes>".encode(),
            **related("footnotes", "footnotes.xml"),
            **typed(f"{OOXML}.wordprocessingml.footnotes+xml", name),
        },
    )
    (fault,) = writer.check(noted).faults
    assert (fault.kind, fault.place.paragraph) == (FaultKind.IN_NOTE, 1)


REFUSED = {
    "a linked picture": ("image", "file:///C:/章.png", PackageFlaw.LINKED_PICTURE),
    "an embedded table": ("package", "embeddings/1.xlsx", PackageFlaw.OBJECT),
    "an object": ("oleObject", "embeddings/1.bin", PackageFlaw.OBJECT),
    "another file": ("aFChunk", "chunk.html", PackageFlaw.OTHER_FILE),
    "a control": ("control", "activeX/1.xml", PackageFlaw.CONTROL),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_text_of_the_file_is_refused_at_its_paragraph(
    writer: DraftWriter, name: str
) -> None:
    kind, target, flaw = REFUSED[name]
    mode = 'TargetMode="External"' if flaw is PackageFlaw.LINKED_PICTURE else ""
    inner = run("甲方") + '<w:r><w:object r:id="rId77"/></w:r>'
    (fault,) = writer.check(with_parts(holding(inner), related(kind, target, mode))).faults
    assert (fault.subject, fault.around) == (flaw.label, target)
    assert (fault.place.region, fault.place.paragraph) == (Region.BODY, 1)


def test_what_is_on_the_disk_of_whoever_made_the_template_is_left_out(writer: DraftWriter) -> None:
    def settings(xml: bytes) -> bytes:
        inner = (
            f'<w:attachedTemplate xmlns:r="{OFFICE}" r:id="rId1"/>'
            '<w:mailMerge><w:mainDocumentType w:val="formLetters"/></w:mailMerge>'
            f'<w:docVars><w:docVar w:name="x" w:val="{TAG}"/></w:docVars></w:settings>'
        )
        return xml.replace(b"</w:settings>", inner.encode())

    kinds = {"attachedTemplate": "公司.dotx", "mailMergeSource": "客户.xlsx"}
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" TargetMode="External" '
        f'Target="file:///C:\\Users\\{target}"/>'
        for number, (kind, target) in enumerate(kinds.items(), start=1)
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    template = with_parts(
        holding(run(TAG)),
        {
            "word/settings.xml": settings,
            "word/_rels/settings.xml.rels": (
                f'<Relationships xmlns="{package}">{entries}</Relationships>'.encode()
            ),
        },
    )
    assert writer.check(template).faults == ()
    made = docx.Document(BytesIO(fill(writer, template, VALUES)))
    assert not made.part._settings_part.rels
    names = {each.tag for each in made.settings.element}
    assert not names & {qn("w:attachedTemplate"), qn("w:mailMerge"), qn("w:docVars")}


def test_a_template_that_may_not_be_edited_is_said_to_be_so(writer: DraftWriter) -> None:
    document = docx.Document()
    document.add_paragraph(TAG)
    lock = f'<w:documentProtection {nsdecls("w")} w:edit="readOnly" w:enforcement="1"/>'
    document.settings.element.append(parse_xml(lock))
    (notice,) = writer.check(saved(document)).notices
    assert notice.kind is FaultKind.PROTECTED
