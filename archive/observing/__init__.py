"""What goes on inside: one line of JSON for each thing worth knowing, and figures to watch.

Every process sets its logs up in the same way; the number of a request is on every line that is
written on its behalf, in whichever process.
"""

from archive.observing.logs import (
    REQUEST_ID,
    begin_request,
    configuration,
    request_id,
    set_up_logs,
)
from archive.observing.metrics import SHARED_FOLDER, Gauge, exposition, request_seconds

__all__ = [
    "REQUEST_ID",
    "SHARED_FOLDER",
    "Gauge",
    "begin_request",
    "configuration",
    "exposition",
    "request_id",
    "request_seconds",
    "set_up_logs",
]
