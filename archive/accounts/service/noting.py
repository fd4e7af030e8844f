"""What the trail is told of sign-ins."""

from datetime import datetime

from archive.accounts.models import User
from archive.actor import NOBODY_SIGNED_IN
from archive.trail.looks import note


def note_about(
    user: User, action: str, now: datetime, reason: str, *, counted: bool = False
) -> None:
    note(
        action,
        actor=user.as_actor(),
        now=now,
        subject_kind="users",
        subject_id=user.key,
        caption=user.caption,
        reason=reason,
        counted=counted,
    )


def note_unknown(now: datetime, address: str) -> None:
    """Somebody tried a name that nobody has, or a closed account's; the name is not kept."""
    note(
        "user.unknown_tried",
        actor=NOBODY_SIGNED_IN,
        now=now,
        subject_kind="users",
        subject_id=address or "-",
        reason=address,
        counted=True,
    )
