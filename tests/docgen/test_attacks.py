"""Published attacks on template engines and Word files: each is refused at check and at filling."""

import io
import zipfile
from decimal import Decimal

import docx
import pytest

from archive.docgen import FaultKind, TemplateRefused
from archive.docgen.package import MAX_PARTS
from tests.docgen.word_files import a_template, fill, saved, with_parts

ATTACKS = [
    "{{ ''.__class__.__mro__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__.os }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ lipsum() }}",
    "{{ self.__init__.__globals__.__builtins__ }}",
    "{{ request.application.__globals__ }}",
    "{{ config.items() }}",
    "{{ 客户.__class__ }}",
    "{{ 客户.items }}",
    "{{ 客户['名称'] }}",
    "{{ 客户|attr('__class__') }}",
    "{{ 客户.名称.format('x') }}",
    "{{ 客户.名称|map(attribute='__class__') }}",
    "{{ 'x'*10**8 }}",
    "{{ 10**10**10 }}",
    "{{ 客户.名称 ~ 客户.名称 }}",
    "{{ range(10**9) }}",
    "{{ dict(a=1) }}",
    "{{ [1, 2] }}",
    "{% for a in range(10**9) %}{% for b in range(10**9) %}x{% endfor %}{% endfor %}",
    "{% for 行 in 价格表 recursive %}{{ loop(价格表) }}{% endfor %}",
    "{% set x = 1 %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends 'x' %}",
    "{% filter upper %}x{% endfilter %}",
    "{% autoescape false %}{{ 客户.名称 }}{% endautoescape %}",
    "{{ 客户.名称|safe }}",
    "{% if ''.__class__ %}{% endif %}",
    "{% if 客户.名称 in 'x' %}{% endif %}",
    "{{ " + "(" * 5000 + " }}",
    "{% if 1 %}" * 200 + "{% endif %}" * 200,
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a[:40])
def test_an_attack_is_found_by_the_check(writer, attack):
    assert not writer.check(a_template(attack)).passed


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a[:40])
def test_an_attack_that_was_never_checked_is_refused_at_filling(writer, attack):
    with pytest.raises((TemplateRefused, ValueError)):
        fill(writer, a_template(attack), writer.catalogue.examples())


@pytest.mark.parametrize("tag", ["{% raw %}{{ x }}{% endraw %}", "{{r 客户.名称 }}"])
def test_what_is_harmless_but_not_in_the_grammar_is_refused_by_the_check(writer, tag):
    assert not writer.check(a_template(tag)).passed


def test_an_attack_in_an_attribute_is_refused_at_filling(writer):
    template = with_parts(
        a_template("正文"),
        {
            "word/document.xml": lambda xml: xml.replace(
                b"<w:body>", b'<w:body><w:p w:rsidR="{{ cycler.__init__ }}"/>'
            )
        },
    )
    with pytest.raises(TemplateRefused):
        fill(writer, template, {})


def test_an_attack_in_the_document_properties_is_found_and_never_run(writer):
    document = docx.Document()
    document.core_properties.subject = "{{ 7*7 }}"
    (fault,) = writer.check(saved(document)).faults
    assert fault.kind is FaultKind.IN_PROPERTIES
    made = docx.Document(io.BytesIO(fill(writer, saved(document), {})))
    assert made.core_properties.subject == "{{ 7*7 }}"


def test_values_cannot_inject_xml(writer):
    attack = "</w:t></w:r></w:p><w:p><w:r><w:t>INJECTED & <b>\"'"
    made = fill(writer, a_template("甲方：{{ 客户.名称 }}。"), {"客户": {"名称": attack}})
    assert f"甲方：{attack}。" in writer.text_of(made)


def test_values_that_look_like_tags_stay_text(writer):
    values = {"客户": {"名称": "{{ 7*7 }}{% if %}{_{ x }_}"}}
    made = fill(writer, a_template("{{ 客户.名称 }}"), values)
    assert "{{ 7*7 }}{% if %}{_{ x }_}" in writer.text_of(made)


def test_a_value_cannot_pass_for_a_blank_or_a_qr_code(writer):
    made = fill(writer, a_template("{{ 客户.名称 }}"), {"客户": {"名称": "\ufdd0甲\ufdd1\ufdd2"}})
    assert "\n甲\n" in f"\n{writer.text_of(made)}\n"


