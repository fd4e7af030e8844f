"""How well papers are read and told: by kind, field and wear; and that none goes to another's file.

The papers are drawn (`bench.drawing`), each in a form of its own, worn in every way that papers
come, read by the reader of the house in two child processes, understood, and proposed against an
archive of thousands of customers with names that are nearly theirs.
"""

import os
import random
import re
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from bson import ObjectId
from PIL import Image

from archive import clock, database
from archive.actor import Role
from archive.app import create_app
from archive.customers import service as customers
from archive.customers.models import Customer
from archive.filing.models import Deposit, StoredFile
from archive.filing.rules import DepositState
from archive.filing.service.proposing import proposal_of
from archive.filing.serving import aids_to_propose
from archive.recognition import PageReader
from archive.recognition.facts import FileType
from archive.recognition.pages import PageText
from archive.recognition.papers import FieldName, PaperKind, Understood, understand
from bench.drawing.companies import Company, companies, credit_code
from bench.drawing.licences import LICENCES, Drawer, landscape
from bench.drawing.others import OTHERS, transport_permit
from bench.drawing.shapes import Drawn
from bench.drawing.wear import WEARS, on_one_sheet
from bench.frame import Bench, Figure
from bench.pages import a_person, multiply

SEED = 20261127
READERS = 2
CUSTOMERS = 3_000
ALIKE = 3  # every so manyth customer has another with nearly the same name
STRANGERS = 6  # every so manyth paper is of a company without an archive
WEARS_OF_OTHERS = 5  # each other paper is worn in so many ways; a licence in all
LICENCE_CLEAN, LICENCE_PHONE, KIND_RIGHT, ONE_KEY = 97.0, 90.0, 98.0, 80.0
SLOWEST_PAGE, MOST_MEMORY, LEAST_PAGES = 2.0, 1000, 40.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Worn:
    """A drawn paper as it comes, and what was made of it."""

    drawn: Drawn
    wear: str
    path: Path
    company: Company
    has_archive: bool
    page: PageText | None = None
    understood: Understood | None = None


def measure(bench: Bench) -> list[Figure]:
    """The figures that have limits; the tables by kind, field and wear are printed."""
    settings = replace(bench.settings, mongodb_name="bench_recognition")
    app = create_app(settings)
    database.create_indexes()
    papers = list(worn_papers(bench.folder))
    owners = fill_archive(papers)
    parts = app.extensions["archive.seams"]
    reader = PageReader(parts.recognition.limits, printer=parts.pdfs, readers=READERS)
    try:
        papers, minutes, seconds, memory = read_all(reader, papers)
    finally:
        reader.close()
    fields, kinds = scores_of(papers)
    with app.app_context():
        one_key, wrong = filed(papers, owners)
    print_tables(fields, kinds)
    clean, phone = fields.share("licence", "clean"), fields.share("licence", "phone")
    return [
        Figure.at_least("licence fields exact, clean", clean, "%", LICENCE_CLEAN),
        Figure.at_least("licence fields exact, by phone", phone, "%", LICENCE_PHONE),
        Figure.at_least("kind of paper right", kinds.share("all", "all"), "%", KIND_RIGHT),
        Figure.at_least("filed with one key", one_key, "%", ONE_KEY),
        Figure.below("filed to a wrong customer", wrong, "papers", 1),
        Figure.below("a page read, on one core", seconds, "s", SLOWEST_PAGE),
        Figure.below("memory of a reader", memory, "MB", MOST_MEMORY),
        Figure.at_least("pages a minute, on two cores", len(papers) / minutes, "", LEAST_PAGES),
    ]  # fmt: skip


def worn_papers(folder: Path) -> Iterator[Worn]:
    """Every form in every wear that it is measured in, as files in *folder*."""
    invented, chance = companies(SEED), random.Random(SEED)
    drawers: list[tuple[Drawer, Sequence[str]]] = [(each, list(WEARS)) for each in LICENCES]
    names = list(WEARS)
    for place, drawer in enumerate(OTHERS):
        some = [names[(place * 3 + each * 5) % len(names)] for each in range(WEARS_OF_OTHERS)]
        drawers.append((drawer, some))
    for drawer, wears in drawers:
        for wear in wears:
            company = next(invented)
            drawn = drawer(company, chance)
            image = WEARS[wear](drawn.image, chance)
            is_known = chance.randrange(STRANGERS) > 0
            yield saved(folder, Worn(drawn, wear, folder, company, is_known), image)
    for _ in range(4):
        company = next(invented)
        drawn = landscape(company, chance)
        permit = transport_permit(company, chance)
        both = replace(drawn, layout="two on a sheet")
        image = on_one_sheet(drawn.image, permit.image)
        yield saved(folder, Worn(both, "two on a sheet", folder, company, True), image)


def saved(folder: Path, paper: Worn, image: Image.Image) -> Worn:
    """*paper* as a scanner, a telephone or a fax leaves it."""
    number = len(list(folder.iterdir()))
    if image.mode == "1":
        path = folder / f"{number}.tif"
        image.save(path, compression="group4", dpi=image.info["dpi"])
    else:
        path = folder / f"{number}.jpg"
        image.convert("RGB").save(path, quality=90, dpi=(200, 200))
    return replace(paper, path=path)


