"""What filing does behind the pages. Each task may run twice, and may be killed anywhere."""

import logging
from contextlib import suppress
from datetime import timedelta

from archive import clock, jobs
from archive.blobs import checking
from archive.filing.errors import PagesBusy
from archive.filing.models import Deposit
from archive.filing.service import arranging, deciding, joining, learning, reading, receiving
from archive.filing.service.separating import split_at_sheets
from archive.filing.serving import aids_to_propose
from archive.reading.service import FINISHED, tell_late
from archive.recognition.pages import PageText
from archive.web.context import seams

log = logging.getLogger(__name__)


@jobs.task("filing.prepare_deposit")
def prepare_deposit(key: str) -> None:
    """Make the thumbnail of one deposit, and print it where its pages come from that."""
    with suppress(PagesBusy):  # the sweep asks again
        deposit = receiving.prepare(
            Deposit.find(key),
            now=clock.now(),
            blobs=seams().blobs,
            recognition=seams().recognition,
        )
        if seams().settings.reading_lanes:
            reading.have_read(deposit, now=clock.now(), aids=aids_to_propose(), split=split)


@jobs.task(FINISHED)
def take_up_reading(sha256: str) -> None:
    """These bytes were read: propose what they say, and let search have it."""
    reading.take_up(sha256, now=clock.now(), aids=aids_to_propose(), split=split)


def split(deposit: Deposit, pages: list[PageText]) -> None:
    """Let a stack with separator sheets come apart."""
    parts = seams()
    split_at_sheets(
        deposit, pages, now=clock.now(), blobs=parts.blobs, recognition=parts.recognition
    )


@jobs.task("filing.read_older", every=timedelta(minutes=10))
def read_older() -> None:
    """Have papers read that were filed before there was reading."""
    if seams().settings.reading_lanes:
        reading.ask_for_older(clock.now())


@jobs.task("filing.sweep", every=timedelta(minutes=2))
def sweep() -> None:
    """Ask again for what waited too long; finish what a crash left half done."""
    receiving.ask_again(clock.now())
    tell_late(clock.now())
    if settled := joining.settle_all(clock.now()):
        log.warning("filing: the parts of %d joined deposits were settled", settled)
    if settled := arranging.settle_all(clock.now()):
        log.warning("filing: %d half-cut deposits were put back together", settled)
    if finished := deciding.finish_all(clock.now()):
        log.warning("filing: %d half-filed deposits were finished", finished)


@jobs.task("filing.check_fixity", every=timedelta(hours=1))
def check_fixity() -> None:
    """Look again at what is damaged, and hash the blobs that were checked longest ago."""
    checking.check_again(store=seams().blobs.store, now=clock.now())
    checking.check_fixity(store=seams().blobs.store, now=clock.now())


@jobs.task("filing.check_damaged")
def check_damaged() -> None:
    """Look again at what is damaged: somebody has asked for it."""
    checking.check_again(store=seams().blobs.store, now=clock.now())


@jobs.task("filing.sweep_orphans", every=timedelta(hours=24))
def sweep_orphans() -> None:
    """Mark, and after two weeks remove, bytes that nothing refers to."""
    if moved := checking.sweep_orphans(store=seams().blobs.store, now=clock.now()):
        log.info("filing: %d unreferenced blobs were removed", moved)


@jobs.task("filing.learn_kinds", every=timedelta(hours=1))
def learn_kinds() -> None:
    """Learn kinds of papers again where enough was filed since, or a night has passed."""
    if learning.learn_kinds(clock.now()):
        log.info("filing: kinds of papers were learned again")
