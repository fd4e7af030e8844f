"""The classes of the demonstration company's customers, as the first night would find them."""

from datetime import datetime

from archive.classing import service
from archive.seams import Seams


def demonstrate(parts: Seams, now: datetime) -> None:
    """Compute the classes from the figures and visits that the other chapters have recorded."""
    service.compute_classes(now=now, window=parts.settings.cooperation_window_months)
