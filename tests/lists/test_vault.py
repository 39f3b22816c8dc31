"""The store in one file of SQLite: kills, damage, locks, a full disk; real files in any order give the same store."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from licet.lists.entry import Entry, Name, Parsed
from licet.lists.intake import Wanted, day_in, take, units
from licet.lists.kept import Attention, Look, Visit, content_digest
from licet.lists.source import source
from licet.lists.vault import Vault, state_of
from licet.model.errors import SourceError
from real_lists import real

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 10, 8)
SNAPSHOTS = (*("2021-08-24", "2022-02-28", "2022-08-19", "2023-02-28", "2023-08-31", "2024-02-28", "2024-05-03"),)
KILLED = """
import os, signal, sqlite3, sys
from datetime import date
from pathlib import Path
from licet.lists.entry import Entry, Name, Parsed
from licet.lists.vault import Vault

file, at = Path(sys.argv[1]), int(sys.argv[2])
steps = 0

def step(*_):
    global steps
    steps += 1
    if steps == at:
        os.kill(os.getpid(), signal.SIGKILL)

store = Vault(file, create=True)
entries = tuple(Entry(f"n{n}", "entity", (Name(f"New {n}"),)) for n in range(3000))
store._db.execute("PRAGMA cache_size = 10")
store._db.execute("PRAGMA cache_spill = 5")  # pages go to the file before the end, so that the journal is needed
store._db.set_trace_callback(step)
with store.update():
    for number in (3, 4):
        parsed = Parsed("x", date(2026, 1, number), entries[number:], {})
        store.add(parsed, {"x.csv": os.urandom(200_000)}, known=date(2026, 2, 1), source="s", whole=True)
print("done", steps)
"""


def entry(id_: str) -> Entry:
    return Entry(id=id_, kind="entity", names=(Name(id_.title()),))


def put(store: Vault, day: int, *ids: str) -> None:
    parsed = Parsed("x", date(2026, 1, day), tuple(map(entry, ids)), {"rows": len(ids)})
    with store.update():
        store.add(parsed, {"x.csv": f"{day} {ids}".encode() * 50}, known=TODAY, source="s", whole=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store with two issues of one list."""
    path = tmp_path / "deep" / "lists.sqlite"
    with Vault(path, create=True) as store:
        put(store, 1, "alpha", "beta")
        put(store, 2, "alpha")
    return path


def said(store: Vault) -> object:
    """All that a store says, whatever the order in which it came in."""
    return [
        (
            [kept._replace(number=0) for kept in store.issues(list_)],
            {kept.digest: (store.version(kept), store.raw(kept)) for kept in store.issues(list_)},
            [store.entries(list_, kept.issued, TODAY) for kept in store.issues(list_)],
            [one._replace(last=one.last and one.last._replace(number=0)) for one in store.status()],
        )
        for list_ in store.lists()
    ]


def test_nothing_is_written_where_nobody_asks_for_it(tmp_path: Path) -> None:
    with Vault(tmp_path / "home" / "lists.sqlite") as store:
        assert store.lists() == ()
    assert list(tmp_path.iterdir()) == []


def test_one_file_and_nothing_beside_it(file: Path) -> None:
    assert [path.name for path in file.parent.iterdir()] == ["lists.sqlite"]


def test_kill_9_at_any_point_leaves_the_old_state(file: Path) -> None:
    with Vault(file) as store:
        before = said(store)
    points = [*range(1, 8), 12, 60, 1500, 2990, 3003, 3010, 3016, 3020, 3022, 3024, 3026, 3028, 3030, 3032, 3036]
    killed = 0
    for at in points:
        run = subprocess.run([sys.executable, "-c", KILLED, str(file), str(at)], capture_output=True, check=False)
        killed += run.returncode == -9
        with Vault(file, create=True) as store:
            if run.returncode == 0:
                break
            assert run.returncode == -9, run.stderr
            assert said(store) == before, f"killed at statement {at}"
            assert store.verify() == ()
    assert killed >= 15
    with Vault(file, create=True) as store:
        put(store, 5, "gamma")
        assert [row.entry.id for row in store.entries("x", date(2026, 1, 5))] == ["gamma"]


