"""The demonstration company: something to look at, to try and to show on a first start.

Everything goes through the chapters' own verbs with the people who would do it, at the times at
which they would have done it. Every customer is called 演示·…; no company and no person is real.
"""

from archive import clock
from archive.accounts.models import User
from archive.app import build_seams
from archive.config import Settings
from archive.demo import complaints, contracts, customers, papers, people, visits
from archive.jobs import configure


def load(settings: Settings) -> dict[str, dict[str, str]]:
    """Load the demonstration company into an empty archive; the database is connected.

    Returns for each role the username and the random password of someone who has it, which are
    also written to ``demo-accounts.json`` in the folder of local data, for its owner alone. Where
    there are people already nothing is done and nothing is returned.
    """
    if User.objects.first() is not None:
        return {}
    configure(settings)
    now, parts = clock.now(), build_seams(settings)
    accounts = people.open_accounts(now)
    staff = people.Staff.found()
    opened = customers.open_archives(staff, now)
    visits.record(opened, staff, now)
    complaints.record(opened, staff, now)
    papers.file_scans(opened, staff, now, parts)
    contracts.draft(opened, staff, now, parts)
    people.write_down(accounts, settings.var)
    return accounts
