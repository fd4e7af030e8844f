"""What keeps a Word file from being submitted: named with its place, its clause and the remedy."""

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import RGBColor

from archive.docgen.package import PackageFlaw
from archive.docgen.places import Place, Region
from archive.docgen.shipped import ROUTINE_CONTRACT
from archive.redline import Obstacle, ObstacleKind, WordFileUnreadable, find_obstacles
from tests.docgen.word_files import MADE_AT, saved, with_parts
from tests.redline.word_files import BY, element, numbered, tracked, with_list


def found_in(document) -> list[Obstacle]:
    return find_obstacles(saved(document))


def facts_of(obstacles: list[Obstacle]) -> list[tuple[ObstacleKind, str]]:
    return [(each.kind, each.subject) for each in obstacles]


def test_a_clean_contract_has_nothing_in_its_way():
    document = docx.Document()
    document.add_paragraph("第一条 运费")
    document.add_table(1, 1).cell(0, 0).text = "385.00"
    assert found_in(document) == []


def test_changes_that_nobody_accepted_are_named_with_their_words_and_their_clause():
    document = docx.Document()
    document.add_paragraph("第三条 付款")
    paragraph = document.add_paragraph("付款期限：")
    paragraph._p.append(tracked("del", "三十日"))
    paragraph._p.append(tracked("ins", "九"))
    paragraph._p.append(tracked("ins", "十日"))
    paragraph._p.append(tracked("moveFrom", "另付"))
    bold = document.add_paragraph().add_run("加粗")
    bold._r.get_or_add_rPr().append(element(f"<w:rPrChange {BY}><w:rPr/></w:rPrChange>"))
    found = found_in(document)
    assert facts_of(found) == [
        (ObstacleKind.DELETED, "三十日"),
        (ObstacleKind.INSERTED, "九十日"),
        (ObstacleKind.MOVED, "另付"),
        (ObstacleKind.LOOKS, "加粗"),
    ]
    assert {each.clause for each in found} == {"第三条 付款"}
    assert found[0].place == Place(Region.BODY, paragraph=2)


def test_a_row_that_was_put_in_or_taken_out_is_named_once():
    document = docx.Document()
    table = document.add_table(3, 2)
    table.cell(1, 1).text = "加的行"
    table.rows[1]._tr.get_or_add_trPr().append(element(f"<w:ins {BY}/>"))
    table.rows[2]._tr.get_or_add_trPr().append(element(f"<w:del {BY}/>"))
    found = found_in(document)
    assert facts_of(found) == [(ObstacleKind.ROWS, "加的行"), (ObstacleKind.ROWS, "…")]
    assert found[0].place == Place(Region.BODY, table=1, row=2, cell=1)


def test_a_change_of_the_page_is_found_although_no_paragraph_has_it():
    document = docx.Document()
    document.add_paragraph("正文")
    change = element(f"<w:sectPrChange {BY}><w:sectPr/></w:sectPrChange>")
    document.sections[0]._sectPr.append(change)
    assert facts_of(found_in(document)) == [(ObstacleKind.LOOKS, "正文")]


def test_a_comment_says_what_was_written_and_where():
    document = docx.Document()
    document.add_paragraph("前言")
    paragraph = document.add_paragraph("价格")
    document.add_comment(paragraph.runs, "能再降吗", author="客户")
    (obstacle,) = found_in(document)
    assert (obstacle.kind, obstacle.subject) == (ObstacleKind.COMMENT, "能再降吗")
    assert obstacle.place == Place(Region.BODY, paragraph=2)


def test_what_is_still_to_fill_is_found_where_word_cut_it_into_runs_and_in_the_footer():
    document = docx.Document()
    paragraph = document.add_paragraph("金额【待")
    paragraph.add_run("填：合同金额")
    paragraph.add_run("】元")
    document.sections[0].footer.paragraphs[0].text = "编号 {{ 文件.编号 }}"
    found = found_in(document)
    assert facts_of(found) == [
        (ObstacleKind.TO_FILL, "合同金额"),
        (ObstacleKind.TO_FILL, "{{ 文件.编号 }}"),
    ]
    assert found[1].place == Place(Region.FOOTER, paragraph=1)


