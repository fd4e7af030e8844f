"""What a template passes with although a person should know it, and what a draft makes of it."""

from io import BytesIO

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from archive.docgen import FaultKind
from archive.docgen.places import Region
from archive.docgen.shipped import SHIPPED
from tests.docgen.word_files import a_field, a_template, fill, saved

TAG = "{{ 客户.名称 }}"
BY = 'w:id="9" w:author="法务" w:date="2026-01-01T00:00:00Z"'


def element(xml: str):
    return parse_xml(xml.replace(" ", f" {nsdecls('w')} ", 1))


def changed(kind: str, text: str, name: str = "w:t"):
    return element(f"<w:{kind} {BY}><w:r><{name}>{text}</{name}></w:r></w:{kind}>")


def with_changes():
    """A template in which a term of payment was changed and nobody has agreed to it."""
    document = docx.Document()
    document.add_paragraph(TAG)
    paragraph = document.add_paragraph("付款期限：")
    paragraph._p.append(changed("del", "三十日", "w:delText"))
    paragraph._p.append(changed("ins", "九十日"))
    return document


def test_a_shipped_template_has_nothing_to_notice(writer):
    assert {writer.check(each.read()).notices for each in SHIPPED} == {()}


def test_a_tracked_change_is_named_with_its_place_and_its_words(writer):
    report = writer.check(saved(with_changes()))
    assert report.passed
    (notice,) = report.notices
    assert notice.kind is FaultKind.TRACKED_CHANGE
    assert notice.place.paragraph == 2
    assert "九十日" in notice.subject
    assert "三十日" in notice.subject


def test_the_draft_shows_the_change_accepted_and_no_mark_of_it(writer):
    document = with_changes()
    table = document.add_table(2, 1)
    table.cell(0, 0).text = "留下的行"
    table.cell(1, 0).text = "删去的行"
    table.rows[1]._tr.get_or_add_trPr().append(element(f"<w:del {BY}/>"))
    joined = document.add_paragraph("前半段")
    joined._p.get_or_add_pPr().append(element("<w:rPr />"))
    joined._p.pPr[-1].append(element(f"<w:del {BY}/>"))
    document.add_paragraph("后半段")
    bold = document.add_paragraph().add_run("加粗")
    bold._r.get_or_add_rPr().append(element(f"<w:rPrChange {BY}><w:rPr/></w:rPrChange>"))
    assert len(writer.check(saved(document)).notices) == 4
    made = fill(writer, saved(document), {})
    shown = writer.text_of(made)
    assert "付款期限：九十日" in shown
    assert "三十日" not in shown
    assert "留下的行" in shown
    assert "删去的行" not in shown
    assert "前半段后半段" in shown
    names = {each.tag for each in docx.Document(BytesIO(made)).element.iter()}
    assert not names & {qn("w:ins"), qn("w:del"), qn("w:rPrChange")}


def test_a_template_without_placeholders_passes_with_a_notice(writer):
    report = writer.check(a_template("没有占位符的合同"))
    assert report.passed
    assert [each.kind for each in report.notices] == [FaultKind.NO_PLACEHOLDERS]


def test_a_comment_that_would_reach_the_customer_is_named(writer):
    document = docx.Document()
    paragraph = document.add_paragraph(TAG)
    document.add_comment(paragraph.runs, "价格能再降", author="法务")
    (notice,) = writer.check(saved(document)).notices
    assert notice.kind is FaultKind.COMMENT
    assert notice.place.paragraph == 1


def in_sections():
    """A contract with a cover, its clauses and an annex, each counting its pages for itself."""
    document = docx.Document()
    footer = document.sections[0].footer.paragraphs[0]
    for text, instruction in (("第", "PAGE"), ("页共", "SECTIONPAGES"), ("页", "")):
        footer.add_run(text)
        if instruction:
            footer._p.append(a_field(instruction))
    document.add_paragraph(TAG)
    for text in ("正文", "附件"):
        section = document.add_section()
        section._sectPr.append(element('<w:pgNumType w:start="1"/>'))
        document.add_paragraph(text)
    return document


def test_pages_counted_by_section_are_named(writer):
    (notice,) = writer.check(saved(in_sections())).notices
    assert notice.kind is FaultKind.PAGES_OF_SECTION
    assert notice.place.region is Region.FOOTER