def test_two_updates_at_once_do_not_mix(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("licet.lists.vault.WAIT", 0.05)
    with Vault(file) as one, Vault(file) as other, one.update():
        with pytest.raises(SourceError, match="another update of the lists is running"), other.update():
            pass
        assert len(other.issues("x")) == 2, "readers go on"
    with Vault(file) as store:
        put(store, 3, "gamma")


def test_a_full_disk_leaves_the_old_state(file: Path) -> None:
    with Vault(file) as store:
        before = said(store)
        pages = store._number("PRAGMA page_count")
        store._db.execute(f"PRAGMA max_page_count = {pages + 2}")
        noise = random.Random(1).randbytes(100_000)  # noqa: S311 - bytes that do not pack
        with pytest.raises(SourceError, match="full"), store.update():
            store.add(Parsed("x", TODAY, (entry("a"),), {}), {"f": noise}, known=TODAY, source="s", whole=True)
        assert said(store) == before
    with Vault(file) as store:
        assert said(store) == before
        assert store.verify() == ()


@pytest.mark.parametrize(
    ("column", "where", "words"),
    [
        ("packed", "content WHERE digest = (SELECT min(digest) FROM content)", "the bytes "),
        ("packed", "block WHERE first = 1", "the entries from 1 on are damaged"),
        ("members", "issue WHERE number = 1", "issue 1 (x of 2026-01-01) is damaged"),
        ("said", "issue WHERE number = 1", "issue 1 (x of 2026-01-01) is damaged"),
    ],
)
def test_verify_finds_a_flipped_byte(file: Path, column: str, where: str, words: str) -> None:
    database = sqlite3.connect(file)
    (before,) = database.execute(f"SELECT CAST({column} AS BLOB) FROM {where}").fetchone()  # noqa: S608 - our own names
    database.close()
    data = file.read_bytes()
    assert data.count(before) == 1 or column == "said"
    for place in range(len(before)):
        at = data.rindex(before) + place
        file.write_bytes(data[:at] + bytes([data[at] ^ 0x01]) + data[at + 1 :])
        with Vault(file) as store:
            assert words in store.verify()[0].message, f"byte {place} of {column}"
    file.write_bytes(data)
    with Vault(file) as store:
        assert store.verify() == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE issue SET withdrawn = '2026-03-01' WHERE number = 1", "issue 1 (x of 2026-01-01) is damaged"),
        ("UPDATE issue SET withdrawn = NULL WHERE number = 3", "issue 3 (x of 2026-01-03) is damaged"),
        ("UPDATE issue SET shadowed = 1 WHERE number = 1", "the rows of x are not those of its issues"),
        ("UPDATE attention SET reasons = '[]'", "the attention of y is damaged"),
        ("UPDATE look SET through = '2026-12-31'", "the look of x is damaged"),
        ("UPDATE visit SET etag = '9'", "the visit of https://example.org/x.csv is damaged"),
    ],
)
def test_verify_finds_every_change(file: Path, change: str, words: str) -> None:
    with Vault(file) as store:
        put(store, 3, "gamma")
        with store.update():
            store.rollback("x", TODAY)
            store.warn(Attention("y", TODAY, ("y.csv",), ("no answer",)))
            store.looked(Look("x", TODAY, TODAY))
            store.visited(Visit("https://example.org/x.csv", "1", "", "d"))
        assert store.verify() == ()
    database = sqlite3.connect(file)
    database.execute(change)
    database.commit()
    database.close()
    with Vault(file) as store:
        assert words in store.verify()[0].message


def test_a_store_of_form_1_is_brought_to_form_2(file: Path) -> None:
    with Vault(file) as store:
        put(store, 3, "gamma")
        with store.update():
            store.rollback("x", TODAY)
            store.warn(Attention("x", TODAY, ("x.csv",), ("no answer",)))
        before = said(store)
    back_to_form_1(file)
    with Vault(file) as store:
        assert said(store) == before
        assert store.verify() == ()
        put(store, 4, "delta")
        assert store.verify() == ()


def test_damage_in_a_store_of_form_1_is_not_sealed_in(file: Path) -> None:
    back_to_form_1(file)
    database = sqlite3.connect(file)
    database.execute("UPDATE issue SET source = 'other' WHERE number = 1")
    database.commit()
    database.close()
    with Vault(file) as store:
        assert "issue 1 (x of 2026-01-01) is damaged" in store.verify()[0].message


def back_to_form_1(file: Path) -> None:
    """Write a store as the first form had it: fewer tables, and fewer columns under the seals."""
    database = sqlite3.connect(file)
    columns = "list, source, issued, known, digest, whole, said, files, members"
    for number, *record in database.execute(f"SELECT number, {columns} FROM issue").fetchall():  # noqa: S608
        seal = content_digest(repr(record).encode())
        database.execute("UPDATE issue SET seal = ? WHERE number = ?", (seal, number))
    database.executescript(
        "DROP TABLE look; DROP TABLE visit; ALTER TABLE attention DROP COLUMN seal; PRAGMA user_version = 1"
    )
    database.close()


def test_verify_finds_rows_that_the_issues_do_not_give(file: Path) -> None:
    database = sqlite3.connect(file)
    database.execute("UPDATE listing SET gone = NULL WHERE party = 'beta'")
    database.commit()
    database.close()
    with Vault(file) as store:
        (problem,) = store.verify()
    assert "the rows of x are not those of its issues" in str(problem)


