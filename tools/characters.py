"""Makes `archive/chinese/variants.py` from Unicode's tables (Debian package ``unicode-data``).

python -m tools.characters > archive/chinese/variants.py
"""

import bz2
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from archive.chinese.folding import plain

UNICODE = Path("/usr/share/unicode")
CODEPOINT = re.compile(r"U\+([0-9A-F]+)")
KINDS = ("kZVariant", "kSemanticVariant")
PAIRS_IN_A_LINE = 40
HEAD = '''"""Characters written in another way that mean the same; made by `tools.characters`.

Sources: EquivalentUnifiedIdeograph.txt and Unihan_Variants.txt of Unicode 15. Pairs, the usual
character second.
"""
'''


def radicals() -> Iterator[tuple[str, str]]:
    """Radicals and strokes, each with the character that it is a picture of."""
    for line in (UNICODE / "EquivalentUnifiedIdeograph.txt").read_text().splitlines():
        if match := re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*([0-9A-F]+)", line):
            first, last, same = match.groups()
            for each in range(int(first, 16), int(last or first, 16) + 1):
                yield chr(each), chr(int(same, 16))


def variants() -> Iterator[tuple[str, str]]:
    """Rare characters with the one usual character that they are another form of."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    with bz2.open(UNICODE / "Unihan_Variants.txt.bz2", "rt", encoding="utf-8") as lines:
        for line in filter(lambda line: line.startswith("U+"), lines):
            one, kind, others = line.rstrip("\n").split("\t")
            if kind in KINDS:
                for other in CODEPOINT.findall(others):
                    pair = chr(int(one.removeprefix("U+"), 16)), chr(int(other, 16))
                    found[pair[0]][kind].add(pair[1])
                    found[pair[1]][kind].add(pair[0])
    for rare, by_kind in found.items():
        if is_usual(plain(rare)):
            continue
        for kind in KINDS:
            usual = {plain(each) for each in by_kind[kind] if is_usual(plain(each))}
            if len(usual) == 1:
                yield rare, usual.pop()
                break


def is_usual(character: str) -> bool:
    """Whether GB 2312 has it."""
    try:
        return len(character.encode("gb2312")) > 1
    except UnicodeEncodeError:
        return False


def table(name: str, pairs: Iterator[tuple[str, str]]) -> str:
    """A constant of Python that holds *pairs*."""
    text = "".join(map("".join, sorted(pairs)))
    starts = range(0, len(text), 2 * PAIRS_IN_A_LINE)
    lines = "\n".join(f'    "{text[start : start + 2 * PAIRS_IN_A_LINE]}"' for start in starts)
    return f"\n{name} = (\n{lines}\n)\n"


if __name__ == "__main__":
    sys.stdout.write(HEAD + table("RADICALS", radicals()) + table("VARIANTS", variants()))
