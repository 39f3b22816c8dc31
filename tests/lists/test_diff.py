"""What changed between two issues: each kind of change told apart, on made-up entries and on real rows."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licet.lists.diff import Diff, diff, match
from licet.lists.entry import Address, Citation, Entry, Identifier, Name, Parsed
from licet.lists.source import source
from real_lists import real, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CITE = Citation("84 FR 22963", date(2019, 5, 21))


def entry(name: str = "Alpha Works Co., Ltd.", id_: str = "", **fields: object) -> Entry:
    slug = id_ or f"cn-{name.casefold().replace(' co., ltd.', ' co ltd').replace(' ', '-')}"
    return Entry(slug, "entity", (Name(name),), ("CN",))._replace(**fields)  # type: ignore[arg-type]


def compare(before: Iterable[Entry], after: Iterable[Entry]) -> Diff:
    one, other = (Parsed("entity_list", None, tuple(entries), {}) for entries in (before, after))
    return diff(one, other)


def parts(found: Diff) -> set[str]:
    return {name for name, part in found._asdict().items() if part}


ALPHA = entry(
    addresses=(Address("1 Example Road, Riverton, China", "CN"),),
    cites=(CITE,),
    scope="all",
    scope_text="For all items subject to the EAR.",
    policy="PRESUMPTION_OF_DENIAL",
)
BETA = entry("Beta Works Co., Ltd.", cites=(CITE,))


def test_nothing_changed() -> None:
    found = compare([ALPHA, BETA], [BETA, ALPHA])
    assert not found.changed
    assert parts(found) == set()


@pytest.mark.parametrize(
    "after",
    [
        ALPHA._replace(names=(Name("ALPHA  WORKS CO. LTD"),)),
        ALPHA._replace(names=(Name("Alpha Works Company Limited"),), id="cn-alpha-works-co-ltd-84fr22963"),
        ALPHA._replace(addresses=(Address("1, Example Road; Riverton -- China.", "CN"),)),
        ALPHA._replace(scope_text="For all items  subject to the EAR", cites=(CITE._replace(text="84 F.R. 22963"),)),
        ALPHA._replace(names=(Name("Alpha Works Co., Ltd., 1 Example Road, Riverton, China"),), addresses=()),
    ],
)
def test_a_respelling_is_no_change(after: Entry) -> None:
    found = compare([ALPHA, BETA], [after, BETA])
    assert parts(found) == {"respelled"}
    assert not found.changed


@pytest.mark.parametrize(
    ("part", "fields", "gained", "lost"),
    [
        ("aliases", {"names": (*ALPHA.names, Name("Alphaworks", "alias"))}, ("Alphaworks",), ()),
        ("addresses", {"addresses": (*ALPHA.addresses, Address("2 Hill Street"))}, ("2 Hill Street",), ()),
        ("identifiers", {"identifiers": (Identifier("imo", "9000001"),)}, ("imo 9000001",), ()),
        ("terms", {"policy": "CASE_BY_CASE"}, ("policy: CASE_BY_CASE",), ("policy: PRESUMPTION_OF_DENIAL",)),
        ("terms", {"footnotes": ("1", "4")}, ("footnote: 1", "footnote: 4"), ()),
        ("terms", {"programs": ("NPWMD",)}, ("program: NPWMD",), ()),
        ("terms", {"until": date(2030, 1, 1)}, ("last day: 2030-01-01",), ()),
        ("cites", {"cites": (CITE, Citation("85 FR 29853", date(2020, 5, 19)))}, ("85 FR 29853, 2020-05-19",), ()),
        ("details", {"countries": ("CN", "HK")}, ("country: HK",), ()),
        ("details", {"remarks": "Owned by Beta."}, ("remarks: Owned by Beta.",), ()),
    ],
)
def test_each_change_has_its_part(
    part: str, fields: dict[str, Any], gained: tuple[str, ...], lost: tuple[str, ...]
) -> None:
    after = ALPHA._replace(**fields)
    found = compare([ALPHA, BETA], [after, BETA])
    assert parts(found) == {part}
    assert getattr(found, part) == ((ALPHA, after, gained, lost),)
    (back,) = getattr(compare([after, BETA], [ALPHA, BETA]), part)
    assert (back.gained, back.lost) == (lost, gained)


def test_added_and_removed() -> None:
    assert parts(compare([ALPHA], [ALPHA, BETA])) == {"added"}
    assert compare([ALPHA, BETA], [BETA]).removed == (ALPHA,)


def test_a_new_first_name_is_a_renaming_where_the_old_one_or_the_place_is_kept() -> None:
    kept = entry("Omega Works Co., Ltd.", names=(Name("Omega Works Co., Ltd."), Name("Alpha Works Co Ltd", "former")))
    for after in (kept._replace(cites=(CITE,)), entry("Omega Works", cites=(CITE,), addresses=ALPHA.addresses)):
        found = compare([ALPHA, BETA], [after, BETA])
        assert [(one.lost, one.gained) for one in found.renamed] == [
            (("Alpha Works Co., Ltd.",), (after.names[0].text,))
        ]
        assert (found.added, found.removed, found.aliases) == ((), (), ())


def test_another_rule_or_another_kind_is_another_party() -> None:
    other = entry("Omega Works", cites=(Citation("85 FR 51603"),), addresses=ALPHA.addresses)
    person = entry("Omega Works", kind="person", cites=(CITE,), addresses=ALPHA.addresses)
    for after in (other, person):
        assert parts(compare([ALPHA], [after])) == {"added", "removed"}


def test_numbers_decide_alone() -> None:
    one, same = entry("Alpha Works", "12345"), entry("Omega Works", "12345")
    assert parts(compare([one], [same])) == {"renamed"}
    assert parts(compare([one], [entry("Alpha Works", "54321")])) == {"added", "removed"}


def test_a_shared_alias_does_not_make_one_of_two_new_parties() -> None:
    shared = Name("The Works", "alias")
    old = entry("Alpha Works", names=(Name("Alpha Works"), shared), cites=(CITE,))
    new = [entry(name, names=(Name(name), shared), cites=(CITE,)) for name in ("Beta Works", "Gamma Works")]
    assert parts(compare([old], new)) == {"added", "removed"}


def test_going_into_the_entry_of_another_is_a_move() -> None:
    nested = BETA._replace(id="cn-alpha-works-co-ltd-beta-works-co-ltd", part_of=ALPHA.id)
    found = compare([ALPHA, BETA], [ALPHA, nested])
    assert parts(found) == {"moved"}
    assert [(one.before, one.after, one.how) for one in found.moved] == [(BETA, nested, "nested")]
    assert [one.how for one in compare([ALPHA, nested], [ALPHA, BETA]).moved] == ["own"]
    gamma = entry("Gamma Works", cites=(CITE,))
    elsewhere = nested._replace(part_of=gamma.id)
    assert [one.how for one in compare([ALPHA, gamma, nested], [ALPHA, gamma, elsewhere]).moved] == ["other"]


def test_a_part_whose_head_has_another_id_now_has_not_moved() -> None:
    head = ALPHA._replace(id="alpha-works-co-ltd")
    before = BETA._replace(part_of=ALPHA.id)
    found = compare([ALPHA, before], [head, BETA._replace(part_of=head.id)])
    assert not found.changed


def test_becoming_an_alias_of_another_is_a_move_and_so_is_the_reverse() -> None:
    wider = ALPHA._replace(names=(*ALPHA.names, Name("Beta Works Company, Limited", "alias"), Name("New", "alias")))
    found = compare([ALPHA, BETA], [wider])
    assert [(one.before, one.after, one.how) for one in found.moved] == [(BETA, wider, "alias")]
    assert not found.removed
    assert [one.gained for one in found.aliases] == [("New",)]
    back = compare([wider], [ALPHA, BETA])
    assert [(one.before, one.after, one.how) for one in back.moved] == [(wider, BETA, "from_alias")]
    assert not back.added
    assert [one.lost for one in back.aliases] == [("New",)]


def test_a_name_that_another_had_before_is_no_move() -> None:
    wide = ALPHA._replace(names=(*ALPHA.names, Name("Beta Works Co., Ltd.", "alias")))
    assert parts(compare([wide, BETA], [wide])) == {"removed"}


def test_the_same_name_in_two_countries_is_two_parties() -> None:
    here, there = entry(countries=("CN",)), entry(id_="hk-alpha-works-co-ltd", countries=("HK",))
    found = match([here, there], [there._replace(id="a-alpha-works-co-ltd"), here._replace(id="b-alpha-works-co-ltd")])
    assert [(pair.before.countries, pair.after.countries) for pair in found.pairs] == [
        (("CN",), ("CN",)),
        (("HK",), ("HK",)),
    ]


def test_addresses_without_names_are_compared_by_the_address() -> None:
    place = Entry("hk-place", "address", (), ("HK",), (Address("1 Harbour Road, Hong Kong", "HK"),))
    assert not compare([place], [place._replace(id="hk-place-2")]).changed


# Real rows


@cache
def rows() -> tuple[Entry, ...]:
    data = real("ecfr/title-15_part-744_2026-07-23.xml")
    return source("entity_list").parse({"part-744.xml": data}, issued=date(2026, 7, 23)).entries


def test_the_two_issues_of_the_ecfr_have_no_change() -> None:
    data = real("ecfr/title-15_part-744_2026-03-25.xml")
    before = source("entity_list").parse({"part-744.xml": data}, issued=date(2026, 3, 25))
    found = diff(before, Parsed("entity_list", date(2026, 7, 23), rows(), {}))
    assert parts(found) == {"respelled"}
    assert not found.changed


def louder(one: Entry) -> Entry:
    names = tuple(name._replace(text=name.text.upper().replace(",", " ,")) for name in one.names)
    return one._replace(names=names, scope_text=one.scope_text.replace(".", " ."))


MADE: dict[str, Callable[[Entry], Entry]] = {
    "respelled": louder,
    "aliases": lambda one: one._replace(names=(*one.names, Name("An Invented Alias Of It", "alias"))),
    "addresses": lambda one: one._replace(addresses=(*one.addresses, Address("9 Invented Road, Riverton"))),
    "cites": lambda one: one._replace(cites=(*one.cites, Citation("91 FR 99999", date(2026, 9, 9)))),
    "terms": lambda one: one._replace(footnotes=(*one.footnotes, "9")),
}


@given(st.data())
@settings(max_examples=40)
def test_changes_made_to_real_rows_are_found_and_nothing_else(data: st.DataObject) -> None:
    """Some rows of the real list, each changed in one way, left out, or put inside another."""
    whole = rows()
    heads = {one.part_of for one in whole}
    start = data.draw(st.integers(0, len(whole) - 40))
    some = [one for one in whole[start : start + 40] if one.names and not one.part_of and one.id not in heads]
    hows = ["same", *MADE, "removed", "moved"]
    drawn = [data.draw(st.sampled_from(hows)) for _ in some]
    fate = dict(zip((one.id for one in some), drawn, strict=True))
    head = next((one for one in some if fate[one.id] == "same"), None)
    after: list[Entry] = []
    for one in some:
        how = fate[one.id]
        if how == "moved":
            fate[one.id] = how = "moved" if head else "same"
        if how in MADE:
            after.append(MADE[how](one))
        elif how == "moved" and head:
            after.append(one._replace(id=f"{head.id}-{one.id}", part_of=head.id))
        elif how != "removed":
            after.append(one)
    found = compare(some, [*after, entry("An Invented Company", cites=(CITE,))])
    assert [one.names[0].text for one in found.added] == ["An Invented Company"]
    for how in ("aliases", "addresses", "cites", "terms", "moved"):
        assert {one.before.id for one in getattr(found, how)} == {id_ for id_, made in fate.items() if made == how}
    assert {one.id for one in found.removed} == {id_ for id_, made in fate.items() if made == "removed"}
    assert (found.renamed, found.identifiers, found.details) == ((), (), ())


def test_the_files_of_ofac_differ_by_their_events() -> None:
    files = {day: f"ofac/history/sdn_{day}.csv.gz" for day in ("2024-02-28", "2024-05-03")}
    one, other = (
        source("sdn").parse({"sdn.csv": unpacked(name)}, issued=date.fromisoformat(day)) for day, name in files.items()
    )
    found = diff(one, other)
    events = [
        row
        for row in csv.DictReader(real("ofac/history/sdn_events_2021-08_2024-05.csv").decode().splitlines())
        if "2024-02-28" < row["date"] <= "2024-05-03"
    ]
    on = {entry.id.rpartition("-")[2] for entry in one.entries}
    now = set(on)
    for event in events:
        if event["action"] == "add":
            now.add(event["ent_num"])
        elif event["action"] == "remove":
            now.discard(event["ent_num"])
    assert {entry.id.rpartition("-")[2] for entry in found.added} == now - on
    assert {entry.id.rpartition("-")[2] for entry in found.removed} == on - now
    assert not found.moved
