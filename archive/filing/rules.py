"""The closed lists of filing and the rules that need no store."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from archive.filing.errors import (
    FileEmpty,
    FileTooLarge,
    ForBrowsers,
    ForPictures,
    ForPlaying,
    ForPrinting,
    Packed,
    TooLargeUnpacked,
    TooManyPages,
    TooManyPixels,
    TypeNotTaken,
)
from archive.recognition import FileFacts, FileType, Flaw, Reason
from archive.terms import N_, Term

MIB = 1024 * 1024

EXPIRES_SOON = timedelta(days=60)
CHINESE = re.compile(r"[\u3400-\u9fff]")
UNSHOWABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class AttachmentKind(Term):
    """What a paper is, as Art. 6 and 7 name them."""

    LICENCE = "licence", N_("营业执照")
    TAX_REGISTRATION = "tax_registration", N_("税务登记证")
    FINANCIAL_STATEMENT = "financial_statement", N_("财务报表")
    TRANSPORT_PERMIT = "transport_permit", N_("道路运输许可证")
    ACCOUNT_LICENCE = "account_licence", N_("开户许可证")
    REPRESENTATIVE_ID = "representative_id", N_("法人身份证")
    CONTRACT_COPY = "contract_copy", N_("合同复印件")
    LETTER = "letter", N_("往来函件")
    STATEMENT = "statement", N_("对账单")
    WAYBILL = "waybill", N_("运单")
    COOPERATION_PLAN = "cooperation_plan", N_("合作方案")
    DEVELOPMENT_REPORT = "development_report", N_("开拓报告")
    PERFORMANCE_ANALYSIS = "performance_analysis", N_("业绩分析")
    VISIT_RECORD = "visit_record", N_("拜访记录")
    COMPLAINT_EVIDENCE = "complaint_evidence", N_("投诉证据")
    DISPUTE_MATERIAL = "dispute_material", N_("纠纷材料")
    CHURN_ANALYSIS = "churn_analysis", N_("流失分析")
    OTHER = "other", N_("其他")


class MatchedBy(Term):
    """What of a paper named the customer."""

    OUR_CODE = "our_code", N_("本公司二维码")
    CREDIT_CODE = "credit_code", N_("统一社会信用代码")
    PERMIT_NUMBER = "permit_number", N_("许可证号")
    NAME = "name", N_("公司名称")
    FORMER_NAME = "former_name", N_("曾用名")
    HINT = "hint", N_("文件夹或文件名")


class Confidentiality(Term):
    """Who may look at the pages (Art. 10)."""

    INTERNAL = "internal", N_("内部")
    CONFIDENTIAL = "confidential", N_("秘密"), "bad"


class Searchable(Term):
    """Whether there is a PDF of a file that can be searched and copied from."""

    READY = "ready", N_("可以下载")
    OWN_TEXT = "own_text", N_("原件自带文字，可以直接检索和复制")
    UNREAD = "unread", N_("文字还没有识别完")
    NO_WORDS = "no_words", N_("页面上没有认出文字")
    NO_SCAN = "no_scan", N_("不是 PDF 或图片")


class Original(Term):
    """Whether a paper is kept besides its file."""

    PAPER = "paper", N_("留存纸质原件")
    ELECTRONIC = "electronic", N_("只有电子件")


def is_lowered(before: Confidentiality, after: Confidentiality) -> bool:
    """Whether more people may look at a paper than before."""
    return before is Confidentiality.CONFIDENTIAL and after is Confidentiality.INTERNAL


class DepositState(Term):
    """How far a file that came in has got."""

    RECEIVED = "received", N_("正在准备")
    READY = "ready", N_("待归档")
    FAILED = "failed", N_("无法预览")
    FILED = "filed", N_("已归档")
    REJECTED = "rejected", N_("已退回")
    JOINED = "joined", N_("已合并")
    APART = "apart", N_("已拆开")
    CUT = "cut", N_("已拆分")


class Validity(Term):
    """Whether a paper that runs out is still good."""

    VALID = "valid", N_("有效")
    EXPIRING = "expiring", N_("即将到期"), "warn"
    EXPIRED = "expired", N_("已过期"), "bad"


class Turning(Term):
    """Which way a page is turned by a quarter."""

    LEFT = "left", N_("向左")
    RIGHT = "right", N_("向右")

    @property
    def degrees(self) -> int:
        """How far that is to the right."""
        return 90 if self is Turning.RIGHT else 270


WAITING = (DepositState.RECEIVED, DepositState.READY, DepositState.FAILED)

# Licences and contract copies by the regulation's own practice; what names persons or money too.
CONFIDENTIAL_BY_DEFAULT = frozenset(
    {
        AttachmentKind.LICENCE,
        AttachmentKind.TAX_REGISTRATION,
        AttachmentKind.TRANSPORT_PERMIT,
        AttachmentKind.ACCOUNT_LICENCE,
        AttachmentKind.REPRESENTATIVE_ID,
        AttachmentKind.STATEMENT,
        AttachmentKind.FINANCIAL_STATEMENT,
        AttachmentKind.CONTRACT_COPY,
    }
)


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What the custodian says of a paper, every default decided."""

    kind: AttachmentKind
    title: str
    confidentiality: Confidentiality
    document_on: date | None = None
    valid_until: date | None = None
    paper_original: bool = False
    copies: int | None = None
    place: str | None = None

    def as_fields(self) -> dict[str, Any]:
        """By name, as a document takes them."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def default_confidentiality(kind: AttachmentKind) -> Confidentiality:
    """What a paper of *kind* is unless the custodian decides otherwise (Art. 10)."""
    if kind in CONFIDENTIAL_BY_DEFAULT:
        return Confidentiality.CONFIDENTIAL
    return Confidentiality.INTERNAL


def validity(valid_until: date | None, today: date) -> Validity | None:
    """Whether a paper is still good on *today*; None for one that never runs out."""
    if valid_until is None:
        return None
    if valid_until < today:
        return Validity.EXPIRED
    return Validity.EXPIRING if valid_until - today <= EXPIRES_SOON else Validity.VALID


def within(place: str) -> str:
    """How the places begin that are inside *place*: a cabinet, or a compartment of one."""
    return place.strip().rstrip("-") + "-"


def showable_name(name: str) -> str:
    """A file's name as it may be shown and saved.

    No folders, no control or direction-changing characters, at most 120 characters with the
    ending kept. The exact name stays in the deposit.
    """
    base = re.split(r"[/\\]", name)[-1]
    plain = "".join(
        letter for letter in base if unicodedata.category(letter) not in UNSHOWABLE
    ).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if len(plain) > 120 and dot and len(ending) <= 5:
        return f"{stem[: 119 - len(ending)]}.{ending}"
    return plain[:120] or "file"


def own_words(name: str) -> str:
    """What a file's name says of it, where a person named it: a camera writes no Chinese."""
    stem = showable_name(name).rpartition(".")[0] or showable_name(name)
    return stem[:120] if len(CHINESE.findall(stem)) >= 2 else ""


