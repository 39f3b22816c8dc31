"""Acts over a window: each flip with its day and its cause; the slow twin decides every day anew."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from licet.check import decide_on
from licet.formats.act import read_act
from licet.model.outcome import Outcome
from licet.state import Question
from licet.story_data import screen
from licet.watching.acts import LISTING, LISTS, MEASURE, OWN_DAY
from licet.watching.window import UNVERIFIED, VERIFIED

if TYPE_CHECKING:
    from collections.abc import Callable

    from licet.model.act import Act
    from licet.sources import Sources
    from licet.watch import Watched
    from licet.watching.acts import Flip, WatchedAct

    Look = Callable[..., Watched]

ONE = timedelta(days=1)
ACTS = {column.id: column.act for column in screen().columns}
PLAIN: dict[str, object] = {
    "kind": "export",
    "activity": "export",
    "from": "US",
    "to": "MY",
    "dates": {"en_route_since": "none"},
    "purpose": "new_business",
    "items": [
        {"name": "sensor", "kind": "commodity", "eccn": "EAR99", "us_origin": True, "published": False, "value_usd": 9}
    ],
    "licenses": [],
    "exception_claimed": "none",
    "certifications": "none",
    "end_use": {"known": "none"},
    "knowledge": {"violation": False, "acts_for_listed": False},
    "red_flags": "none",
}


def act(*parties: dict[str, object], **changed: object) -> Act:
    people = [{"role": ["ultimate_consignee", "end_user"], **party} for party in parties]
    return read_act({**PLAIN, "parties": people, **changed})


def listed(since: str, through: str = "none") -> dict[str, object]:
    terms = {"list": "entity_list", "since": since, "through": through, "scope": "all", "policy": "CASE_BY_CASE"}
    return {"name": "L", "share_pct": 60, "military_end_user": False, "listings": [terms]}


OWNED = act(
    {
        "name": "T",
        "country": "MY",
        "listings": [],
        "legally_distinct": True,
        "foreign_person": True,
        "military_end_user": False,
        "headquarters": "MY",
        "ultimate_parent_headquarters": "MY",
        "owners": [
            listed("2019-05-16"),
            {"name": "O", "share_pct": 40, "listings": [], "headquarters": "MY", "owners": [], "owners_complete": True},
        ],
        "owners_complete": True,
        "joint_venture_with_us_or_a5": False,
    }
)


def only(found: Watched) -> WatchedAct:
    (watched,) = found.acts
    return watched


def outcomes(flip: Flip) -> tuple[Outcome, Outcome]:
    return flip.before.at_most, flip.after.at_most


def causes(flip: Flip) -> list[tuple[str, tuple[str, ...]]]:
    return [(cause.kind, cause.ids) for cause in flip.causes]


def test_listing_and_relief(look: Look) -> None:
    watched = only(look("2019-05-01", "2019-08-18", [ACTS["network_upkeep"]]))
    first, second = watched.flips
    assert (first.day, outcomes(first)) == (
        date(2019, 5, 16),
        (Outcome.NO_LICENSE_REQUIRED, Outcome.LICENSE_REQUIRED),
    )
    assert causes(first) == [(MEASURE, ("EL-2019-05",))]
    assert first.causes[0].cite == "84 FR 22961"
    assert (second.day, outcomes(second)) == (date(2019, 5, 20), (Outcome.LICENSE_REQUIRED, Outcome.AUTHORIZED))
    assert causes(second) == [(MEASURE, ("TGL-0",))]
    assert {flip.sure for flip in watched.flips} == {VERIFIED}
    assert watched.start.at_most is Outcome.NO_LICENSE_REQUIRED
    assert watched.end.at_most is Outcome.AUTHORIZED


def test_one_license_takes_over_without_a_flip_and_drops_a_head(look: Look) -> None:
    found = look("2019-08-19", "2019-08-19", [ACTS["network_upkeep"], ACTS["standard_5g"], ACTS["uk_affiliate"]])
    upkeep, standard, affiliate = found.acts
    assert not upkeep.touched
    assert (date(2019, 8, 19), "TGL-1") in upkeep.unmoved
    assert [causes(flip) for flip in standard.flips] == [[(MEASURE, ("TGL-1", "TGL-0"))]]
    assert [causes(flip) for flip in affiliate.flips] == [[(MEASURE, ("EL-2019-08",))]]
    touched = {event.id: found.touching(event) for event in found.events}
    assert touched == {
        "TGL-0": ("standard-5g.yaml",),
        "TGL-1": ("standard-5g.yaml",),
        "EL-2019-08": ("uk-affiliate.yaml",),
    }


def test_the_end_of_the_general_license(look: Look) -> None:
    (flip,) = only(look("2020-08-01", "2020-08-31", [ACTS["network_upkeep"]])).flips
    assert (flip.day, outcomes(flip)) == (date(2020, 8, 14), (Outcome.AUTHORIZED, Outcome.LICENSE_REQUIRED))
    assert causes(flip) == [(MEASURE, ("TGL-5",))]


def test_osaka_flips_nothing(look: Look) -> None:
    found = look("2019-06-25", "2019-07-20", list(ACTS.values()))
    assert any(event.id == "OSAKA" for event in found.events)
    assert found.touched_acts == ()
    assert not found.found


def test_the_fifty_percent_rule_its_stay_and_its_end(look: Look) -> None:
    flips = only(look("2025-09-01", "2026-12-31", [OWNED])).flips
    assert [(str(flip.day), flip.sure) for flip in flips] == [
        ("2025-09-29", VERIFIED),
        ("2025-11-10", VERIFIED),
        ("2026-11-10", UNVERIFIED),
    ]
    assert all("AFF-2025" in flip.causes[0].ids for flip in flips)
    assert flips[0].before == flips[1].after == flips[2].before
    assert flips[0].after == flips[2].after
    assert flips[0].after.high > flips[0].before.high


def test_days_of_the_act_itself(look: Look) -> None:
    mine = act({"name": "L", "country": "MY", "listings": listed("2021-03-04", "2021-06-07")["listings"]})
    flips = only(look("2021-01-01", "2021-12-31", [mine])).flips
    assert [str(flip.day) for flip in flips] == ["2021-03-04", "2021-06-08"]
    assert [causes(flip) for flip in flips] == [
        [(OWN_DAY, ("parties[0].listings[0].since",))],
        [(OWN_DAY, ("parties[0].listings[0].through",))],
    ]


def test_a_row_of_a_list_that_no_measure_of_the_book_made(look: Look) -> None:
    flips = only(
        look("2020-05-01", "2020-06-30", [act({"name": "Qihoo 360 Technology Company", "country": "CN"})])
    ).flips
    (flip,) = [one for one in flips if one.day == date(2020, 6, 5)]
    assert causes(flip)[0][0] == LISTING
    assert flip.causes[0].cite.startswith("85 FR")


def test_what_the_lists_know_of_a_day(look: Look, sources: Sources) -> None:
    first, last = sources.lists.lists["denied_persons_list"].complete[-1]
    mine = act({"name": "Corner Bakery of Ipoh", "country": "MY"})
    come, gone = only(look(str(first - ONE), str(last + ONE), [mine])).flips
    assert (come.day, gone.day) == (first, last + ONE)
    assert causes(come) == causes(gone) == [(LISTS, ("denied_persons_list",))]
    assert come.before == gone.after
    assert "who is not found may be on it" in gone.causes[0].says


@pytest.mark.parametrize(
    ("name", "first", "days"),
    [
        ("network_upkeep", date(2019, 4, 1), 520),
        ("zte", date(2018, 3, 1), 200),
        ("uk_affiliate", date(2019, 1, 1), 400),
    ],
)
def test_the_slow_twin_decides_every_day(look: Look, sources: Sources, name: str, first: date, days: int) -> None:
    assert_like_the_twin(look, sources, ACTS[name], first, days)


@pytest.mark.parametrize("known", ["", "2026-01-01"])
def test_the_slow_twin_after_the_last_verified_day(look: Look, sources: Sources, known: str) -> None:
    assert_like_the_twin(look, sources, OWNED, date(2025, 9, 1), 600, known)


def test_the_slow_twin_where_an_alias_came_later(look: Look, sources: Sources) -> None:
    assert_like_the_twin(look, sources, act({"name": "HMN Tech", "country": "CN"}), date(2021, 11, 1), 120)


def assert_like_the_twin(look: Look, sources: Sources, watched: Act, first: date, days: int, known: str = "") -> None:
    last = first + ONE * days
    at = date.fromisoformat(known) if known else None
    spans = [
        (day, decide_on(watched, Question(day, at), sources, sources.book, {}).span)
        for day in (first - ONE + ONE * step for step in range(days + 2))
    ]
    expected = [
        (day, before, after)
        for (_, before), (day, after) in pairwise(spans)
        if (before.at_least, before.at_most, before.policy) != (after.at_least, after.at_most, after.policy)
    ]
    flips = only(look(str(first), str(last), [watched], (), known)).flips
    assert [(flip.day, flip.before, flip.after) for flip in flips] == expected
    assert all(flip.causes for flip in flips)
