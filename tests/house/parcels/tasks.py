"""What the worker does about parcels."""

from archive import clock
from archive.actor import SYSTEM
from archive.jobs import task

from .models import Parcel


@task("parcels.count")
def count_parcel(key: str) -> None:
    """Count one."""
    Parcel.find(key).change(SYSTEM, clock.now(), "parcel.counted", {"is_counted": True})
