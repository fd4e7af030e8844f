"""Kinds of papers learned from texts that people have sorted: trained in a process of its own.

Training needs scikit-learn, which would stay in whatever process loads it: ``python -m
archive.recognition.learning`` reads texts and kinds from its standard input and writes what it
learned to its output. Asking what was learned needs neither scikit-learn nor numpy.

What is learned is a weight for each kind and each of `PLACES` places, to which pairs and triples
of characters are sent by their checksum: a file of plain numbers that nothing is run from.
"""

import json
import math
import re
import struct
import subprocess
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from archive.chinese.folding import fold

PLACES = 1 << 14
LONGEST = 2000  # characters of a text that are looked at
LEAST_OF_KIND = 5  # texts, to learn a kind
LEAST = 40  # texts, to learn at all
LEAST_HELD_BACK = 10  # answers that a threshold is measured on
TRUSTED = 0.98  # so many answers above the threshold have to be right
LOWEST = 0.9  # an answer that is less sure is never used
TRAINED_WITHIN = 600  # seconds
_HEAD = struct.Struct("<I")


@dataclass(frozen=True)
class Measured:
    """How well it was learned, by the tenth that was held back."""

    kinds: list[str]
    learned_from: int
    held_back: int
    accuracy: float
    threshold: float
    """From here on answers are used; above 1 where they are not good enough."""


@dataclass(frozen=True)
class Learned:
    """What was learned: asked with `kind_of`."""

    measured: Measured
    weights: "array[float]"  # kind by kind: one for each place, and last what it starts from

    def kind_of(self, text: str) -> tuple[str, float]:
        """The likeliest kind of *text*, and how likely that is."""
        marks, width = marks_of(text), PLACES + 1
        scores = []
        for number in range(len(self.measured.kinds)):
            start = number * width
            score = self.weights[start + PLACES]
            score += sum(self.weights[start + place] * much for place, much in marks.items())
            scores.append(score)
        top = max(scores)
        share = sum(math.exp(each - top) for each in scores)
        return self.measured.kinds[scores.index(top)], 1 / share

    def as_bytes(self) -> bytes:
        """As it is kept: the length of a head in JSON, the head, the weights."""
        head = json.dumps(asdict(self.measured)).encode()
        return _HEAD.pack(len(head)) + head + self.weights.tobytes()

    @classmethod
    def of_bytes(cls, kept: bytes) -> "Learned":
        """What `as_bytes` wrote."""
        (length,) = _HEAD.unpack_from(kept)
        measured = Measured(**json.loads(kept[_HEAD.size : _HEAD.size + length]))
        weights = array("f")
        weights.frombytes(kept[_HEAD.size + length :])
        return cls(measured, weights)


def marks_of(text: str) -> dict[int, float]:
    """The places that the pairs and triples of characters of *text* are sent to, of length 1."""
    plain = re.sub(r"\d", "0", re.sub(r"\s", "", fold(text[:LONGEST])))
    counts: Counter[int] = Counter()
    for length in (2, 3):
        for start in range(len(plain) - length + 1):
            counts[zlib.crc32(plain[start : start + length].encode()) % PLACES] += 1
    marks = {place: 1 + math.log(number) for place, number in counts.items()}
    norm = math.sqrt(sum(each * each for each in marks.values()))
    return {place: each / norm for place, each in marks.items()} if norm else {}


def is_held_back(text: str) -> bool:
    """Whether a text is of the tenth that is only measured with; always the same."""
    return zlib.crc32(text.encode()) % 10 == 0


def learn_apart(texts: Sequence[str], kinds: Sequence[str]) -> Learned | None:
    """Learn from *texts* of the *kinds* in a child process; None: they are too few.

    Raises:
        subprocess.SubprocessError: it failed, or took too long.
    """
    sent = json.dumps({"texts": [each[:LONGEST] for each in texts], "kinds": list(kinds)})
    done = subprocess.run(  # our own interpreter and module
        [sys.executable, "-m", "archive.recognition.learning"],
        input=sent.encode(),
        stdout=subprocess.PIPE,
        timeout=TRAINED_WITHIN,
        check=True,
    )
    return Learned.of_bytes(done.stdout) if done.stdout else None


def learn(texts: Sequence[str], kinds: Sequence[str]) -> Learned | None:
    """Learn from *texts* of the *kinds*; None: they are too few, or all of one kind."""
    often = {kind for kind, number in Counter(kinds).items() if number >= LEAST_OF_KIND}
    given = [(text, kind) for text, kind in zip(texts, kinds, strict=True) if kind in often]
    taught = [each for each in given if not is_held_back(each[0])]
    kept = [each for each in given if is_held_back(each[0])]
    if len(given) < LEAST or len({kind for _, kind in taught}) < 2:
        return None
    names, weights = _weights_of(taught)
    first = Learned(Measured(names, len(taught), len(kept), 0.0, 2.0), weights)
    answers = [(*first.kind_of(text), kind) for text, kind in kept]
    right = sum(said == kind for said, _, kind in answers)
    accuracy = right / len(kept) if kept else 0.0
    measured = Measured(names, len(taught), len(kept), accuracy, _threshold(answers))
    return Learned(measured, weights)


def _threshold(answers: Sequence[tuple[str, float, str]]) -> float:
    """From which likelihood on enough of the *answers* (said, likelihood, true) are right."""
    ranked = sorted(answers, key=lambda each: -each[1])
    found, right = 2.0, 0
    for number, (said, likely, kind) in enumerate(ranked, start=1):
        right += said == kind
        if likely < LOWEST:
            break
        if number >= LEAST_HELD_BACK and right / number >= TRUSTED:
            found = likely
    return found


def _weights_of(taught: Sequence[tuple[str, str]]) -> tuple[list[str], "array[float]"]:
    # Only the child process loads them.
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    marks = [marks_of(text) for text, _ in taught]
    starts = [0]
    for each in marks:
        starts.append(starts[-1] + len(each))
    table = csr_matrix(
        (
            [much for each in marks for much in each.values()],
            [place for each in marks for place in each],
            starts,
        ),
        shape=(len(marks), PLACES),
    )
    model: Any = LogisticRegression(C=30, max_iter=400, class_weight="balanced")
    model.fit(table, [kind for _, kind in taught])
    names = [str(each) for each in model.classes_]
    rows = [[*row, start] for row, start in zip(model.coef_, model.intercept_, strict=True)]
    if len(names) == 2:  # one row of weights, for the second
        [row] = rows
        rows = [[-each / 2 for each in row], [each / 2 for each in row]]
    return names, array("f", [each for row in rows for each in row])


def main() -> None:
    """Learn from what comes in, and write what was learned."""
    given = json.load(sys.stdin)
    if learned := learn(given["texts"], given["kinds"]):
        sys.stdout.buffer.write(learned.as_bytes())


if __name__ == "__main__":
    main()
