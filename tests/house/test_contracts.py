"""The contracts of ``make check`` look at a new chapter as soon as its folder is there."""

import pytest
from grimp import ImportGraph, build_graph
from importlinter import Contract
from importlinter.application.use_cases import read_user_options
from importlinter.configuration import configure

from tests.house.contracts import ApartContract, RoomsContract, chapters_in
from tests.house.source import ROOT


def contract(kind: type[RoomsContract | ApartContract]) -> Contract:
    """The contract of *kind* as ``pyproject.toml`` has it."""
    configure()
    options = read_user_options(str(ROOT / "pyproject.toml"))
    given = next(row for row in options.contracts_options if row["type"] == kind.type_name)
    return kind(given["name"], options.session_options, given)


@pytest.fixture
def graph() -> ImportGraph:
    """Our imports, and a new chapter that no contract names."""
    found = build_graph("archive")
    for name in ("", ".chapter", ".views", ".service", ".rules", ".errors"):
        found.add_module(f"archive.lending{name}")
    return found


def is_kept(kind: type[RoomsContract | ApartContract], graph: ImportGraph) -> bool:
    """Whether the contract of *kind* holds in *graph*."""
    return contract(kind).check(graph, verbose=False).kept


def test_a_new_chapter_that_keeps_to_its_rooms_is_in_order(graph: ImportGraph) -> None:
    assert "archive.lending" in chapters_in(graph)
    graph.add_import(importer="archive.lending.views", imported="archive.lending.service")
    assert is_kept(RoomsContract, graph)


def test_a_new_chapter_that_imports_a_room_before_is_found_out(graph: ImportGraph) -> None:
    graph.add_import(importer="archive.lending.rules", imported="archive.lending.service")
    assert not is_kept(RoomsContract, graph)


def test_a_room_that_nobody_knows_is_found_out(graph: ImportGraph) -> None:
    graph.add_module("archive.lending.helpers")
    assert not is_kept(RoomsContract, graph)


def test_the_pages_across_chapters_may_not_name_a_new_one(graph: ImportGraph) -> None:
    assert is_kept(ApartContract, graph)
    graph.add_import(importer="archive.dossier.views.home", imported="archive.lending.service")
    assert not is_kept(ApartContract, graph)
