"""What a check costs grows with the template and no faster, whoever wrote it."""

import sys
import time
from collections.abc import Callable
from types import FrameType

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from archive.contracts.placeholders import CATALOGUE
from archive.docgen import DraftWriter, FaultKind, render
from archive.docgen.check import MAX_FAULTS
from archive.docgen.render import CompiledTemplates
from archive.docgen.tags import read_paragraph
from tests.docgen.word_files import a_template, saved

pytestmark = pytest.mark.slow


def holding(xml: str) -> bytes:
    document = docx.Document()
    document.element.body[-1].addprevious(parse_xml(xml))
    return saved(document)


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def a_table(rows: int, cells: int) -> bytes:
    cell = f"<w:tc><w:p>{run('x')}</w:p></w:tc>"
    return holding(f"<w:tbl {nsdecls('w')}>{f'<w:tr>{cell * cells}</w:tr>' * rows}</w:tbl>")


def boxes(deep: int, runs: int) -> bytes:
    """Text boxes in text boxes, the innermost with many runs."""
    inner = f"<w:p>{run('x') * runs}</w:p>"
    for _ in range(deep):
        inner = f"<w:p><w:r><w:txbxContent>{inner}</w:txbxContent></w:r></w:p>"
    return holding(inner.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1))


def steps(work: Callable[[], object]) -> int:
    """How many calls *work* makes, those of a generator each time that it goes on."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "made",
    [
        lambda size: a_table(rows=size, cells=1),
        lambda size: a_table(rows=1, cells=size),
        lambda size: boxes(deep=20, runs=size),
        lambda size: holding(
            f"<w:tbl {nsdecls('w')}><w:tr>"
            + f"<w:tc><w:p>{run('{%tr if 客户.名称 %}')}</w:p></w:tc>" * size
            + "</w:tr></w:tbl>"
        ),
        lambda size: a_template("{% if 客户.名称 %}" * size + "{% endfor %}" * size),
    ],
    ids=["rows", "cells", "boxes", "tags of rows", "open blocks"],
)
def test_four_times_the_template_is_about_four_times_the_work(writer, made):
    small, large = made(100), made(400)
    ratio = steps(lambda: writer.check(large)) / steps(lambda: writer.check(small))
    assert ratio < 6


def processor_seconds(work: Callable[[], object]) -> float:
    """The least of some tries, in which nothing else has got in between."""
    tries = []
    for _ in range(5):
        started = time.process_time_ns()
        work()
        tries.append(time.process_time_ns() - started)
    return min(tries)


@pytest.mark.parametrize("text", ["{", "{ a", "{ { ", "{客户."])
def test_blanks_after_a_brace_are_passed_over_once(text):
    def read(size: int) -> float:
        many, one = (text + " " * 50) * (size // 50), text + " " * size
        return processor_seconds(lambda: [*read_paragraph(many), *read_paragraph(one)])

    small, large = read(20_000), read(80_000)
    assert large < 12 * small  # 16 times and more where every split is tried


def test_a_flood_of_faults_is_cut_off_and_says_so(writer):
    report = writer.check(a_template("}} " * 5000))
    assert len(report.faults) == MAX_FAULTS + 1
    assert report.faults[-1].kind is FaultKind.TOO_MANY_FAULTS


def test_as_many_compiled_templates_are_kept_as_there_is_room_for(monkeypatch):
    monkeypatch.setattr(render, "MAX_COMPILED", 2)
    compiled = CompiledTemplates(CATALOGUE)
    templates = [a_template(f"{number}" + "{{ 客户.名称 }}") for number in range(3)]
    kept = [compiled.of(template, {}) for template in templates]
    assert compiled.of(templates[-1], {}) is kept[-1]
    assert compiled.of(templates[0], {}) is not kept[0]


def test_two_drafts_of_one_template_do_not_know_of_each_other():
    writer = DraftWriter(CATALOGUE)
    template = a_template("{{ 客户.名称 }}")
    first, second = (
        writer.fill(
            template,
            {"客户": {"名称": name}},
            number="HT-2026-00001",
            version=1,
            made_at=docx.Document().core_properties.created,
            made_by="王某",
        )
        for name in ("甲公司", "")
    )
    assert "甲公司" in first.text
    assert first.missing == []
    assert "甲公司" not in second.text
    assert [each.placeholder.name for each in second.missing] == ["客户.名称"]
    assert second.text == writer.text_of(second.content)
