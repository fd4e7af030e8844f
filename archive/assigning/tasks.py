"""What the worker does about duties that are set aside."""

import logging
from datetime import timedelta

from flask import current_app

from archive import clock
from archive.accounts.models import User
from archive.assigning import service
from archive.assigning.models import SetAside
from archive.database import EditedMeanwhile
from archive.jobs import task
from archive.web.duties import declared_duties
from archive.web.waiting import MOST_SHOWN

log = logging.getLogger(__name__)


@task("assigning.end_done", every=timedelta(hours=6))
def end_done() -> None:
    """What was set aside and is done is no longer: were it to come again, it is its owner's."""
    now = clock.now()
    by_person: dict[str, list[SetAside]] = {}
    for each in SetAside.all_active():
        by_person.setdefault(each.person_id, []).append(each)
    with current_app.test_request_context():  # duties name their pages
        for person in User.objects(id__in=list(by_person)):
            declared = declared_duties(person.as_actor(), now)
            for each in by_person[person.key]:
                of_kind = [duty for duty in declared if duty.label == each.label]
                is_there = any(duty.key == each.duty_key for duty in of_kind)
                if is_there or len(of_kind) >= MOST_SHOWN:  # which may be one of those left out
                    continue
                try:
                    service.end_duty(each, now=now)
                except EditedMeanwhile:
                    log.info("assigning: a duty was set aside again while it was looked at")
