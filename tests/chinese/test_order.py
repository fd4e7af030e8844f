"""Lists of names as a Chinese reader expects them."""

from archive.chinese.pinyin import name_order

SHUFFLED = ["中通", "安华10号仓储", "演示东篱二部", "华盛货运", "安华（北京）物流", "ABC货运",
            "重庆顺达", "安华2号仓储", "演示·东篱"]  # fmt: skip


def test_names_come_by_sound_and_numbers_as_numbers() -> None:
    assert sorted(SHUFFLED, key=name_order) == [
        "ABC货运", "安华2号仓储", "安华10号仓储", "安华（北京）物流", "重庆顺达", "华盛货运",
        "演示·东篱", "演示东篱二部", "中通",
    ]  # fmt: skip