def proposed_titles(kind: AttachmentKind, names: Sequence[str]) -> list[str]:
    """A title for each of several papers of *kind*: its file's own words, or kind and number."""
    if len(names) == 1:
        return [own_words(names[0]) or kind.label]
    return [
        own_words(name) or f"{kind.label} {number}" for number, name in enumerate(names, start=1)
    ]


def permit_number(text: str) -> str:
    """*text* as numbers of permits are compared: letters and digits, half width, upper case."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).upper()


def joined_name(names: Sequence[str]) -> str:
    """The name of what several files were joined into, after the first of them."""
    stem = showable_name(names[0]).rpartition(".")[0] or showable_name(names[0])
    return f"{stem[:100]} ×{len(names)}.pdf" if len(names) > 1 else f"{stem[:100]}.pdf"


def saved_name(title: str, file_type: FileType, name: str) -> str:
    """The name under which an original is saved: its title, and the ending its bytes deserve.

    *name* is the one it came with.
    """
    ending = {FileType.JPEG: "jpg", FileType.TIFF: "tif"}.get(file_type, file_type.value)
    if file_type is FileType.OLE:  # its bytes say no more than that
        ending = came if (came := ending_of(name)) in OLD_ENDINGS else "doc"
    return f"{showable_name(title)}.{ending}"


class Called(Term):
    """What people call a file of each type."""

    PDF = "pdf", "PDF"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"
    TIFF = "tiff", "TIFF"
    HEIC = "heic", "HEIC"
    WEBP = "webp", "WebP"
    GIF = "gif", "GIF"
    BMP = "bmp", "BMP"
    AVIF = "avif", "AVIF"
    DOCX = "docx", "Word"
    DOCM = "docm", N_("含宏的 Word 文档（.docm）")
    DOTX = "dotx", N_("Word 模板（.dotx）")
    DOTM = "dotm", N_("含宏的 Word 模板（.dotm）")
    DOC = "doc", N_("旧版 Word（.doc）")
    RTF = "rtf", N_("RTF 文档")
    ODT = "odt", N_("OpenDocument 文本（.odt）")
    TXT = "txt", N_("纯文本")
    XLSX = "xlsx", "Excel"
    XLSM = "xlsm", N_("含宏的 Excel 工作簿（.xlsm）")
    XLTX = "xltx", N_("Excel 模板（.xltx）")
    XLTM = "xltm", N_("含宏的 Excel 模板（.xltm）")
    XLS = "xls", N_("旧版 Excel（.xls）")
    ODS = "ods", N_("OpenDocument 表格（.ods）")
    CSV = "csv", "CSV"
    PPTX = "pptx", "PowerPoint"
    PPTM = "pptm", N_("含宏的 PowerPoint 演示文稿（.pptm）")
    PPSX = "ppsx", N_("PowerPoint 放映文件（.ppsx）")
    PPT = "ppt", N_("旧版 PowerPoint（.ppt）")
    ODP = "odp", N_("OpenDocument 演示文稿（.odp）")
    OFD = "ofd", N_("OFD 版式文件")
    OLE = "ole", N_("旧版 Office 文件")
    WPS = "wps", N_("WPS 文件（.wps、.et 或 .dps）")
    LOCKED = "locked", N_("有密码的 Office 文件")
    MSG = "msg", N_("Outlook 邮件（.msg）")
    EML = "eml", N_("邮件（.eml）")
    PSD = "psd", N_("Photoshop 图片（.psd）")
    MP3 = "mp3", N_("MP3 录音")
    M4A = "m4a", N_("M4A 录音")
    AMR = "amr", N_("AMR 录音")
    WAV = "wav", N_("WAV 录音")
    MP4 = "mp4", N_("MP4 视频")
    MOV = "mov", N_("QuickTime 视频（.mov）")


CALLED = {each.value: each for each in Called}
NAMED = {
    "msg": Called.MSG, "wps": Called.WPS, "et": Called.WPS, "dps": Called.WPS, "wpt": Called.WPS,
}  # fmt: skip
"""An old container that shows nothing of itself is called after its name's ending."""
OLD_ENDINGS = frozenset({"doc", "docx", "xls", "xlsx", "ppt", "pptx", *NAMED})


