"""A .docx is a zip of XML parts. Here it is looked over before anything else opens it.

Refused are: more than our limits, macros, embedded objects, anything fetched from elsewhere
when the file is opened, and document type declarations (entities).
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from archive.terms import N_, Term

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 60 * 1024 * 1024
MAX_XML_BYTES = 8 * 1024 * 1024
MAX_PARTS = 400

_DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_CONTENT_TYPES = "[Content_Types].xml"
# Relationships that may point outside: a link does nothing until a reader clicks it.
_LINKS = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
# A file on the disk of whoever made the template: left out when it is opened, so never read.
_ON_A_DISK = re.compile(r"(file:///?)?[a-z]:[\\/]|[\w %-]+\.dot[xm]?$", re.IGNORECASE)
LEFT_OUT_KINDS = {
    "attachedTemplate",
    "mailMergeSource",
    "mailMergeHeaderSource",
    "mailMergeRecipientData",
    "recipientData",
}


class PackageFlaw(Term):
    """Why a file is not opened, or a part of it not accepted."""

    NO_DOCX = "no_docx", N_("这不是 .docx 文件")
    TOO_LARGE = "too_large", N_("文件超过 10 MB")
    UNPACKS_TOO_LARGE = (
        "unpacks_too_large",
        N_("文件解压后超过 60 MB，或其中一个 XML 部分超过 8 MB"),
    )
    TOO_MANY_PARTS = "too_many_parts", N_("文件内部超过 400 个部分")
    MACROS = "macros", N_("文件带有宏")
    EXTERNAL = "external", N_("文件引用了外部内容，打开时会从别处读取")
    LINKED_PICTURE = (
        "linked_picture",
        N_("这里的图片是链接，打开时会从别处读取；请改为插入图片本身"),
    )
    LOCAL_LINK = "local_link", N_("这里的链接指向某台电脑上的文件，别人打不开；请去掉链接")
    EMBEDDED = "embedded", N_("文件嵌入了对象或附加模板")
    OBJECT = "object", N_("这里嵌入了对象（例如 Excel 表格）；请改为 Word 表格或图片")
    CHART_DATA = "chart_data", N_("这里的图表带着 Excel 数据；请复制图表，选择性粘贴为图片")
    OTHER_FILE = (
        "other_file",
        N_("这里插入了另一份文件，Word 打开时才会展开；请把它的内容直接粘贴进来"),
    )
    CONTROL = "control", N_("这里有 ActiveX 控件；请改为普通文字或表格")
    BAD_XML = "bad_xml", N_("文件内部的 XML 不完整，或带有不允许的声明")


@dataclass(frozen=True)
class PackageFault:
    """A reason not to open a file; `key` is the relationship of the part `names` that is one."""

    flaw: PackageFlaw
    part: str = ""
    detail: str = ""
    key: str = ""

    @property
    def names(self) -> str:
        """The part that the relationships in `part` are those of."""
        folder, name = posixpath.split(self.part)
        return f"/{posixpath.dirname(folder)}/{name.removesuffix('.rels')}".replace("//", "/")


_DANGEROUS_KINDS = {
    "aFChunk": PackageFlaw.OTHER_FILE,
    "control": PackageFlaw.CONTROL,
    "frame": PackageFlaw.EMBEDDED,
    "oleObject": PackageFlaw.OBJECT,
    "package": PackageFlaw.OBJECT,
    "subDocument": PackageFlaw.OTHER_FILE,
    "vbaProject": PackageFlaw.MACROS,
    "wordVbaData": PackageFlaw.MACROS,
}
_EXTERNAL_KINDS = {"image": PackageFlaw.LINKED_PICTURE, "hyperlink": PackageFlaw.LOCAL_LINK}


def find_package_faults(content: bytes) -> list[PackageFault]:
    """Every reason not to open *content* as a Word file; empty when it may be opened."""
    if len(content) > MAX_BYTES:
        return [PackageFault(PackageFlaw.TOO_LARGE)]
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return _limits(package) or list(_examine(package))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError):
        # RuntimeError: an encrypted entry; NotImplementedError: an unknown packing method.
        return [PackageFault(PackageFlaw.NO_DOCX)]


def _limits(package: zipfile.ZipFile) -> list[PackageFault]:
    entries = package.infolist()
    if len(entries) > MAX_PARTS:
        return [PackageFault(PackageFlaw.TOO_MANY_PARTS)]
    names = [entry.filename for entry in entries]
    if _CONTENT_TYPES not in names or len(set(names)) != len(names):
        return [PackageFault(PackageFlaw.NO_DOCX)]
    # zipfile never unpacks more of an entry than the size declared here.
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        return [PackageFault(PackageFlaw.UNPACKS_TOO_LARGE)]
    return [
        PackageFault(PackageFlaw.UNPACKS_TOO_LARGE, part=entry.filename)
        for entry in entries
        if _is_xml(entry.filename) and entry.file_size > MAX_XML_BYTES
    ]


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _examine(package: zipfile.ZipFile) -> Iterator[PackageFault]:
    for name in package.namelist():
        if name.lower().endswith(("vbaproject.bin", "vbadata.xml")):
            yield PackageFault(PackageFlaw.MACROS, part=name)
        if not _is_xml(name):
            continue
        content = package.read(name)
        if _declares_entities(content):
            yield PackageFault(PackageFlaw.BAD_XML, part=name)
        elif name == _CONTENT_TYPES or name.lower().endswith(".rels"):
            yield from _examine_structure(name, content)


def _declares_entities(content: bytes) -> bool:
    """Has the XML a document type, or an encoding in which one could be hidden?"""
    head = content[:200]
    declared = re.search(rb"encoding\s*=\s*[\"']([\w.-]+)", head)
    if b"\0" in head or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii")):
        return True
    return b"<!DOCTYPE" in content or b"<!ENTITY" in content


def _examine_structure(name: str, content: bytes) -> Iterator[PackageFault]:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        yield PackageFault(PackageFlaw.BAD_XML, part=name)
        return
    if name == _CONTENT_TYPES:
        yield from _examine_content_types(root)
    else:
        yield from _examine_relationships(name, root)


def _examine_content_types(root: etree._Element) -> Iterator[PackageFault]:
    types = [element.get("ContentType", "") for element in root.iter("{*}Override", "{*}Default")]
    if any("macroenabled" in kind.lower() or "vba" in kind.lower() for kind in types):
        yield PackageFault(PackageFlaw.MACROS, part=_CONTENT_TYPES)
    elif _DOCUMENT_TYPE not in types or any(map(_hides_xml, root)):
        yield PackageFault(PackageFlaw.NO_DOCX, part=_CONTENT_TYPES)


def _hides_xml(entry: etree._Element) -> bool:
    """Is a part of the text kept under a name that `_is_xml` would pass by?"""
    named = entry.get("PartName") or "." + entry.get("Extension", "")
    return "wordprocessingml" in entry.get("ContentType", "") and not _is_xml(named)


def _examine_relationships(name: str, root: etree._Element) -> Iterator[PackageFault]:
    for relationship in root.iter("{*}Relationship"):
        kind = relationship.get("Type", "").rpartition("/")[2]
        target = relationship.get("Target", "")
        key = relationship.get("Id", "")
        if relationship.get("TargetMode", "").lower() == "external":
            is_left_out = kind in LEFT_OUT_KINDS and _ON_A_DISK.match(target)
            if not is_left_out and (kind != "hyperlink" or not _LINKS.match(target)):
                flaw = _EXTERNAL_KINDS.get(kind, PackageFlaw.EXTERNAL)
                yield PackageFault(flaw, name, target[:200], key)
        elif kind in _DANGEROUS_KINDS:
            in_chart = "/charts/" in name and kind == "package"
            flaw = PackageFlaw.CHART_DATA if in_chart else _DANGEROUS_KINDS[kind]
            yield PackageFault(flaw, name, target[:200], key)
