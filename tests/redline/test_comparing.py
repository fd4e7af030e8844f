"""Two versions of a contract held against each other, as a person would read the difference."""

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from archive.docgen.places import Region
from archive.redline import Change, ChangeKind, TooLongToCompare, compare
from archive.redline.marking import Mark, mark_text
from archive.redline.units import MOST
from tests.docgen.word_files import a_field, saved, with_parts
from tests.redline.word_files import element, numbered, tracked, with_list

CLAUSES = (
    "第一条　货物　甲方委托乙方运输机械配件，具体以运单为准。",
    "第二条　付款　甲方应于收到发票后三十日内付款。",
    "第三条　违约　逾期付款的，每日按万分之五支付违约金。",
    "第四条　保险　货物由乙方投保，费用由甲方承担。",
    "第五条　争议　协商不成的，提交承运人所在地人民法院解决。",
)


def a_contract(*paragraphs: str, rows=(), header: str = "示例运输有限公司"):
    document = docx.Document()
    for text in paragraphs or CLAUSES:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    document.sections[0].header.paragraphs[0].text = header
    return document


def changes_of(old, new) -> list[Change]:
    found = compare(saved(old), saved(new)).changes
    return [each for each in found if each.kind is not ChangeKind.SAME]


def said(change: Change) -> str:
    """A change as ``[-gone-]{+come+}``."""
    signs = {Mark.SAME: "{}", Mark.DELETED: "[-{}-]", Mark.INSERTED: "{{+{}+}}"}
    cells = ("".join(signs[each.mark].format(each.text) for each in cell) for cell in change.cells)
    return "|".join(cells)


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("每日按万分之五支付", "每日按千分之一支付", "每日按[-万-]{+千+}分之[-五-]{+一+}支付"),
        ("单价 320.00 元", "单价 385.00 元", "单价 [-320.00-]{+385.00+} 元"),
        ("收到发票后付款", "收到发票后三日内付款", "收到发票后{+三日内+}付款"),
        ("甲乙丙丁戊己", "子丑丙寅卯辰", "[-甲乙丙丁戊己-]{+子丑丙寅卯辰+}"),
        ("", "全是新的", "{+全是新的+}"),
    ],
)
def test_characters_are_marked_and_amounts_are_whole(old, new, marked):
    signs = {Mark.SAME: "{}", Mark.DELETED: "[-{}-]", Mark.INSERTED: "{{+{}+}}"}
    assert "".join(signs[each.mark].format(each.text) for each in mark_text(old, new)) == marked


def test_a_file_is_the_same_as_itself():
    content = saved(a_contract(rows=[("序号", "单价"), ("1", "320.00")]))
    assert compare(content, content).is_same


def test_a_changed_clause_is_one_change_in_its_place():
    new = a_contract(*CLAUSES[:1], CLAUSES[1].replace("三十", "四十五"), *CLAUSES[2:])
    (change,) = changes_of(a_contract(), new)
    assert (change.kind, change.unit.label) == (ChangeKind.CHANGED, "第二条")
    assert said(change) == "付款　甲方应于收到发票后[-三-]{+四+}十{+五+}日内付款。"
    assert change.clause.startswith("第二条")


def test_a_moved_clause_is_moved_and_not_deleted_and_inserted():
    new = a_contract(CLAUSES[0], CLAUSES[3], CLAUSES[1], CLAUSES[2].replace("五", "八"), CLAUSES[4])
    moved, changed = changes_of(a_contract(), new)
    assert moved.kind is ChangeKind.MOVED
    assert moved.unit.label == "第四条"
    assert moved.came_from.startswith("第三条")
    assert changed.kind is ChangeKind.CHANGED


def test_clauses_that_were_only_renumbered_are_no_changes_of_the_text():
    new = a_contract(
        CLAUSES[0],
        "第二条　保密　双方对合同内容保密。",
        *(text.replace(text[1], "二三四五六"[at], 1) for at, text in enumerate(CLAUSES[1:], 1)),
    )
    found = changes_of(a_contract(), new)
    assert [each.kind for each in found] == [
        ChangeKind.INSERTED,
        *[ChangeKind.RENUMBERED] * 4,
    ]
    assert (found[1].old_label, found[1].unit.label) == ("第二条", "第三条")


def test_the_numbers_that_word_writes_are_followed():
    def contract(*texts):
        document = docx.Document()
        with_list(document, ("chineseCounting", "第%1条"))
        for text in texts:
            numbered(document.add_paragraph(text))
        return document

    found = changes_of(contract("货物", "保险与保价"), contract("货物", "运费", "保险与保价"))
    assert [(each.kind, each.unit.label) for each in found] == [
        (ChangeKind.INSERTED, "第二条"),
        (ChangeKind.RENUMBERED, "第三条"),
    ]