def test_a_damaged_head_is_refused_in_words(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(b"<!DOCTYPE html>" + data[15:])
    with pytest.raises(SourceError, match="is damaged"):
        Vault(file)


def test_a_file_of_another_program_or_of_a_later_licet_is_refused(tmp_path: Path, file: Path) -> None:
    other = tmp_path / "other.sqlite"
    database = sqlite3.connect(other)
    database.execute("CREATE TABLE mine (x)")
    database.commit()
    database.close()
    with pytest.raises(SourceError, match="is no store of licet"):
        Vault(other)
    database = sqlite3.connect(file)
    database.execute("PRAGMA user_version = 3")
    database.close()
    with pytest.raises(SourceError, match="made by a later licet"):
        Vault(file)


def test_the_state_changes_with_every_update_and_with_nothing_else(file: Path) -> None:
    first = state_of(file)
    with Vault(file) as store:
        assert store.verify() == ()
        store.status()
        store.histories()
        assert state_of(file) == first
        with pytest.raises(ZeroDivisionError), store.update():
            1 / 0  # noqa: B018 - an update that is broken off
        assert state_of(file) == first
        put(store, 3, "gamma")
    second = state_of(file)
    copy = file.read_bytes()
    with Vault(file) as store:
        put(store, 4, "delta")
    third = state_of(file)
    file.write_bytes(copy)
    assert state_of(file) == second
    with Vault(file) as store:
        put(store, 4, "delto")
    assert len({first, second, third, state_of(file)}) == 4, "nor does a copy from before bring an old state back"
    assert state_of(file.with_name("none")) == b""


def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(SourceError, match="cannot be used"):
        Vault(tmp_path / "home" / "lists.sqlite", create=True)


@pytest.mark.slow
def test_history_in_any_order_and_twice_is_the_same_store(tmp_path: Path) -> None:
    files = {name: real(f"ofac/history/{name}") for name in (f"sdn_{day}.csv.gz" for day in SNAPSHOTS)}
    wanted = Wanted(TODAY, accept=True)
    found = []
    for number, order in enumerate(([*SNAPSHOTS], [*SNAPSHOTS[::-1]], [*SNAPSHOTS[3:], *SNAPSHOTS, *SNAPSHOTS[:5]])):
        with Vault(tmp_path / f"{number}.sqlite", create=True) as store:
            for days in [[day] for day in order] if number == 1 else [order]:  # one update each, or one for all
                with store.update():
                    for name in (f"sdn_{day}.csv.gz" for day in days):
                        take(store, source("sdn"), {name: files[name]}, wanted)
            found.append(said(store))
            counts = [len(store.entries("sdn", date.fromisoformat(day))) for day in SNAPSHOTS]
            assert counts == [9124, 9222, 10478, 11848, 12864, 14510, 14965]
            assert number or store.verify() == ()
    assert found[0] == found[1] == found[2]


# Which files belong together


def test_the_day_in_a_name() -> None:
    assert day_in("sdn_2024-05-03.csv.gz") == date(2024, 5, 3)
    assert day_in("copy_2020-01-01_of_2019-06-29.txt") == date(2019, 6, 29)
    assert [day_in(name) for name in ("sdn.csv", "FR_2023-03929.xml", "x_2024-13-01.csv")] == [None, None, None]


def test_files_that_make_one_issue_are_put_together() -> None:
    trio = {f"{name}_2019-01-04.csv": real(f"ofac/{name}_2019-01-04.csv") for name in ("add", "alt", "sdn")}
    other = {f"cons_{name}_2025-12-19.csv": real(f"ofac/cons_{name}_2025-12-19.csv") for name in ("add", "alt", "prim")}
    uk = {name: real(f"intl/UK_2026-05-13_{name}.csv") for name in ("subjects", "subject_names")}
    made, strays = units({**trio, "notes.txt": b"no list"})
    assert [(sorted(unit.files), [one.id for one in unit.sources]) for unit in made] == [(sorted(trio), ["sdn"])]
    assert strays == ["notes.txt"]
    assert [[one.id for one in unit.sources] for unit in units(uk)[0]] == [["uk"]]
    assert [sorted(unit.files) for unit in units(other)[0]] == [sorted(other)]
    both, left = units({**trio, **other})
    assert sorted(len(unit.files) for unit in both) == [1, 3]
    assert left == ["add_2019-01-04.csv", "alt_2019-01-04.csv"], "two could take them: nobody guesses"


def test_one_file_can_hold_several_lists() -> None:
    (unit,), _ = units({"744.xml": real("ecfr/title-15_part-744_2026-07-23.xml")})
    assert [one.id for one in unit.sources] == ["entity_list", "meu_list", "unverified_list"]
