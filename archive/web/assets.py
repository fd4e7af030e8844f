"""The built front end: names with a digest in them, from Vite's manifest."""

import json
from pathlib import Path
from typing import Any

from flask import Flask, url_for

from archive.errors import ArchiveError
from archive.terms import N_

DIST = Path(__file__).parent / "static" / "dist"
MANIFEST = DIST / ".vite" / "manifest.json"


class NotBuilt(ArchiveError):
    """The front end has not been built."""

    message = N_("页面的前端文件尚未生成。")
    remedy = N_("请在项目目录运行 make assets。")


class Assets:
    """Finds the built file behind an entry's name."""

    def __init__(self) -> None:
        self._read_at = 0
        self._manifest: dict[str, Any] = {}

    @property
    def manifest(self) -> dict[str, Any]:
        """Vite's manifest, read again when the front end was rebuilt.

        While it is being built the earlier one stays in use.
        """
        try:
            built_at = MANIFEST.stat().st_mtime_ns
            if built_at != self._read_at:
                self._manifest = json.loads(MANIFEST.read_text())
                self._read_at = built_at
        except FileNotFoundError as error:
            if not self._manifest:
                raise NotBuilt() from error
        return self._manifest

    def url(self, entry: str) -> str:
        """The address of the script of *entry*, a file name under ``frontend/src/entries``."""
        return self._address(self._chunk(entry)["file"])

    def styles(self, entry: str) -> list[str]:
        """The addresses of the style sheets that *entry* brings, those of its imports first."""
        found: list[str] = []
        self._collect(self._chunk(entry), found, set())
        return [self._address(name) for name in found]

    def _chunk(self, entry: str) -> dict[str, Any]:
        return self.manifest[f"src/entries/{entry}"]  # type: ignore[no-any-return]

    def _collect(self, chunk: dict[str, Any], found: list[str], seen: set[str]) -> None:
        for name in chunk.get("imports", ()):
            if name not in seen:
                seen.add(name)
                self._collect(self.manifest[name], found, seen)
        found.extend(name for name in chunk.get("css", ()) if name not in found)

    def _address(self, name: str) -> str:
        return url_for("static", filename=f"dist/{name}")


def install(app: Flask) -> None:
    """Offer the built files to the templates: ``asset('main.ts')``, ``asset_styles('main.ts')``."""
    assets = Assets()
    app.jinja_env.globals.update(asset=assets.url, asset_styles=assets.styles)