def test_a_draft_of_ours_names_all_that_it_lacks(writer):
    made = writer.fill(
        ROUTINE_CONTRACT.read(),
        {},
        number="HT-2026-00007",
        version=1,
        made_at=MADE_AT,
        made_by="王",
    )
    subjects = {each.subject for each in find_obstacles(made.content)}
    assert subjects == {each.placeholder.label for each in made.missing}


def hidden_document():
    """Hidden: by itself, by its own style, and by the paragraph's; shown again by both styles."""
    document = docx.Document()
    document.add_paragraph("看得见").add_run("直接隐藏").font.hidden = True
    words = document.styles.add_style("Secret", WD_STYLE_TYPE.CHARACTER)
    words.font.hidden = True
    document.add_paragraph().add_run("样式隐藏", style=words)
    lines = document.styles.add_style("SecretLine", WD_STYLE_TYPE.PARAGRAPH)
    lines.font.hidden = True
    derived = document.styles.add_style("Derived", WD_STYLE_TYPE.PARAGRAPH)
    derived.base_style = lines
    paragraph = document.add_paragraph("段落隐藏", style=derived)
    paragraph.add_run("又显示", style=words)
    paragraph.add_run("不隐藏").font.hidden = False
    return document


def test_hidden_text_is_found_also_where_a_style_hides_it():
    assert facts_of(found_in(hidden_document())) == [
        (ObstacleKind.HIDDEN, "直接隐藏"),
        (ObstacleKind.HIDDEN, "样式隐藏"),
        (ObstacleKind.HIDDEN, "段落隐藏"),
    ]


def test_white_text_is_found_on_paper_and_not_on_a_dark_ground():
    document = docx.Document()
    document.add_paragraph().add_run("白字").font.color.rgb = RGBColor(255, 255, 255)
    shaded = document.add_table(1, 1).cell(0, 0)
    shaded._tc.get_or_add_tcPr().append(element('<w:shd w:val="clear" w:fill="1F3864"/>'))
    shaded.paragraphs[0].add_run("表头").font.color.rgb = RGBColor(255, 255, 255)
    assert facts_of(found_in(document)) == [(ObstacleKind.WHITE, "白字")]


def test_the_clause_is_named_by_the_number_that_word_writes():
    document = docx.Document()
    with_list(document, ("chineseCountingThousand", "第%1条"), ("decimal", "%1.%2"))
    for text, level in (("总则", 0), ("货物", 1), ("运费", 0), ("单价", 1)):
        numbered(document.add_paragraph(text), level)
    document.paragraphs[-1].add_run("【待填：单价】")
    (obstacle,) = found_in(document)
    assert obstacle.clause == "第二条 运费"


def test_a_footnote_is_looked_into():
    document = docx.Document()
    document.add_paragraph("正文")
    content = with_parts(
        saved(document),
        {
            "word/footnotes.xml": (
                '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                '<w:footnote w:id="1"><w:p><w:r><w:t>【待填：注】</w:t></w:r></w:p></w:footnote>'
                "</w:footnotes>"
            ).encode(),
            "word/_rels/document.xml.rels": lambda rels: rels.replace(
                b"</Relationships>",
                b'<Relationship Id="rIdF" Type="http://schemas.openxmlformats.org/officeDocument'
                b'/2006/relationships/footnotes" Target="footnotes.xml"/></Relationships>',
            ),
            "[Content_Types].xml": lambda types: types.replace(
                b"</Types>",
                b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxml'
                b'formats-officedocument.wordprocessingml.footnotes+xml"/></Types>',
            ),
        },
    )
    (obstacle,) = find_obstacles(content)
    assert obstacle.place == Place(Region.FOOTNOTE, paragraph=1)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7", PackageFlaw.NO_DOCX),
        (
            with_parts(saved(docx.Document()), {"word/document.xml": b"<w:document"}),
            PackageFlaw.NO_DOCX,
        ),
    ],
)
def test_what_is_no_word_file_is_said_so(content, why):
    with pytest.raises(WordFileUnreadable) as refusal:
        find_obstacles(content)
    assert refusal.value.facts["why"] is why


def test_an_insertion_that_holds_nothing_is_no_change():
    document = docx.Document()
    document.add_paragraph("正文")._p.append(element(f"<w:ins {BY}/>"))
    assert found_in(document) == []
    assert document.paragraphs[0]._p.find(qn("w:ins")) is not None
