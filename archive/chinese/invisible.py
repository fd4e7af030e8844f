"""Marks that nobody sees and that come along when a text is copied from elsewhere."""

import re

from archive.chinese.folding import HAN

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")  # letters that look like a space

_EMOJI = "[\u00a9\u00ae\u203c\u2049\u2100-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_DRAWN = f"{_EMOJI}[\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?"
_MARKS = re.compile(
    "(?P<kept>"
    "\U0001f3f4[\U000e0020-\U000e007f]+"  # the flag of a part of a country
    f"|{_DRAWN}(?:\u200d{_DRAWN})*"
    "|[0-9#*]\ufe0f\u20e3"
    f"|[{HAN}][\ufe00-\ufe0f\U000e0100-\U000e01ef]"  # the very form that a name is written in
    ")|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Of Unicode's default ignorable code points and controls, all that show nothing by themselves.


def visible(text: str) -> str:
    """*text* as it is seen: without invisible marks, with one kind of line end.

    Kept are those that change what is drawn: the joiners and variants inside an emoji, and the
    variant of a Chinese character.
    """
    if text.isascii() and text.isprintable():  # most numbers and codes: there is nothing to find
        return text
    text = _BLANKS.sub(" ", _LINE_ENDS.sub("\n", text))
    return _MARKS.sub(lambda mark: mark["kept"] or "", text)
