"""Word files as uploads."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from werkzeug.datastructures import FileStorage

from archive.contracts.errors import BrokenWordFile, LockedWordFile, NotAWordFile, OldWordFile
from archive.docgen.package import MAX_BYTES
from archive.filing.rules import NAMED, SEEMS, Seems
from archive.recognition import FileFacts, FileType, Flaw, PageReader, Reason
from archive.recognition.facts import IMAGES
from archive.recognition.sniffing import LOCKED_OFFICE, OLD_OFFICE
from archive.terms import N_, Term

NO_TEMPLATE = 4 * MAX_BYTES
"""What is larger than this is refused unread; what is smaller is told why it is too large."""


class OtherFile(Term):
    """Files that the archive takes in, but not as templates."""

    PDF = "pdf", N_("PDF 文件")
    XLSX = "xlsx", N_("Excel 工作簿（.xlsx）")
    IMAGE = "image", N_("图片")


OTHER_FILES = {
    FileType.PDF: OtherFile.PDF,
    FileType.XLSX: OtherFile.XLSX,
    **dict.fromkeys(IMAGES, OtherFile.IMAGE),
}


def read_upload(upload: FileStorage | None, recognition: PageReader) -> tuple[bytes, str]:
    """The bytes and the name of an uploaded template; no more than one byte over the limit.

    Raises:
        NotAWordFile: it is something else.
    """
    if upload is None or not upload.filename:
        return b"", ""
    upload.stream.seek(0)
    content = upload.stream.read(MAX_BYTES + 1)
    if 0 < len(content) <= MAX_BYTES:  # beyond that the check says what is wrong
        with NamedTemporaryFile() as copy:
            copy.write(content)
            copy.flush()
            demand_word(recognition.inspect(Path(copy.name)), upload.filename)
    return content, upload.filename


def demand_word(facts: FileFacts, name: str) -> None:
    """Refuse what is no Word file in words that say what it is and what to do.

    Raises:
        NotAWordFile
    """
    found = facts.refusal.found if facts.refusal else ""
    if facts.flaw is Flaw.LOCKED or found == LOCKED_OFFICE:
        raise LockedWordFile()
    is_of_unknown_type = facts.refusal and facts.refusal.reason is Reason.UNKNOWN_TYPE
    if facts.type is FileType.DOCX or (facts.refusal and not is_of_unknown_type):
        return  # the check knows more of those
    if facts.type is not None:
        raise NotAWordFile(seems=OTHER_FILES[facts.type])
    ending = name.rpartition(".")[2].lower()
    seems = SEEMS.get(found, Seems.UNKNOWN)
    if found == OLD_OFFICE and ending not in NAMED:
        raise OldWordFile()
    if seems is Seems.ZIP and ending == "docx":
        raise BrokenWordFile()
    raise NotAWordFile(seems=NAMED.get(ending, seems) if found == OLD_OFFICE else seems)
