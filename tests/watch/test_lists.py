"""What becomes of entries in a window: law and knowledge apart, by day of effect, with what did it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from licet.watching.listings import ADDED, CHANGED, CONFIRMED, DISPUTED, OPEN, OWN_END, REMOVED, list_changes, sums
from licet.watching.window import SCHEDULED, UNVERIFIED, VERIFIED, Window

if TYPE_CHECKING:
    from collections.abc import Callable

    from licet.lists.roster import Roster as Lists
    from licet.model.listing import Listing
    from licet.sources import Sources
    from licet.watch import Watched

    Look = Callable[..., Watched]

ONE = timedelta(days=1)


def counts(found: Watched, measure: str) -> Counter[tuple[str, str]]:
    return Counter((one.list, one.kind) for one in found.listings if one.measure == measure)


def test_huawei_by_day_of_effect(look: Look) -> None:
    assert counts(look("2019-05-15", "2019-05-15"), "EL-2019-05") == Counter()
    may = counts(look("2019-05-16", "2019-05-16"), "EL-2019-05")
    assert may["entity_list", ADDED] == 66
    assert may["entity_list", DISPUTED] == 23
    august = look("2019-08-19", "2019-08-19")
    assert counts(august, "EL-2019-08")["entity_list", ADDED] == 48
    assert not [one for one in august.listings if "huawei" in one.entry and one.kind != ADDED]
    later = look("2020-08-17", "2020-08-17")
    assert counts(later, "EL-2020-08") == Counter({("entity_list", ADDED): 38, ("entity_list", CHANGED): 115})
    changed = [one for one in sums(later.listings) if (one.measure, one.kind) == ("EL-2020-08", CHANGED)]
    assert [one.terms for one in changed] == [("footnotes: 1 → 1, 2",)]


def test_footnote_1_is_a_change_by_the_rule_that_amends_the_listing(look: Look) -> None:
    assert counts(look("2020-05-15", "2020-05-15"), "FDP-2020-05") == Counter({("entity_list", CHANGED): 115})


def test_the_end_of_the_denial_order(look: Look) -> None:
    found = look("2018-07-14", "2018-07-14")
    ended = [one for one in found.listings if one.measure == "ZTE-END"]
    assert {(one.list, one.kind, one.cite) for one in ended} == {("denied_persons_list", REMOVED, "83 FR 34825")}


def test_a_change_after_the_newest_issue_is_not_verified(look: Look, sources: Sources) -> None:
    found = look("2026-10-26", "2027-05-24")
    issued = sources.lists.lists["denied_persons_list"].issued
    assert issued is not None
    assert found.listings
    for one in found.listings:
        assert one.day > issued
        assert one.sure == (UNVERIFIED if one.day <= date(2026, 11, 25) else SCHEDULED)
        assert (one.kind, one.terms) == (REMOVED, (OWN_END,))


def test_a_day_that_the_lists_saw_is_verified(look: Look) -> None:
    assert {one.sure for one in look("2020-08-17", "2020-08-17").listings} == {VERIFIED}


def test_every_change_is_one_of_the_days_of_the_entry(look: Look, sources: Sources) -> None:
    for one in look("2022-01-01", "2024-12-31").listings:
        rows = sources.lists.entry(one.list, one.entry)
        before, after = ([row for row in rows if row.on(day)] for day in (one.day - ONE, one.day))
        assert bool(after) is (one.kind != REMOVED), one
        assert before != after, one


class Roster:
    """Lists with one entry."""

    def __init__(self, sources: Sources, *rows: Listing) -> None:
        self.lists, self.ids, self.rows = sources.lists.lists, ("x",), rows

    def history(self, _: str) -> tuple[Listing, ...]:
        return self.rows


def kinds(sources: Sources, *rows: Listing) -> list[tuple[str, str]]:
    lists = cast("Lists", Roster(sources, *rows))
    days = Window(date(2020, 1, 1), date(2020, 12, 31), date(2026, 11, 25))
    found = list_changes(sources._replace(lists=lists), days)
    return [(str(one.day)[5:], one.kind) for one in found]


def test_what_is_law_and_what_is_knowledge(sources: Sources) -> None:
    (sample, *_) = sources.lists.history("huawei-technologies-co-ltd")
    feb, mar, apr = date(2020, 2, 1), date(2020, 3, 1), date(2020, 4, 1)

    def row(
        since: date, through: date | None, checked: str = "seen", first: date | None = None, **new: object
    ) -> Listing:
        terms = {"since": since, "through": through, "checked": checked, "first": first or since, "measure": "", **new}
        return replace(sample, **cast("dict[str, Any]", terms))

    assert kinds(sources, row(feb, None)) == [("02-01", ADDED)]
    assert kinds(sources, row(feb, mar - ONE), row(mar, None, first=feb)) == [("02-01", ADDED)]
    assert kinds(sources, row(feb, mar - ONE), row(mar, None, first=feb, footnotes=(4,))) == [
        ("02-01", ADDED),
        ("03-01", CHANGED),
    ]
    assert kinds(sources, row(feb, mar - ONE), row(apr, None, first=feb)) == [
        ("02-01", ADDED),
        ("03-01", REMOVED),
        ("04-01", ADDED),
    ]
    lead = feb - timedelta(days=7)
    assert kinds(sources, row(lead, feb - ONE, "open", feb), row(feb, None)) == [("02-01", ADDED)]
    assert kinds(sources, row(feb, mar - ONE, "open", mar), row(mar, None)) == [("02-01", OPEN), ("03-01", CONFIRMED)]
    assert kinds(sources, row(feb, mar - ONE), row(mar, apr - ONE, "open", feb), row(apr, None, first=feb)) == [
        ("02-01", ADDED),
        ("03-01", OPEN),
        ("04-01", CONFIRMED),
    ]
    assert kinds(sources, row(feb, mar - ONE, "conflict"), row(mar, None)) == [("02-01", DISPUTED), ("03-01", ADDED)]
    assert kinds(sources, row(feb, mar - ONE, "open")) == [("02-01", OPEN), ("03-01", REMOVED)]
    cited = ("80 FR 1", "81 FR 2")
    assert kinds(sources, row(feb, mar - ONE, "amended", cites=cited), row(mar, None, first=feb, cites=cited)) == [
        ("02-01", ADDED),
        ("03-01", CHANGED),
    ]
