"""Word files as uploads."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from werkzeug.datastructures import FileStorage

from archive.contracts.errors import BrokenWordFile, LockedWordFile, NotAWordFile, OldWordFile
from archive.docgen.package import MAX_BYTES
from archive.filing.rules import SEEMS, Called, Seems, called, ending_of
from archive.recognition import FileFacts, FileType, Flaw, PageReader, Reason

OLD = (Called.DOC, Called.XLS, Called.OLE)
NO_TEMPLATE = 4 * MAX_BYTES
"""What is larger than this is refused unread; what is smaller is told why it is too large."""


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
    if facts.flaw is Flaw.LOCKED:
        raise LockedWordFile()
    is_of_unknown_type = facts.refusal and facts.refusal.reason is Reason.UNKNOWN_TYPE
    if facts.type is FileType.DOCX or (facts.refusal and not is_of_unknown_type):
        return  # the check knows more of those
    if facts.type is not None:
        word = called(facts.type, facts.flaw, name)
        raise OldWordFile() if word in OLD else NotAWordFile(seems=word)
    seems = SEEMS.get(facts.refusal.found if facts.refusal else "", Seems.UNKNOWN)
    if seems is Seems.ZIP and ending_of(name) == "docx":
        raise BrokenWordFile()
    raise NotAWordFile(seems=seems)
