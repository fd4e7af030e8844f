"""What the documents say is what the code does."""

import re
import tomllib

import pytest

from tests.house.source import ROOT

TRACKED = ("archive", "bench", "docs", "frontend", "tests")
LOOSE = ("Makefile", "pyproject.toml", "README.md", "README.zh-CN.md", "compose.yaml", "wsgi.py")
ENDINGS = {".py", ".pyi", ".html", ".md", ".toml", ".ts", ".scss", ".js", ".json", ".yaml", ".po"}
BUILT = {"node_modules", "dist", "__pycache__"}


def project() -> dict[str, object]:
    """The table ``[project]`` of pyproject.toml, with the groups beside it."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


def files_of(*endings: str) -> list[str]:
    """The text files of the repository whose names end so, as paths from its root."""
    found = [ROOT / name for name in LOOSE if (ROOT / name).exists()]
    for folder in TRACKED:
        found += [
            path
            for path in (ROOT / folder).rglob("*")
            if path.suffix in (endings or ENDINGS)
            and not BUILT & set(path.relative_to(ROOT).parts)
            and path.is_file()
        ]
    return sorted(str(path.relative_to(ROOT)) for path in found)


def test_every_dependency_has_its_reason() -> None:
    whole = project()
    named: list[str] = [*whole["project"]["dependencies"], *whole["dependency-groups"]["dev"]]  # type: ignore[index]
    named += [
        each
        for group in whole["project"]["optional-dependencies"].values()  # type: ignore[index]
        for each in group
    ]
    named += whole["build-system"]["requires"]  # type: ignore[index]
    wanted = {re.split(r"[\[=<>~;! ]", each)[0].lower() for each in named}
    page = (ROOT / "docs" / "decisions" / "dependencies.md").read_text()
    reasons = re.findall(r"^\| ([^|]+) \| ([^|]{4,}) \|$", page, re.MULTILINE)
    given = {name.strip(" `").lower() for cell, _ in reasons for name in cell.split(",")}
    assert wanted - given == set()


def test_every_page_of_the_documents_that_is_linked_to_exists() -> None:
    broken = []
    for name in files_of(".md"):
        text = (ROOT / name).read_text()
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
            if "://" in target or target.startswith("mailto:"):
                continue
            if not ((ROOT / name).parent / target).exists():
                broken.append(f"{name}: {target}")
    assert broken == []


# The words are put together here so that this file does not hold them.
FORBIDDEN = {
    "a registry's or a network's host": r"https?://(?!(localhost|127\.0\.0\.1|\[::1\]"
    r"|www\.w3\.org|schemas\.|purl\.oclc\.org|json-schema\.org|purl\.org|[\w.-]*example\b|[\w.-]*\.example\b"
    r"|a\.cn\b|[\w.-]*\.invalid|[\w.-]*company\.cn|[\w.-]*\.test\b|relaxng\.org|openoffice\.org/2001|[{$%<]))[\w-]+\.",
    "a library of mocks": r"\b(unittest\." + r"mock|Magic" + r"Mock|mongo" + r"mock|"
    r"import mo" + r"to|from mo" + r"to)\b",
    "a skipped test": r"pytest\." + r"(skip|importorskip|mark\.skip|mark\.xfail)|@unittest\.skip",
    "an exception without its code": r"#\s*noqa(?!:\s?[A-Z])|#\s*type:\s*ignore(?!\[)",
    "a thing left to do": r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = []
    for name in files_of():
        if name.endswith("package-lock.json"):
            continue
        for number, line in enumerate((ROOT / name).read_text().splitlines(), 1):
            if pattern.search(line):
                found.append(f"{name}:{number} {line.strip()[:100]}")
    assert found == [], "\n".join(found)


def test_no_lock_file_names_the_host_that_it_was_made_from() -> None:
    for name in ("requirements.lock", "requirements-uv.lock", "frontend/package-lock.json"):
        text = (ROOT / name).read_text()
        assert not re.search(r'"resolved"|--(extra-)?index-url', text), name


@pytest.mark.parametrize("folder", ["archive", "bench"])
def test_no_module_outgrows_its_room(folder: str) -> None:
    """At about 300 lines a module asks for a room of its own (CONTRIBUTING.md); 400 is the end."""
    long = {
        name: lines
        for name in files_of(".py")
        if name.startswith(f"{folder}/")
        and (lines := len((ROOT / name).read_text().splitlines())) > 400
    }
    assert long == {}
