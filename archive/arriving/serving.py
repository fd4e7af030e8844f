"""What tasks and pages share."""

from flask_babel import force_locale

from archive.arriving.models import Words
from archive.arriving.rules import Way
from archive.arriving.service.taking import Tools
from archive.errors import ArchiveError
from archive.web.answers import words_of
from archive.web.context import seams
from archive.web.language import LANGUAGES
from archive.web.spool import SpooledFile

TASKS = {Way.FOLDER: "arriving.look_into_folder", Way.MAILBOX: "arriving.look_into_mailbox"}
"""By what each way is looked at."""


def tools() -> Tools:
    """The outside parts of this site."""
    settings = seams().settings
    return Tools(
        blobs=seams().blobs,
        recognition=seams().recognition,
        spool=lambda: SpooledFile(settings.spool, settings.max_file_bytes),
        in_words=in_words,
    )


def in_words(error: ArchiveError) -> Words:
    """What *error* says and what to do, in every language: it is kept, and read by anybody."""
    said = {}
    for language in LANGUAGES:
        with force_locale(language):
            between = " " if language == "en" else ""
            said[language] = between.join(filter(None, words_of(error)))
    return said
