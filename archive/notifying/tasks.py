"""What the worker does about notices."""

import logging
from datetime import timedelta

from flask import current_app

from archive import clock
from archive.jobs import task
from archive.notifying.serving.sending import send_due
from archive.notifying.serving.telling import tell_all
from archive.web.context import seams

log = logging.getLogger(__name__)


@task("notifying.tell", every=timedelta(minutes=2))
def tell() -> None:
    """Tell everybody what has come up since they were last told."""
    with current_app.test_request_context():  # duties name their pages
        if told := tell_all(seams().channels, clock.now()):
            log.info("notifying: %d notices", told)


@task("notifying.send", every=timedelta(minutes=1))
def send() -> None:
    """Send what leaves the archive and is due."""
    with current_app.test_request_context():  # words in the company's language
        if sent := send_due(seams().channels, clock.now()):
            log.info("notifying: %d mails and messages sent", sent)
