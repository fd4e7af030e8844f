"""The built front end."""

import subprocess
import sys
from pathlib import Path

from archive.web.assets import DIST
from tests.house.source import ROOT

BUDGET = 200_000
NODE = Path(sys.executable).with_name("node")

WEIGH = """
import { styleBudget } from "%(plugin)s";
const sheet = (weight) => (
  { type: "asset", fileName: "assets/main-1.css", source: "x".repeat(weight) });
const faults = [];
for (const weight of process.argv.slice(1).map(Number)) {
  styleBudget().generateBundle.handler.call(
    { error: (words) => faults.push(words) }, {}, { sheet: sheet(weight) });
}
console.log(faults.join("\\n"));
"""


def test_every_style_sheet_is_within_its_budget() -> None:
    sheets = {each.name: each.stat().st_size for each in (DIST / "assets").glob("*.css")}
    assert sheets
    assert {name: size for name, size in sheets.items() if size > BUDGET} == {}


def test_a_style_sheet_beyond_the_budget_stops_the_build_and_is_named() -> None:
    plugin = ROOT / "frontend" / "build" / "style-budget.js"
    script = WEIGH % {"plugin": plugin.as_uri()}
    said = subprocess.run(
        [NODE, "--input-type=module", "-e", script, str(BUDGET), str(BUDGET + 1)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.splitlines() == [said.strip()]
    assert "main-1.css weighs 200001 bytes, 1 more" in said
