"""How soon a saved record is found: from the answer of the database to a hit, follower included."""

import time
from collections.abc import Callable

from archive import clock, database
from archive.actor import SYSTEM, Right, Scope, access_token
from archive.cli.services import follower_command
from archive.customers.models import Customer
from archive.embedded import Child, environment_of
from archive.search import SearchEngine, parse_query
from archive.search.engines import open_engine
from bench.frame import Bench, Figure, p95_of

RECORDS = 60
PATIENCE = 60.0  # seconds
OPENS_ALL = frozenset({access_token(Right.OPEN_CUSTOMER, Scope.ALL)})


def measure(bench: Bench) -> list[Figure]:
    """Save customers one by one beside a running follower, and look for each."""
    settings = bench.settings
    log = settings.var / "log" / "follower.log"
    follower = Child("follower", follower_command(), log=log, environment=environment_of(settings))
    try:
        engine = open_engine(settings.search, settings.index)
        _wait_until(lambda: engine.state().usable, follower)
        with database.connect(settings):
            database.create_indexes()
            delays = [_seconds_until_found(engine, number, follower) for number in range(RECORDS)]
    finally:
        follower.stop()
    return [Figure.below("a saved record found, p95", p95_of(delays), "s", 1.0)]


def _seconds_until_found(engine: SearchEngine, number: int, follower: Child) -> float:
    name = f"新增{number}号货运有限公司"
    Customer.open_new(
        SYSTEM,
        clock.now(),
        "customer.opened",
        {"archive_number": f"KH-{number}", "customer_code": f"C{number}", "name": name},
    )
    query = parse_query(f'"{name}"')
    return _wait_until(lambda: engine.search(query, access=OPENS_ALL).total > 0, follower)


def _wait_until(holds: Callable[[], bool], follower: Child) -> float:
    started = time.monotonic()
    while not holds():
        follower.check()
        if time.monotonic() - started > PATIENCE:
            raise TimeoutError
        time.sleep(0.005)  # leaves the processor to the follower
    return time.monotonic() - started
