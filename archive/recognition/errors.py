"""Why a page image cannot be had. The filing chapter puts these into words."""


class RecognitionError(Exception):
    """A page that cannot be shown."""


class NoSuchPage(RecognitionError):
    """The file ends before this page, or its kind has no pages at all."""


class PageUnreadable(RecognitionError):
    """The page is damaged, or locked by a password."""


class PageLocked(PageUnreadable):
    """The file opens with a password only."""


class ReaderBusy(RecognitionError):
    """Too many files are being looked into, for this person or for all: ask again later."""


class ReaderGaveUp(RecognitionError):
    """Reading took more memory or time than one file may take, or broke the reader."""


class TableUnreadable(RecognitionError):
    """The file is no workbook and no text that can be read as a table."""


class TableLocked(TableUnreadable):
    """The workbook opens with a password only."""


class MailUnreadable(RecognitionError):
    """The mail has more parts, or parts within parts, than a mail has."""
