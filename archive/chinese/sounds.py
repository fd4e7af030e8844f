"""What sounds alike when it is typed by its sound: 货孙 for 货损, and as the south speaks it."""

import re
import unicodedata
from functools import cache, lru_cache

LONGEST_WORD = 4

# Zh and z, sh and s, ch and c, n and l at the beginning, -ng and -n are one to many people.
_ALIKE = ((re.compile("([zcs])h"), r"\1"), (re.compile("ng$"), "n"), (re.compile("^l"), "n"))


def sound_of(text: str) -> str:
    """How *text* sounds: syllable by syllable, without tones and what many do not tell apart."""
    return " ".join(map(_alike, _syllables(text)))


def _syllables(text: str) -> list[str]:
    """Each character of *text* in its likeliest reading, without its tone."""
    # As in `archive.chinese.pinyin`: a process that corrects nothing needs no dictionaries.
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    return lazy_pinyin(text, style=Style.NORMAL, errors="ignore")


@cache
def _alike(syllable: str) -> str:
    for pattern, same in _ALIKE:
        syllable = pattern.sub(same, syllable)
    return syllable


@cache
def _characters() -> dict[str, str]:
    """The usual characters by their sound: level 1 of GB 2312."""
    found: dict[str, str] = {}
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            character = bytes((high, low)).decode("gb2312", "ignore")
            if character:
                sound = sound_of(character)
                found[sound] = found.get(sound, "") + character
    return found


@lru_cache(maxsize=4096)
def characters_like(character: str) -> str:
    """The usual characters that sound like *character*, without itself."""
    return _characters().get(sound_of(character), "").replace(character, "")


@cache
def _words() -> dict[str, list[str]]:
    """The words of pypinyin's dictionary by their sound, all in one."""
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415 - as above

    found: dict[str, list[str]] = {}
    for word, syllables in phrases_dict.items():
        if 1 < len(word) <= LONGEST_WORD:
            sound = "".join(_alike(_without_tone(each[0])) for each in syllables)
            found.setdefault(sound, []).append(word)
    return found


@lru_cache(maxsize=2048)
def _without_tone(syllable: str) -> str:
    return "".join(filter(str.isascii, unicodedata.normalize("NFD", syllable)))


def words_like(sound: str) -> list[str]:
    """The words of the dictionary that sound like that, as `sound_of` writes it."""
    return _words().get(sound.replace(" ", ""), [])


def letters_of(text: str) -> str:
    """*text* as it is typed by its sound, in one go."""
    return "".join(_syllables(text))