def ending_of(name: str) -> str:
    """The ending of a file's name, small, without its dot."""
    return name.rpartition(".")[2].lower()


def called(file_type: FileType, flaw: Flaw | None, name: str) -> Called:
    """What people call a file that came under *name*."""
    if file_type is FileType.OLE:
        if flaw is Flaw.LOCKED:
            return Called.LOCKED
        return NAMED.get(ending_of(name), Called.OLE)
    return CALLED[file_type.value]


class Seems(Term):
    """Types that are refused but known by name."""

    ZIP = "application/zip", N_("ZIP 压缩包")
    RAR = "application/x-rar-compressed", N_("RAR 压缩包")
    SEVEN_ZIP = "application/x-7z-compressed", N_("7z 压缩包")
    HTML = "text/html", N_("网页（HTML）")
    SVG = "image/svg+xml", N_("SVG 矢量图")
    XML = "text/xml", N_("XML 文件")
    PROGRAM = "application/x-msdownload", N_("Windows 程序")
    EPUB = "application/epub+zip", N_("EPUB 电子书")
    GZIP = "application/gzip", N_("gzip 压缩包")
    TAR = "application/x-tar", N_("tar 归档包")
    BZIP = "application/x-bzip2", N_("bzip2 压缩包")
    XZ = "application/x-xz", N_("xz 压缩包")
    CABINET = "application/vnd.ms-cab-compressed", N_("CAB 压缩包")
    JPEG_2000 = "image/jpx", N_("JPEG 2000 图片")
    JPEG_XR = "image/vnd.ms-photo", N_("JPEG XR 图片")
    ICON = "image/x-icon", N_("图标（.ico）")
    RAW = "image/x-canon-cr2", N_("相机原始照片")
    GIMP = "image/x-xcf", N_("GIMP 图片（.xcf）")
    DRAWING = "image/vnd.dwg", N_("AutoCAD 图纸（.dwg）")
    POSTSCRIPT = "application/postscript", N_("PostScript 文件")
    AVI = "video/x-msvideo", N_("AVI 视频")
    WMV = "video/x-ms-wmv", N_("WMV 视频")
    MATROSKA = "video/x-matroska", N_("MKV 视频")
    WEBM = "video/webm", N_("WebM 视频")
    FLV = "video/x-flv", N_("FLV 视频")
    MPEG = "video/mpeg", N_("MPEG 视频")
    THREE_GP = "video/3gpp", N_("3GP 视频")
    AAC = "audio/aac", N_("AAC 录音")
    OGG = "audio/ogg", N_("OGG 录音")
    FLAC = "audio/x-flac", N_("FLAC 录音")
    UNKNOWN = "application/octet-stream", N_("无法识别的内容")


