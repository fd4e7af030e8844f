"""Lines as they were recognised become lines as they are written."""

from archive.recognition.page_texts.layer import is_plausible
from archive.recognition.page_texts.tidying import tidy
from archive.recognition.pages import Box, Line


def lines(*texts: str) -> list[Line]:
    return [
        Line(text, Box(0.1, 0.1 + 0.05 * place, 0.6, 0.13 + 0.05 * place), 0.9)
        for place, text in enumerate(texts)
    ]


def texts(given: list[Line]) -> list[str]:
    return [each.text for each in tidy(given, ratio=0.7)]


def test_spaces_between_chinese_characters_go_and_others_stay() -> None:
    assert texts(lines("注 册 资 本 ： 壹 佰 万 元", "Demo Logistics Co., Ltd. 上海")) == [
        "注册资本：壹佰万元",
        "Demo Logistics Co., Ltd. 上海",
    ]


def test_labels_read_as_one_tall_box_are_split_where_each_is() -> None:
    stacked = Line("名类住", Box(0.1, 0.2, 0.13, 0.5), 0.9)
    value = Line("示例货运有限公司", Box(0.3, 0.455, 0.7, 0.495), 0.9)
    parted = tidy([value, stacked], ratio=1.4)
    assert [each.text for each in parted] == ["名", "类", "住", "示例货运有限公司"]
    assert parted[1].box.top > parted[0].box.bottom
    assert abs(parted[2].box.bottom - 0.5) < 0.001


def test_a_traditional_form_on_a_simplified_paper_is_a_slip() -> None:
    assert texts(lines("厦门市软件园二期", "廈门示例货运有限公司")) == [
        "厦门市软件园二期",
        "厦门示例货运有限公司",
    ]


def test_a_paper_that_is_traditional_throughout_stays_as_it_is_written() -> None:
    written = ["臺灣示例貨運股份有限公司", "臺北市信義區廈門街三號"]
    assert texts(lines(*written)) == written


def test_a_form_that_simplified_papers_use_too_is_left() -> None:
    assert texts(lines("乾县示例运输公司", "云南瞭望物流发展中心")) == [
        "乾县示例运输公司",
        "云南瞭望物流发展中心",
    ]


def test_letters_printed_in_the_paper_of_a_licence_are_no_text() -> None:
    said = lines("营业执照", "SCJDGL", "JDGLSCJ", "名称示例货运SCJDGL有限公司", "SC1001")
    assert texts(said) == ["营业执照", "名称示例货运有限公司", "SC1001"]


def test_such_letters_on_another_paper_are_text() -> None:
    assert texts(lines("运单", "SCJD")) == ["运单", "SCJD"]


def test_lines_of_one_row_follow_each_other_from_the_left() -> None:
    right = Line("右", Box(0.6, 0.20, 0.7, 0.23))
    left = Line("左", Box(0.1, 0.205, 0.2, 0.235))
    below = Line("下", Box(0.1, 0.30, 0.2, 0.33))
    assert [each.text for each in tidy([below, right, left], ratio=1)] == ["左", "右", "下"]


def test_text_in_a_wrong_encoding_or_of_a_font_alone_is_not_plausible() -> None:
    sentence = "根据双方签订的货物运输合同，乙方应当在收到发票后三十日内支付运费。"
    assert is_plausible(sentence)
    assert is_plausible("Contract of carriage No. 2026-0042")
    assert is_plausible("臺灣示例貨運股份有限公司統一編號")
    assert not is_plausible(sentence.encode("gb18030").decode("latin-1"))
    assert not is_plausible(sentence.encode().decode("gb18030", "ignore"))
    assert not is_plausible("\ue001\ue002\ue003\ue004\ue005\ue006")
    assert not is_plausible("!\"#$%&' ()*+,-./:;<=>?@")
    assert not is_plausible(" \n  . ")
