"""What every store of lists must do; a new one is added to `STORES`, and the whole suite runs against it."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.lists.entry import Address, Citation, Entry, Identifier, Name, Parsed
from licet.lists.kept import Attention, Look, Visit, content_digest, in_use, neighbor, pack, unpack
from licet.lists.vault import Vault
from licet.model.errors import SourceError
from plain_store import PlainStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from licet.lists.kept import Kept, Store

    Opened = Callable[[], AbstractContextManager[Store]]

START = date(2026, 1, 1)
DAYS = 5
STORES = ("plain", "vault")


def day(number: int) -> date:
    return START + timedelta(number)


def entry(id_: str, name: str = "") -> Entry:
    return Entry(id=id_, kind="entity", names=(Name(name or id_.title()),))


A, B, C = entry("a"), entry("b"), entry("c")
FULL = Entry(
    id="cn-alpha",
    kind="entity",
    names=(Name("Alpha \u2028 Works\nLtd"), Name("阿尔法", "alias")),
    countries=("CN",),
    addresses=(Address("1 Example Road", "CN"), Address("somewhere")),
    identifiers=(Identifier("imo", "9999999"), Identifier("tax", "1", "CN")),
    programs=("SDGT",),
    scope="all",
    scope_text="All items",
    policy="presumption_of_denial",
    policy_text="Presumption of denial",
    footnotes=("1", "4"),
    cites=(Citation("84 FR 22963", date(2019, 5, 21)), Citation("85 FR 51603")),
    listed=date(2019, 5, 16),
    until=date(2029, 5, 16),
    part_of="cn-beta",
    remarks="'quoted' \"text\"",
    lists=("sdn",),
)


@pytest.fixture(params=STORES)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Opened:
    """Open the same store, again and again."""
    plain = PlainStore()

    @contextmanager
    def once() -> Iterator[Store]:
        if request.param == "plain":
            yield plain
        else:
            with Vault(tmp_path / "lists.sqlite", create=True) as vault:
                yield vault

    return once


def put(
    store: Store,
    issued: int,
    *entries: Entry,
    known: int = 0,
    bytes_: bytes = b"",
    whole: bool = True,
    list_: str = "x",
) -> bool:
    parsed = Parsed(list_, day(issued), entries, {"rows": len(entries)}, ("a noise",), ("a slip",))
    files = {"x.csv": bytes_ or repr((issued, entries)).encode()}
    with store.update():
        return store.add(parsed, files, known=day(known), source="s", whole=whole)


def names(store: Store, on: int, known: int | None = None, list_: str = "x") -> str:
    rows = store.entries(list_, day(on), None if known is None else day(known))
    return "".join(sorted(row.entry.id for row in rows))


def test_an_empty_store_says_nothing(opened: Opened) -> None:
    with opened() as store:
        assert not store.lists()
        assert not store.issues("x")
        assert not store.status()
        assert not store.verify()
        assert store.entries("x", START) == ()
        with pytest.raises(SourceError, match="no issue of x is kept"), store.update():
            store.rollback("x", START)


def test_every_version_comes_back_as_it_went_in(opened: Opened) -> None:
    with opened() as store:
        assert put(store, 1, B, FULL, A, bytes_=b"first")
        assert put(store, 2, FULL, bytes_=b"second")
    with opened() as store:
        first, second = store.issues("x")
        assert store.version(first) == Parsed("x", day(1), (B, FULL, A), {"rows": 3}, ("a noise",), ("a slip",))
        assert (store.raw(first), store.raw(second)) == ({"x.csv": b"first"}, {"x.csv": b"second"})
        assert (first.source, first.entries, first.known, first.whole) == ("s", 3, day(0), True)
        assert [(file.name, file.size) for file in first.files] == [("x.csv", 5)]
        assert store.verify() == ()


def test_who_is_on_the_list_on_a_day(opened: Opened) -> None:
    with opened() as store:
        put(store, 1, A, B)
        put(store, 3, A, C)
    with opened() as store:
        assert [names(store, on) for on in range(5)] == ["", "ab", "ab", "ac", "ac"]
        rows = {row.entry.id: (row.appeared, row.gone) for row in store.entries("x", day(2))}
        assert rows == {"a": (day(1), None), "b": (day(1), day(3))}


def test_an_older_file_does_not_rewrite_what_was_known(opened: Opened) -> None:
    with opened() as store:
        put(store, 3, A, known=3)
        put(store, 1, A, B, known=5)
    with opened() as store:
        assert (names(store, 2, known=4), names(store, 2, known=5), names(store, 2)) == ("", "ab", "ab")
        assert (names(store, 4, known=4), names(store, 4)) == ("a", "a")
        assert in_use(store.issues("x"), day(2), day(4)) is None


def test_the_same_file_twice_is_kept_once(opened: Opened) -> None:
    with opened() as store:
        assert put(store, 1, A, known=2, bytes_=b"x")
        assert not put(store, 1, A, known=3, bytes_=b"x")
        assert len(store.issues("x")) == 1
        assert put(store, 2, A, known=3, bytes_=b"x"), "the same bytes on another day are another issue"
        assert put(store, 1, A, known=1, bytes_=b"x"), "it was known earlier"
    with opened() as store:
        assert [kept.known for kept in store.issues("x")] == [day(1), day(3)]
        assert names(store, 1, known=1) == "a"
        assert store.verify() == ()


def test_lists_do_not_touch_each_other(opened: Opened) -> None:
    with opened() as store:
        put(store, 1, A, list_="x")
        put(store, 2, A, B, list_="y")
        assert store.lists() == ("x", "y")
        assert (names(store, 3), names(store, 3, list_="y")) == ("a", "ab")


def test_a_rule_adds_to_the_list_and_is_no_issue_in_use(opened: Opened) -> None:
    with opened() as store:
        put(store, 1, A)
        put(store, 2, B, whole=False)
        assert [names(store, on) for on in (1, 2, 3)] == ["a", "ab", "ab"]
        (standing,) = store.status()
        assert standing.last is not None
        assert (standing.last.issued, standing.issues, standing.entries) == (day(1), 2, 2)


def _fail_inside(store: Store) -> None:
    with store.update():
        store.add(Parsed("x", day(2), (FULL,), {}), {"f": b"f"}, known=day(0), source="s", whole=True)
        store.warn(Attention("x", day(0), (), ("bad",)))
        raise ZeroDivisionError


def test_what_fails_inside_an_update_leaves_nothing(opened: Opened) -> None:
    with opened() as store:
        put(store, 1, A)
        with pytest.raises(ZeroDivisionError):
            _fail_inside(store)
        assert names(store, 3) == "a"
        assert put(store, 2, B, FULL), "and the store goes on"
    with opened() as store:
        assert [row.entry for row in store.entries("x", day(3))] == [B, FULL]
        assert store.status()[0].attention is None
        assert store.verify() == ()


def test_a_rollback_takes_the_last_arrival_back_and_keeps_what_was_known(opened: Opened) -> None:
    with opened() as store:
        put(store, 1, A, B, known=1)
        put(store, 2, A, known=2)
        with store.update():
            assert store.rollback("x", day(4)).issued == day(2)
    with opened() as store:
        assert (names(store, 3), names(store, 3, known=3), names(store, 3, known=4)) == ("ab", "a", "ab")
        assert [kept.withdrawn for kept in store.issues("x")] == [None, day(4)]
        assert store.status()[0].issues == 1
        assert put(store, 2, A, known=5), "the same file can be added again"
        assert (names(store, 3), names(store, 3, known=4), names(store, 3, known=3)) == ("a", "ab", "a")
        assert store.verify() == ()


def test_added_and_taken_back_on_one_day_was_never_known(opened: Opened) -> None:
    with opened() as store:
        put(store, 1, A, known=1)
        put(store, 2, B, known=3)
        with store.update():
            store.rollback("x", day(3))
        assert [names(store, 4, known=known) for known in (2, 3, 4)] == ["a", "a", "a"]
        with store.update():
            store.rollback("x", day(3))
        assert (names(store, 4), names(store, 4, known=2)) == ("", "a")


def test_a_refusal_is_kept_until_an_issue_comes_in(opened: Opened) -> None:
    refused = Attention("x", day(3), ("x.csv",), ("is empty", "and old"))
    with opened() as store, store.update():
        store.warn(refused)
    with opened() as store:
        assert store.lists() == ("x",)
        assert store.status()[0].attention == refused
        put(store, 1, A)
        assert store.status()[0].attention is None


def test_a_look_ends_a_refusal(opened: Opened) -> None:
    with opened() as store:
        put(store, 1, A)
        with store.update():
            store.warn(Attention("x", day(3), ("x.csv",), ("no answer",)))
        with store.update():
            store.looked(Look("x", day(4), day(3)))
    with opened() as store:
        (standing,) = store.status()
        assert (standing.attention, standing.looked) == (None, Look("x", day(4), day(3)))
        with store.update():
            store.looked(Look("x", day(5), day(5)))
            store.warn(Attention("x", day(5), ("x.csv",), ("no answer",)))
        assert store.status()[0].looked == Look("x", day(5), day(5))
        assert store.status()[0].attention is not None
        assert store.verify() == ()


def test_what_a_server_said_stays_with_its_bytes(opened: Opened) -> None:
    first = Visit("https://example.org/x.csv", '"a1"', "", content_digest(b"first"))
    with opened() as store:
        assert store.visit(first.url) is None
        put(store, 1, A, bytes_=b"first")
        with store.update():
            store.visited(first)
    with opened() as store:
        assert store.visit(first.url) == first
        assert store.content(first.digest) == b"first"
        with store.update():
            store.visited(first._replace(etag='"a2"'))
        assert store.visit(first.url) == first._replace(etag='"a2"')
        with pytest.raises(SourceError):
            store.content(content_digest(b"never came"))


def test_a_broken_update_keeps_neither_look_nor_visit(opened: Opened) -> None:
    with opened() as store:
        with suppress(ZeroDivisionError), store.update():
            store.looked(Look("x", day(5), day(5)))
            store.visited(Visit("https://example.org/x.csv", "", "", ""))
            1 / 0  # noqa: B018 - the update breaks off
        assert store.visit("https://example.org/x.csv") is None
        assert not store.status()


def test_two_contents_of_one_day_verify_in_any_order_of_their_entries(opened: Opened) -> None:
    with opened() as store:
        put(store, 1, B, A, known=1)
        put(store, 1, C, B, A, known=1)
        put(store, 1, C, A, known=1)
        put(store, 2, C, B, whole=False, known=2)
    with opened() as store:
        assert store.verify() == ()


def test_histories_are_what_the_issues_give(opened: Opened) -> None:
    with opened() as store:
        put(store, 3, A, known=3)
        put(store, 1, A, B, known=5)
        put(store, 2, C, known=5, list_="y")
        with store.update():
            store.rollback("x", day(6))
    with opened() as store:
        found = store.histories()
        assert list(found) == ["x", "y"]
        assert found["x"] == store.history("x")
        assert [stamp.issued for stamp in found["x"].stamps] == [day(3)], "what was taken back counts no more"
        assert {row.entry.id for row in found["x"].on(day(1), day(5))} == {"a", "b"}
        assert not found["x"].on(day(1))


def test_the_neighbor_is_the_issue_before_or_the_first_after(opened: Opened) -> None:
    with opened() as store:
        put(store, 2, A)
        put(store, 4, A)
        put(store, 3, B, whole=False)

        def beside(number: int) -> Kept:
            found = neighbor(store.issues("x"), day(number))
            assert found is not None
            return found

        assert [beside(number).issued for number in (1, 2, 3, 5)] == [day(2), day(2), day(2), day(4)]


@given(st.lists(st.tuples(st.integers(0, DAYS), st.integers(0, DAYS), st.sets(st.sampled_from("abc"))), max_size=6))
def test_every_store_says_what_the_slow_twin_says(arrivals: list[tuple[int, int, set[str]]]) -> None:
    plain, stores = PlainStore(), [_fresh()]
    each: list[Store] = [plain, *stores]
    for issued, known, found in arrivals:
        for store in each:
            put(store, issued, *map(entry, sorted(found)), known=known)
            if len(found) == 2 and known > 2:
                with store.update():
                    store.rollback("x", day(known))
    for vault in stores:
        for on in range(DAYS + 1):
            for at in (None, *range(DAYS + 1)):
                assert names(vault, on, at) == names(plain, on, at)
        assert vault.issues("x") == plain.issues("x")
        assert vault.histories() == plain.histories()
        assert vault.status() == plain.status()
        assert vault.verify() == ()


def _fresh() -> Vault:
    """A store of SQLite that no file is behind."""
    from pathlib import Path

    return Vault(Path("/nowhere/lists.sqlite"))


def test_an_entry_reads_as_it_was_written() -> None:
    assert unpack(pack(FULL)) == FULL
    assert unpack(pack(A)) == A
    assert pack(A) == '["a","entity",[["A","primary"]]]'
    assert "\n" not in pack(FULL)
