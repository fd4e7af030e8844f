"""What the worker does about notices."""

import logging
from datetime import timedelta

from flask import current_app

from archive import clock
from archive.jobs import task
from archive.notifying.serving import tell_all

log = logging.getLogger(__name__)


@task("notifying.tell", every=timedelta(minutes=2))
def tell() -> None:
    """Tell everybody what has come up since they were last told."""
    with current_app.test_request_context():  # duties name their pages
        if told := tell_all(clock.now()):
            log.info("notifying: %d notices", told)
