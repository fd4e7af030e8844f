"""``python -m bench [NAME ...]``: measure all, or the measurements named."""

import importlib
import json
import os
import pkgutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import cast

import bench
from archive.config import Settings
from archive.embedded import join_stores
from bench.frame import Bench, Figure, Measurement

RESULTS = Path("build/bench.json")


def main(wanted: list[str]) -> int:
    """Measure, print a table, write the figures down; 1 when a limit does not hold."""
    figures: list[Figure] = []
    for name in wanted or names():
        found = measure(name)
        print_table(found)
        figures += found
    RESULTS.write_text(
        json.dumps(
            {"cores": os.cpu_count(), "figures": [asdict(each) for each in figures]}, indent=1
        )
    )
    return 0 if all(figure.holds for figure in figures) else 1


def names() -> list[str]:
    """The modules of this package that measure."""
    found = (each.name for each in pkgutil.iter_modules(bench.__path__) if each.name[0] != "_")
    return [name for name in found if hasattr(load(name), "measure")]


def load(name: str) -> Measurement:
    """The measurement *name*."""
    return cast(Measurement, importlib.import_module(f"bench.{name}"))


def measure(name: str) -> list[Figure]:
    """The figures of the measurement *name*, taken on stores of its own."""
    print(f"Measuring {name} ...", flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=RESULTS.parent) as scratch:
        folder = Path(scratch) / "work"
        folder.mkdir()
        with join_stores(
            Settings(
                var=Path(scratch) / "var", company="示例运输有限公司", token_requests_per_minute=0
            )
        ) as stores:
            return load(name).measure(Bench(stores, folder))


def print_table(figures: list[Figure]) -> None:
    """Each figure beside its limit."""
    width = max((len(figure.name) for figure in figures), default=0)
    for each in figures:
        verdict = "holds" if each.holds else "MISSED"
        value = f"{each.value:10.2f} {each.unit:6}"
        print(f"{each.name:{width}}  {value} limit {each.bound:8.2f}  {verdict}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
