"""Papers as they come out of the reading, made by hand: say only what the test is about."""

from collections.abc import Sequence

from archive.chinese.credit_codes import check_character
from archive.filing.models import Origin
from archive.filing.rules import AttachmentKind
from archive.filing.service.matching import Read
from archive.recognition.codes import Code
from archive.recognition.pages import Box, Line, PageText, TextSource
from archive.recognition.papers import FieldName, FieldRead, PaperKind, Understood


def credit_code(first: str) -> str:
    """The code that begins with these 17 characters."""
    return first + check_character(first)


def a_page(*lines: str, number: int = 1, codes: Sequence[str] = ()) -> PageText:
    """A page with *lines*, one below the other."""
    height = 1 / max(20, len(lines))
    placed = [
        Line(text, Box(0.1, place * height, 0.9, (place + 1) * height))
        for place, text in enumerate(lines)
    ]
    return PageText(
        number=number,
        source=TextSource.LAYER,
        width=210,
        height=297,
        lines=tuple(placed),
        codes=tuple(codes),
    )


def understood(
    kind: AttachmentKind = AttachmentKind.LICENCE, *, confidence: float = 0.97, **fields: str
) -> Understood:
    """A paper of which the kind is sure, and the fields were read so surely."""
    return Understood(
        kind=PaperKind(kind.value),
        confidence=0.99,
        fields=tuple(
            FieldRead(FieldName(name), value, confidence, 1, Box(0.1, 0.1, 0.5, 0.12))
            for name, value in fields.items()
        ),
    )


def a_read(
    *lines: str,
    ours: Sequence[Code] = (),
    kind: AttachmentKind = AttachmentKind.LICENCE,
    confidence: float = 0.97,
    file_name: str = "scan.pdf",
    origin: Origin | None = None,
    **fields: str,
) -> Read:
    """A paper that says its *fields* and further *lines*."""
    page = a_page(*fields.values(), *lines)
    said = understood(kind, confidence=confidence, **fields)
    return Read([page], said, kind=kind, codes=ours, file_name=file_name, origin=origin)


CODE = credit_code("91310115MA1K4QX27")
NAME = "上海示例华盛货运有限公司"


def a_licence(name: str = NAME, code: str = CODE, number: int = 1) -> PageText:
    """A business licence as it is printed since 2019; a sample."""
    return a_page(
        "营业执照",
        "（副本）",
        f"统一社会信用代码 {code}",
        f"名称 {name}",
        "类型 有限责任公司（自然人投资或控股）",
        "法定代表人 示例甲",
        "注册资本 伍佰万元整",
        "成立日期 2016年03月15日",
        "营业期限 2016年03月15日至2036年03月14日",
        "住所 上海市浦东新区示例路100号",
        "经营范围 道路货物运输；国际货运代理；仓储服务。",
        "登记机关 2020年06月01日",
        number=number,
    )
