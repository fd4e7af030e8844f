"""The numbers that Word writes before paragraphs, as a reader sees them."""

import docx
import pytest

from archive.redline.clauses import written_in
from archive.redline.numbering import write_count
from archive.redline.opened import open_word
from tests.docgen.word_files import saved
from tests.redline.word_files import element, numbered, with_list


@pytest.mark.parametrize(
    ("form", "counts"),
    [
        (
            "chineseCounting",
            {1: "一", 10: "十", 11: "十一", 20: "二十", 101: "一百零一", 110: "一百一十"},
        ),
        ("ideographDigital", {10: "一〇"}),
        ("upperRoman", {4: "IV", 1994: "MCMXCIV"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa"}),
        ("decimalEnclosedCircle", {3: "③"}),
        ("ideographTraditional", {1: "甲"}),
        ("decimalZero", {7: "07"}),
        ("cardinalText", {7: "7"}),
        ("upperRoman", {0: "0", 9000: "9000"}),
    ],
)
def test_a_count_is_written_as_the_list_asks(form, counts):
    assert {count: write_count(count, form) for count in counts} == counts


def labels_of(document) -> list[str]:
    file = open_word(saved(document))
    return [each.label for each in written_in(file, file.stories[0])]


def test_levels_count_within_each_other_and_start_again():
    document = docx.Document()
    with_list(document, ("chineseCounting", "第%1条"), ("decimal", "%1.%2"), ("bullet", "•"))
    for level in (0, 1, 1, 2, 0, 1):
        numbered(document.add_paragraph("条"), level)
    document.add_paragraph("没有编号")
    assert labels_of(document) == ["第一条", "一.1", "一.2", "", "第二条", "二.1", ""]


def test_a_style_numbers_its_paragraphs_and_a_number_of_nought_takes_it_off():
    document = docx.Document()
    with_list(document, ("decimal", "%1."))
    style = document.styles["List Number"]
    own = style.element.get_or_add_pPr()
    for each in [*own]:
        own.remove(each)
    own.append(element('<w:numPr ><w:numId w:val="7"/></w:numPr>'))
    document.add_paragraph("甲", style=style)
    numbered(document.add_paragraph("乙", style=style), number=0)
    document.add_paragraph("丙", style=style)
    assert labels_of(document) == ["1.", "", "2."]
