"""The repository keeps what people write, and nothing that is built from it."""

import re
import subprocess

from tests.house.source import ROOT

BUILT = re.compile(r"(^|/)(__pycache__|node_modules|dist|build|var)/|\.(pyc|pyo|mo|map|egg-info)$")
BUILDING = "frontend/build/"  # what builds the front end, written by hand


def listed(*options: str) -> list[str]:
    """The files that git keeps, by path."""
    found = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [each for each in found.split("\0") if each]


def test_no_built_file_is_kept() -> None:
    kept = listed()
    assert "pyproject.toml" in kept
    built = [each for each in kept if BUILT.search(each) and not each.startswith(BUILDING)]
    assert built == []


def test_nothing_is_kept_that_is_to_be_left_out() -> None:
    assert listed("--cached", "--ignored", "--exclude-standard") == []
