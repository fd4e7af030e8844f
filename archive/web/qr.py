"""QR codes for pages that are printed."""

import segno
from markupsafe import Markup


def qr_of(content: str) -> Markup:
    """A QR code as a drawing that is sharp at any size."""
    code = segno.make(content, error="m", micro=False)
    return Markup(code.svg_inline(border=2, omitsize=True))  # noqa: S704  # drawn by segno