SEEMS: dict[object, Seems] = {each.value: each for each in Seems}
WAYS_OUT: Mapping[Seems, type[TypeNotTaken]] = {
    **dict.fromkeys((Seems.ZIP, Seems.RAR, Seems.SEVEN_ZIP, Seems.GZIP, Seems.TAR, Seems.BZIP,
                     Seems.XZ, Seems.CABINET), Packed),
    **dict.fromkeys((Seems.HTML, Seems.SVG, Seems.XML), ForBrowsers),
    **dict.fromkeys((Seems.JPEG_2000, Seems.JPEG_XR, Seems.ICON, Seems.RAW, Seems.GIMP),
                    ForPictures),
    **dict.fromkeys((Seems.DRAWING, Seems.POSTSCRIPT), ForPrinting),
    **dict.fromkeys((Seems.AVI, Seems.WMV, Seems.MATROSKA, Seems.WEBM, Seems.FLV, Seems.MPEG,
                     Seems.THREE_GP, Seems.AAC, Seems.OGG, Seems.FLAC), ForPlaying),
}  # fmt: skip
"""What a person can do with a file of such a type."""


def check_taken_in(facts: FileFacts) -> None:
    """Let a file in that is of a type taken in and within the limits.

    Raises:
        FileRefused: one of its classes, with what was found and the limit.
    """
    if facts.refusal is None:
        return
    found, limit = facts.refusal.found, facts.refusal.limit
    match facts.refusal.reason:
        case Reason.EMPTY:
            raise FileEmpty()
        case Reason.TOO_LARGE:
            raise FileTooLarge(found=bytes_in_words(found), limit=bytes_in_words(limit))
        case Reason.TOO_LARGE_UNPACKED:
            raise TooLargeUnpacked(found=bytes_in_words(found), limit=bytes_in_words(limit))
        case Reason.TOO_MANY_PAGES:
            raise TooManyPages(found=found, limit=limit)
        case Reason.TOO_MANY_PIXELS:
            raise TooManyPixels(found=millions(found), limit=millions(limit))
    seems = SEEMS.get(found, Seems.UNKNOWN)
    raise WAYS_OUT.get(seems, TypeNotTaken)(seems=seems)


def bytes_in_words(amount: object) -> str:
    """A human-readable size: ``500 MB``, ``3.2 MB``, ``12 KB``."""
    assert isinstance(amount, int)
    if amount < MIB:
        return f"{max(1, round(amount / 1024))} KB"
    return f"{amount / MIB:.1f} MB".replace(".0 ", " ")


def millions(amount: object) -> str:
    """Pixels in millions, as people read them."""
    assert isinstance(amount, int)
    return f"{amount / 1_000_000:.1f}".removesuffix(".0")
