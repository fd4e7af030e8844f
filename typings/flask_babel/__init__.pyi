from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from babel import Locale
from flask import Flask

class Babel:
    def __init__(
        self,
        app: Flask | None = None,
        *,
        locale_selector: Callable[[], str] | None = None,
        timezone_selector: Callable[[], str] | None = None,
    ) -> None: ...

def force_locale(locale: Locale | str) -> AbstractContextManager[None]: ...
def get_locale() -> Locale | None: ...
def gettext(string: str, **variables: Any) -> str: ...
def ngettext(singular: str, plural: str, num: int, **variables: Any) -> str: ...
