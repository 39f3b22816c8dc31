"""The point of a look: what becomes known later of an earlier day is told, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import pytest

from licet.law.book import Book, load
from licet.model.answer import Span
from licet.model.errors import FactsError
from licet.story_data import screen
from licet.watch import point_of, watch
from licet.watching.parties import read_parties
from licet.watching.point import (
    DAYS,
    GONE,
    NEW,
    NOTHING,
    WORDS,
    Learned,
    Point,
    is_point,
    learned,
    point,
    read_point,
    to_text,
)
from licet.watching.window import Window

if TYPE_CHECKING:
    from collections.abc import Mapping

    from licet.lists.roster import Roster as Lists
    from licet.model.listing import Listing
    from licet.sources import Sources

DAY = date(2026, 5, 1)
LATER = date(2026, 11, 25)
ACTS = [column.act for column in screen().columns]
PARTIES = read_parties('name\n"Huawei Technologies Co., Ltd."\nCorner Bakery\n', "p.csv")


def at(sources: Sources) -> Point:
    days = Window(date(2026, 4, 1), date(2026, 10, 1), DAY)
    return point_of(watch(sources, days, ACTS, [PARTIES]), sources, ACTS)


def rewritten(**changes: dict[str, object] | None) -> Book:
    """Return the book with some records changed, or without them."""
    book = load()
    records = {id_: dict(record) for id_, record in book.records.items()}
    for name, change in changes.items():
        id_ = name.replace("_", "-")
        if change is None:
            del records[id_]
        else:
            records[id_] = {**records.get(id_, records["OSAKA"]), "id": id_, **change}
    return Book({**book.head, "version": "other"}, records)  # type: ignore[arg-type]  # records as the file holds them


def test_round_trip(sources: Sources) -> None:
    made = at(sources)
    text = to_text(made)
    assert is_point(text)
    assert read_point(text, "point.json") == made
    assert to_text(read_point(text, "point.json")) == text
    assert made.day == DAY
    assert len(made.acts) == len(ACTS)
    assert sorted(map(bool, made.parties.values())) == [False, True]
    assert "Huawei" not in text.replace("huawei-technologies-co-ltd", "")


def test_it_is_small(sources: Sources) -> None:
    entries = sum(len({row.list for row in sources.lists.history(id_)}) for id_ in sources.lists.ids)
    assert len(to_text(at(sources))) < 20_000 + 9 * entries


def test_the_same_book_and_lists_teach_nothing(sources: Sources) -> None:
    assert learned(at(sources), sources) == NOTHING
    assert not learned(at(sources), sources._replace(book=rewritten())).found


def test_measures_that_became_known(sources: Sources) -> None:
    then = at(sources)
    book = rewritten(
        NEW_PAST={"announced": "2026-02-03"},
        NEW_AFTER={"announced": "2026-06-01"},
        H200_2026={"in_force_from": "2026-01-20"},
        FCC_25_71={"what": "something else"},
        UAE_2026={"published": "2026-07-15", "in_force_from": "2026-07-11"},
        GAO_2026=None,
    )
    found = dict(learned(then, sources._replace(book=book)).measures)
    assert found == {"NEW-PAST": NEW, "H200-2026": DAYS, "FCC-25-71": WORDS, "GAO-2026": GONE}


class Roster:
    """Lists with some entries."""

    version = "other"

    def __init__(self, sources: Sources, rows: Mapping[str, tuple[Listing, ...]]) -> None:
        self.lists, self.rows, self.ids = sources.lists.lists, rows, tuple(rows)
        self.issued = date(2026, 7, 23)

    def history(self, id_: str) -> tuple[Listing, ...]:
        return self.rows.get(id_, ())


def test_entries_that_became_known(sources: Sources) -> None:
    (sample, *_) = sources.lists.entry("entity_list", "huawei-technologies-co-ltd")

    def row(id_: str, since: date, through: date | None = None, **new: object) -> Listing:
        terms = {"entry": id_, "name": id_.upper(), "since": since, "first": since, "through": through, **new}
        return replace(sample, **cast("dict[str, Any]", terms))

    past = date(2020, 1, 1)
    before = {id_: (row(id_, past),) for id_ in ("same", "ends", "terms", "gone")}
    then = point(sources._replace(lists=cast("Lists", Roster(sources, before))), DAY, {}, {})
    now = Roster(
        sources,
        {
            "same": before["same"],
            "ends": (row("ends", past, date(2026, 8, 1)),),
            "terms": (row("terms", past, footnotes=(4,)),),
            "new": (row("new", past),),
            "after": (row("after", date(2026, 6, 1)),),
        },
    )
    now.version = "another"
    found = learned(then, sources._replace(lists=cast("Lists", now)))
    assert found == Learned(
        (), (("entity_list", "new", "NEW"), ("entity_list", "terms", "TERMS")), (("entity_list", 1),)
    )


def test_answers_that_are_known_otherwise(sources: Sources) -> None:
    made = at(sources)
    key = next(key for key, ends in made.acts.items() if Span(*ends).decided)
    party = next(key for key, those in made.parties.items() if those)
    then = made._replace(acts={**made.acts, key: (0, 0)}, parties={**made.parties, party: ()})
    days = Window(date(2026, 5, 2), date(2026, 5, 3), LATER)
    assert not watch(sources, days, ACTS, [PARTIES], made).otherwise
    found = watch(sources, days, ACTS, [PARTIES], then)
    assert len(found.otherwise) == 2
    one, two = found.otherwise
    assert (one.then, one.day) == ("NOT_SUBJECT", DAY)
    assert (two.name, two.then) == ("Huawei Technologies Co., Ltd.", "on no list known here")
    assert "entity_list/huawei-technologies-co-ltd" in two.now
    assert found.found


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"licet_point": 2}, "form 2"),
        ({"day": "yesterday"}, "no point"),
        ({"day": None}, "no point"),
        ({"book": []}, "no point"),
        ({"measures": {"OSAKA": 7}}, "no point"),
        ({"acts": {"x": ["a", "b"]}}, "no point"),
        ({"acts": {"x": [1]}}, "no point"),
        ({"parties": {"x": [1]}}, "no point"),
        ({"entries": []}, "no point"),
    ],
)
def test_a_damaged_point_is_refused(sources: Sources, change: dict[str, object], says: str) -> None:
    record = json.loads(to_text(at(sources)))
    with pytest.raises(FactsError, match=says):
        read_point(json.dumps({**record, **change}), "point.json")


@pytest.mark.parametrize("text", ["", "[]", "{}", "no json", '{"licet_point": 1}', "[" * 100_000])
def test_what_is_no_point_is_refused(text: str) -> None:
    with pytest.raises(FactsError):
        read_point(text, "point.json")