def package_fault(writer, template):
    (fault,) = writer.check(template).faults
    assert fault.kind is FaultKind.PACKAGE
    with pytest.raises(TemplateRefused):
        fill(writer, template, {})
    return fault


def test_a_zip_bomb_is_not_unpacked(writer):
    bomb = with_parts(a_template("x"), {"word/media/bomb.png": b"\0" * 70_000_000})
    assert len(bomb) < 1_000_000
    assert "解压后" in package_fault(writer, bomb).subject


def test_too_many_parts_are_refused(writer):
    parts = {f"word/media/{n}.png": b"" for n in range(MAX_PARTS)}
    assert "部分" in package_fault(writer, with_parts(a_template("x"), parts)).subject


RELATIONSHIP = (
    '<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="{target}" {mode}/></Relationships>'
)


@pytest.mark.parametrize(
    ("kind", "target", "mode"),
    [
        ("image", "http://127.0.0.1/x.png", 'TargetMode="External"'),
        ("image", "file:///etc/passwd", 'TargetMode="External"'),
        ("attachedTemplate", "http://127.0.0.1/x.dotm", 'TargetMode="External"'),
        ("oleObject", "http://127.0.0.1/x", 'TargetMode="External"'),
        ("hyperlink", "file:///etc/passwd", 'TargetMode="External"'),
        ("oleObject", "embeddings/oleObject1.bin", ""),
        ("aFChunk", "chunk.html", ""),
    ],
)
def test_what_would_be_fetched_or_run_on_opening_is_refused_by_name(writer, kind, target, mode):
    entry = RELATIONSHIP.format(kind=kind, target=target, mode=mode).encode()
    template = with_parts(
        a_template("x"),
        {"word/_rels/document.xml.rels": lambda xml: xml.replace(b"</Relationships>", entry)},
    )
    fault = package_fault(writer, template)
    assert fault.place.part == "word/_rels/document.xml.rels"
    assert fault.around == target


def test_macros_are_refused(writer):
    template = with_parts(
        a_template("x"),
        {
            "[Content_Types].xml": lambda xml: xml.replace(
                b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                b"application/vnd.ms-word.document.macroEnabled.main+xml",
            )
        },
    )
    assert "宏" in package_fault(writer, template).subject


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    ],
)
def test_entities_are_refused(writer, declaration):
    template = with_parts(
        a_template("x"),
        {"word/document.xml": lambda xml: xml.replace(b"?>", b"?>" + declaration, 1)},
    )
    assert "XML" in package_fault(writer, template).subject


def test_entities_hidden_in_another_encoding_are_refused(writer):
    def hide(xml: bytes) -> bytes:
        text = xml.decode().replace("UTF-8", "UTF-16", 1)
        return text.replace("?>", '?><!DOCTYPE x [<!ENTITY e "x">]>', 1).encode("utf-16")

    template = with_parts(a_template("x"), {"word/document.xml": hide})
    assert "XML" in package_fault(writer, template).subject


@pytest.mark.parametrize("field", ["INCLUDEPICTURE http://127.0.0.1/x", "DDEAUTO c:\\cmd.exe"])
def test_a_field_that_fetches_is_refused(writer, field):
    code = f'<w:p><w:fldSimple w:instr="{field}"/></w:p><w:sectPr'.encode()
    template = with_parts(
        a_template("x"),
        {"word/document.xml": lambda xml: xml.replace(b"<w:sectPr", code, 1)},
    )
    (fault,) = writer.check(template).faults
    assert fault.kind is FaultKind.FORBIDDEN_FIELD


def test_a_broken_zip_is_no_word_file(writer):
    content = a_template("x")
    assert "docx" in package_fault(writer, content[: len(content) // 2]).subject


def test_a_name_that_is_there_twice_is_refused(writer):
    content = io.BytesIO(a_template("x"))
    with (
        zipfile.ZipFile(content, "a") as package,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        package.writestr("word/document.xml", b"<x/>")
    assert "docx" in package_fault(writer, content.getvalue()).subject


def test_too_many_rows_are_refused(writer):
    values = {"价格表": [{"单价": Decimal(1)}] * 501}
    with pytest.raises(ValueError, match="500"):
        fill(writer, a_template("x"), values)