def test_an_amount_at_the_start_of_a_paragraph_is_no_number_of_a_clause():
    (change,) = changes_of(a_contract("1.5 吨以下按最低价"), a_contract("2.5 吨以下按最低价"))
    assert change.kind is ChangeKind.CHANGED
    assert said(change) == "[-1.5-]{+2.5+} 吨以下按最低价"


PRICES = [
    ("序号", "起运地", "到达地", "单价（元）"),
    ("1", "福州市", "上海市", "320.00"),
    ("2", "福州市", "南京市", "385.00"),
    ("3", "福州市", "武汉市", "410.00"),
]


def test_a_row_taken_out_and_a_price_changed_are_two_changes_and_the_renumbering_is_none():
    new = [PRICES[0], ("1", "福州市", "南京市", "386.50"), ("2", *PRICES[3][1:])]
    found = changes_of(a_contract(rows=PRICES), a_contract(rows=new))
    assert [each.kind for each in found] == [
        ChangeKind.DELETED,
        ChangeKind.CHANGED,
        ChangeKind.RENUMBERED,
    ]
    assert said(found[1]) == "|福州市|南京市|[-385.00-]{+386.50+}"
    assert found[1].unit.heads[3] == "单价（元）"
    assert found[1].unit.place.row == 2


def test_a_column_put_in_is_told_cell_by_cell():
    new = [(*row[:3], "时限" if row is PRICES[0] else "48 小时", row[3]) for row in PRICES]
    found = changes_of(a_contract(rows=PRICES), a_contract(rows=new))
    assert said(found[0]) == "序号|起运地|到达地|{+时限+}|单价（元）"
    assert said(found[1]) == "|福州市|上海市|{+48 小时+}|320.00"


def test_headers_are_compared_and_page_numbers_and_versions_at_the_foot_are_not():
    old, new = a_contract(), a_contract(header="示例运输有限公司（修改稿）")
    for document, version, page in ((old, 1, "3"), (new, 2, "4")):
        footer = document.sections[0].footer.paragraphs[0]
        footer.text = f"编号 HT-2026-00007 第 {version} 版 第"
        field = a_field("PAGE")
        field[-1][-1].text = page
        footer._p.append(field)
    (change,) = changes_of(old, new)
    assert change.unit.region is Region.HEADER
    assert said(change) == "示例运输有限公司{+（修改稿）+}"


def test_changes_that_nobody_accepted_count_as_if_they_were():
    old, new = a_contract("付款期限：三十日"), a_contract("付款期限：")
    new.paragraphs[0]._p.append(tracked("del", "三十日"))
    new.paragraphs[0]._p.append(tracked("ins", "九十日"))
    (change,) = changes_of(old, new)
    assert said(change) == "付款期限：[-三-]{+九+}十日"


def test_text_in_a_frame_in_a_box_and_in_a_content_control_is_compared():
    held = "<w:p><w:r><w:t/></w:r></w:p>"

    def contract(text):
        document = docx.Document()
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = f"框内第一段{text}"
        cell.add_paragraph("框内第二段")
        control = element(
            "<w:sdt ><w:sdtContent><w:p><w:r><w:t/></w:r></w:p></w:sdtContent></w:sdt>"
        )
        next(control.iter(qn("w:t"))).text = f"控件{text}"
        document.element.body.insert(0, control)
        run = document.add_paragraph("有文本框的段落").add_run()
        picture = OxmlElement("w:pict")
        picture.append(element(f"<w:txbxContent >{held}</w:txbxContent>"))
        next(picture.iter(qn("w:t"))).text = f"文本框{text}"
        run._r.append(picture)
        return document

    found = changes_of(contract("甲"), contract("乙"))
    assert [said(each) for each in found] == [
        "控件[-甲-]{+乙+}",
        "框内第一段[-甲-]{+乙+}",
        "文本框[-甲-]{+乙+}",
    ]


def test_a_file_beyond_all_measure_is_refused_and_one_endless_paragraph_is_not():
    long = saved(a_contract("运" * 60_000 + "输"))
    assert not compare(long, saved(a_contract("输" + "费" * 60_000))).is_same
    many = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * (MOST + 1)
    endless = with_parts(
        saved(docx.Document()),
        {"word/document.xml": lambda xml: xml.replace(b"<w:body>", b"<w:body>" + many)},
    )
    with pytest.raises(TooLongToCompare):
        compare(endless, long)


def test_two_contracts_that_have_nothing_in_common_are_one_out_and_one_in():
    found = changes_of(a_contract(), a_contract("仓储协议", "保管物清单见附件"))
    kinds = [each.kind for each in found]
    assert kinds.count(ChangeKind.DELETED) == len(CLAUSES)
    assert kinds.count(ChangeKind.INSERTED) == 2
