"""Contracts of ``make check`` that hold for each chapter, without naming one.

A chapter is a folder with a ``chapter.py``: a new one is checked as soon as it is there.
"""

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.contracts.layers import LayersContract
from importlinter.domain.imports import ModuleExpression

SHAPES = "archive.web.chapter"  # what a chapter is, and no chapter itself


def chapters_in(graph: ImportGraph) -> list[str]:
    """The packages that are chapters."""
    declared = {module for module in graph.modules if module.endswith(".chapter")} - {SHAPES}
    return sorted(module.removesuffix(".chapter") for module in declared)


class RoomsContract(LayersContract):
    """The layers hold inside every chapter; `containers` are found, not listed."""

    type_name = "rooms"
    containers: Any

    def validate(self) -> None:
        """There are no containers yet."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Check the rooms of each chapter in *graph*."""
        self.containers = [ModuleExpression(name) for name in chapters_in(graph)]
        return super().check(graph, verbose)


class ApartContract(Contract):
    """`module` imports no chapter itself, but itself and those in `but`."""

    type_name = "apart"
    module: Any = fields.ModuleField()
    but: Any = fields.ListField(subfield=fields.ModuleField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at each import of the module in *graph*."""
        own = {self.module.name, *graph.find_descendants(self.module.name)}
        free = {self.module.name, *(each.name for each in self.but)}
        others = tuple(f"{name}." for name in chapters_in(graph) if name not in free)
        wrong = sorted(
            f"{importer} imports {imported}"
            for importer in own
            for imported in graph.find_modules_directly_imported_by(importer)
            if f"{imported}.".startswith(others)
        )
        return ContractCheck(kept=not wrong, metadata={"wrong": wrong})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say which imports are too many."""
        for each in check.metadata["wrong"]:
            output.print_error(each)
