"""What the command line says: errors in the operator's language."""

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
from babel.support import NullTranslations, Translations

import archive
from archive.errors import ArchiveError

P = ParamSpec("P")
R = TypeVar("R")


def words_of(error: ArchiveError) -> str:
    """What happened and what to do, in Chinese where LANG asks for it, else in English."""
    catalogue = NullTranslations() if is_chinese() else english()
    said = (catalogue.gettext(text) for text in (error.message, error.remedy) if text)
    return "\n".join(text % error.facts for text in said)


def is_chinese() -> bool:
    """Whether the terminal's language is Chinese."""
    return os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("zh")


def english() -> Translations:
    """The English words of all folders."""
    catalogue = Translations()
    for folder in sorted(Path(archive.__file__).parent.glob("*/translations")):
        found = Translations.load(str(folder), ["en"])
        if isinstance(found, Translations):
            catalogue.merge(found)
    return catalogue


def plainly(command: Callable[P, R]) -> Callable[P, R]:
    """Have *command* end with the words of an `ArchiveError` instead of a traceback."""

    @wraps(command)
    def spoken(*arguments: P.args, **options: P.kwargs) -> R:
        try:
            return command(*arguments, **options)
        except ArchiveError as error:
            raise click.ClickException(words_of(error)) from error

    return spoken
