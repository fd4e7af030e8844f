"""Makes the table of `archive/chinese/spellings.py` from OpenCC's tables of phrases.

python -m tools.words
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import opencc

from archive.chinese.folding import fold

OPENCC = Path(opencc.__file__).parent / "clib"
TABLES = ("TSPhrases", "STPhrases", "TWVariantsRevPhrases", "HKVariantsRevPhrases")
LONGEST = 4


def phrases() -> Iterator[tuple[str, str]]:
    """Words that two characters of `fold` write, of which neither is the other's in every word."""
    with tempfile.TemporaryDirectory() as scratch:
        for name in TABLES:
            text = Path(scratch) / name
            source = OPENCC / "share" / "opencc" / f"{name}.ocd2"
            command = [str(OPENCC / "bin" / "opencc_dict"), "-i", str(source), "-o", str(text)]
            subprocess.run([*command, "-f", "ocd2", "-t", "text"], check=True)
            for line in text.read_text().splitlines():
                one, _, others = line.partition("\t")
                for other in others.split(" "):
                    yield fold(one), fold(other)


def shortest(pairs: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """*pairs* without those that a shorter one explains."""
    found: list[tuple[str, str]] = []
    different = {tuple(sorted(pair)) for pair in pairs if pair[0] != pair[1]}
    for one, other in sorted(different, key=lambda pair: (len(pair[0]), pair)):
        explained = (one.replace(a, b) == other or one.replace(b, a) == other for a, b in found)
        if 1 < len(one) == len(other) <= LONGEST and not any(explained):
            found.append((one, other))
    return found


if __name__ == "__main__":
    sys.stdout.write(" ".join(f"{one}/{other}" for one, other in shortest(phrases())) + "\n")
