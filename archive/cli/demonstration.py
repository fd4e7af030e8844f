"""The demonstration company: something to look at, to try and to show on a first start.

Each chapter makes its part (`Chapter.demonstrate`) through its own verbs with the people who would
do it, at the times at which they would have done it. Every customer is called 演示·…; no company
and no person is real.
"""

from archive import clock
from archive.accounts.models import User
from archive.app import build_seams
from archive.chapters import CHAPTERS
from archive.config import Settings
from archive.jobs import configure


def load(settings: Settings) -> bool:
    """Load the demonstration company into an empty archive; the database is connected.

    The sign-ins, by role, are written to ``demo-accounts.json`` in the folder of local data, for
    its owner alone. False where there are people already: nothing is done.
    """
    if User.objects.first() is not None:
        return False
    configure(settings)
    now, seams = clock.now(), build_seams(settings)
    for chapter in CHAPTERS:
        if chapter.demonstrate:
            chapter.demonstrate(seams, now)
    return True
