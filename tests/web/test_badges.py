"""The counts of the navigation are not made for each page, and follow what one does oneself."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from archive.actor import Actor, Role
from archive.web.badges import KEPT_FOR, Badges
from tests.browser import submit
from tests.builders import a_complaint, a_user

ClientAs = Callable[..., FlaskClient]


class Counting:
    """Something that waits, and how often it was counted."""

    def __init__(self) -> None:
        self.number = 3
        self.times = 0

    def __call__(self, _: Actor) -> int:
        self.times += 1
        return self.number


@pytest.fixture
def who() -> Actor:
    return Actor(id="1", username="desk", name="客服")


def test_a_count_is_kept_for_some_seconds_and_for_its_person_alone(who: Actor) -> None:
    hour = [100.0]
    badges, waiting = Badges(clock=lambda: hour[0]), Counting()
    assert [badges.of("a", who, waiting) for _ in range(3)] == [3, 3, 3]
    assert waiting.times == 1
    badges.of("a", Actor(id="2", username="other", name="他"), waiting)
    badges.of("b", who, waiting)
    assert waiting.times == 3
    hour[0] += KEPT_FOR
    waiting.number = 4
    assert badges.of("a", who, waiting) == 4


def test_what_somebody_did_in_another_process_makes_their_counts_anew(who: Actor) -> None:
    hour = [100.0]
    badges, waiting = Badges(clock=lambda: hour[0]), Counting()
    badges.of("a", who, waiting)
    hour[0] += 1
    waiting.number = 2
    assert badges.of("a", who, waiting, acted_at=100.5) == 2
    assert badges.of("a", who, waiting, acted_at=100.5) == 2
    assert waiting.times == 2


def test_the_desks_own_act_is_counted_on_the_next_page(client_as: ClientAs) -> None:
    complaint = a_complaint()
    client = client_as(user=a_user(Role.CUSTOMER_SERVICE))
    assert waiting_in(client) == 1
    a_complaint()
    a_complaint()
    assert waiting_in(client) == 1  # kept
    page = f"/complaints/{complaint.number}"
    assert submit(client, f"{page}/accept", page).status_code == 302
    assert waiting_in(client) == 2  # counted again


def waiting_in(client: FlaskClient) -> int:
    """The number next to the page of complaints, in the navigation."""
    page = client.get("/").get_data(as_text=True)
    found = re.search(r'href="/complaints".*?待办 </span>(\d+)</span>', page, re.DOTALL)
    return int(found.group(1)) if found else 0