def fill_archive(papers: Sequence[Worn]) -> dict[str, ObjectId]:
    """Customers for most of *papers*, more with names nearly theirs; whose each paper is."""
    custodian = a_person("custodian", Role.CUSTODIAN)
    actor, chance = custodian.as_actor(), random.Random(SEED)
    owners: dict[str, ObjectId] = {}
    customers.open_archive(actor=actor, now=clock.now(), name="测试货运有限公司")
    multiply(Customer, CUSTOMERS, custodian)

    def open_for(name: str, code: str) -> Customer:
        return customers.open_archive(
            actor=actor, now=clock.now(), name=name, credit_code=code, is_another_company=True
        )

    for place, paper in enumerate(papers):
        name = paper.drawn.facts.get(FieldName.NAME, paper.company.name)
        code = paper.drawn.code or paper.company.code
        if paper.has_archive and str(paper.path) not in owners:
            owners[str(paper.path)] = open_for(name, code).id
        other = name.replace(name[2], "昌" if name[2] != "昌" else "兴", 1)
        if place % ALIKE == 0:
            open_for(other, credit_code(chance, "91", "310115"))
    return owners


def read_all(reader: PageReader, papers: Sequence[Worn]) -> tuple[list[Worn], float, float, float]:
    """*papers* with what they say; minutes in all, seconds of a core for a page, megabytes."""
    reader.read_page(papers[0].path, 1)  # the models are loaded once
    children = readers_of_this()
    spent_before, started = sum(map(core_seconds, children)), time.perf_counter()
    with ThreadPoolExecutor(READERS) as pool:
        pages = list(pool.map(lambda each: reader.read_page(each.path, 1), papers))
    minutes = (time.perf_counter() - started) / 60
    children = readers_of_this()
    spent = sum(map(core_seconds, children)) - spent_before
    memory = max(most_held(each) for each in children)
    read = [
        replace(paper, page=page, understood=understand([page]))
        for paper, page in zip(papers, pages, strict=True)
    ]
    return read, minutes, spent / len(papers), memory


def readers_of_this() -> list[int]:
    """The child processes of this one that read pages."""
    own = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    found = {int(each) for listed in own for each in listed.read_text().split()}
    return [each for each in found if b"written" in Path(f"/proc/{each}/cmdline").read_bytes()]


def core_seconds(process: int) -> float:
    """Seconds of a core that *process* has used."""
    after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / TICKS


def most_held(process: int) -> int:
    """The most megabytes that *process* ever held."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024


class Scores:
    """Right ones of all, by two names."""

    def __init__(self) -> None:
        self.right: Counter[tuple[str, str]] = Counter()
        self.all: Counter[tuple[str, str]] = Counter()

    def count(self, names: Sequence[tuple[str, str]], *, is_right: bool) -> None:
        """One more under each of *names*."""
        for name in names:
            self.all[name] += 1
            self.right[name] += is_right

    def share(self, one: str, other: str) -> float:
        """Right ones in the hundred."""
        return 100 * self.right[one, other] / max(1, self.all[one, other])


def scores_of(papers: Sequence[Worn]) -> tuple[Scores, Scores]:
    """How many fields, and how many kinds, were told exactly."""
    fields, kinds = Scores(), Scores()
    for paper in papers:
        understood, kind = paper.understood, paper.drawn.kind
        if understood is None:
            continue
        told = defaultdict(set)
        for each in understood.fields:
            told[each.name].add(plain(each.value))
        for name, value in paper.drawn.facts.items():
            names = [(kind.value, paper.wear), (kind.value, f"· {name.value}"), ("all", paper.wear)]
            fields.count(names, is_right=plain(value) in told[name])
        wanted = {kind}
        if paper.wear == "two on a sheet":
            wanted |= {PaperKind.TRANSPORT_PERMIT}
        names = [("all", "all"), ("all", paper.wear), (kind.value, "all")]
        kinds.count(names, is_right=understood.kind in wanted)
    return fields, kinds


def plain(value: str) -> str:
    """*value* as two spellings of it are compared: width and spaces aside."""
    return re.sub(r"[\s。]", "", unicodedata.normalize("NFKC", value))


def filed(papers: Sequence[Worn], owners: dict[str, ObjectId]) -> tuple[float, int]:
    """How many of a hundred papers one key files, and how many it would file wrongly.

    Of papers that name a company with an archive: what names none, or a stranger, has to be asked.
    """
    aids, right, wrong, mixed = aids_to_propose(), 0, 0, 0
    for paper in papers:
        if paper.page is None:
            continue
        proposal = proposal_of(a_deposit(), [paper.page], now=clock.now(), aids=aids)
        owner = owners.get(str(paper.path))
        mixed += owner is not None and FieldName.NAME in paper.drawn.facts
        if proposal.is_sure and proposal.customer_id != owner:
            wrong += 1
            print(f"WRONG: {paper.drawn.layout}, {paper.wear}, {paper.drawn.facts[FieldName.NAME]}")
        right += bool(proposal.is_sure and owner is not None and proposal.customer_id == owner)
    print(f"{right} of {len(papers)} papers took one key; {mixed} name a company with an archive")
    return 100 * right / max(1, mixed), wrong


def a_deposit() -> Deposit:
    """A scan in the inbox; nothing is stored."""
    file = StoredFile(
        sha256="0" * 64, size=1, original_name="scan.jpg", file_type=FileType.JPEG, pages=1
    )
    return Deposit(file=file, state=DepositState.READY)


def print_tables(fields: Scores, kinds: Scores) -> None:
    """The tables by kind and wear."""
    for title, scores in (("fields exact", fields), ("kinds right", kinds)):
        print(f"\n{title}, %")
        for one, other in sorted(scores.all):
            share, of = scores.share(one, other), scores.all[one, other]
            print(f"  {one:20} {other:20} {share:6.1f}  of {of}")
