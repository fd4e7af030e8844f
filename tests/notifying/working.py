"""``python -m tests.notifying.working``: what the worker does when it sends, in its own process.

The settings come from the environment; ``LATER`` is by how many minutes the clock is ahead.
"""

import os
from datetime import timedelta

from archive import clock
from archive.app import create_app
from archive.config import Settings
from archive.notifying.serving.sending import send_due
from archive.web.context import seams

site = create_app(Settings.from_environment())
with site.test_request_context():
    ahead = timedelta(minutes=int(os.environ.get("LATER", "0")))
    send_due(seams().channels, clock.now() + ahead)
