"""The lists that a check reads: those that ship, and with them those in the store of this machine."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from licet.lists import store
from licet.lists.entry import Citation, Entry, Name, Parsed
from licet.lists.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

DAY, LATER = date(2026, 9, 1), date(2026, 9, 20)
ACME = Entry("cn-acme", "entity", (Name("Acme Chips Co., Ltd."),), ("CN",), scope="all", policy="DENIAL")
ACME = ACME._replace(cites=(Citation("84 FR 22963", date(2019, 5, 21)),))
OTHER = ACME._replace(id="cn-other", names=(Name("Coyote Labs"),))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LICET_HOME", str(tmp_path))
    return tmp_path


def add(home: Path, issued: date, *entries: Entry, known: date | None = None) -> None:
    with Vault(home / store.FILE, create=True) as vault, vault.update():
        parsed = Parsed("entity_list", issued, entries, {})
        vault.add(parsed, {"some.xml": str(issued).encode()}, known=known or issued, source="entity_list", whole=True)


def snapshots(home: Path) -> list[str]:
    return sorted(path.name for path in home.glob("*.snapshot"))


def test_without_a_store_what_ships_is_read_and_nothing_is_written(home: Path) -> None:
    assert store.open_lists() is store.shipped()
    assert list(home.iterdir()) == []


def test_a_store_adds_its_issues_to_what_ships(home: Path) -> None:
    add(home, DAY, ACME)
    lists = store.open_lists()
    assert [one.list for one in lists.find("Acme Chips Company Limited", DAY).listed] == ["entity_list"]
    assert lists.lists["entity_list"].issued == DAY
    assert lists.find("Huawei Technologies Co., Ltd.", date(2019, 5, 16)).listed
    assert lists.version != store.shipped().version


def test_a_state_is_compiled_once_and_anew_after_an_update(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(home, DAY, ACME)
    store.open_lists()
    made = snapshots(home)
    assert len(made) == 1
    monkeypatch.setattr("licet.lists.compiling.compile_lists", None)
    assert store.open_lists().find("Acme Chips Co., Ltd.", DAY).listed
    monkeypatch.undo()
    monkeypatch.setenv("LICET_HOME", str(home))
    add(home, LATER, ACME, OTHER)
    assert store.open_lists().find("Coyote Labs", LATER).listed
    assert set(made) < set(snapshots(home))


def test_what_was_known_on_a_day_does_not_change_with_later_issues(home: Path) -> None:
    add(home, DAY, ACME)
    before = store.open_lists(DAY)
    add(home, LATER, ACME, OTHER)
    assert store.open_lists(DAY).version == before.version
    assert store.open_lists(DAY).find("Coyote Labs", LATER).listed == ()
    assert store.open_lists(LATER).find("Coyote Labs", LATER).listed


def test_only_some_states_are_kept(home: Path) -> None:
    add(home, DAY, ACME)
    for day in range(1, store.KEPT + 2):
        store.open_lists(date(2026, 9, day))
    assert len(snapshots(home)) == store.KEPT - 1  # a place is left for the state without a day of knowledge
    store.open_lists()
    assert len(snapshots(home)) == store.KEPT


def test_a_folder_that_cannot_be_written_is_read_all_the_same(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(home, DAY, ACME)
    refused = OSError(28, "No space left on device")

    def full(*_: object) -> None:
        raise refused

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    assert store.open_lists().find("Acme Chips Co., Ltd.", DAY).listed
    assert snapshots(home) == []


def test_a_check_of_a_store_loads_neither_sqlite_nor_yaml(home: Path) -> None:
    add(home, DAY, ACME)
    store.open_lists()
    code = (
        "import sys; from datetime import date; from licet.lists.store import open_lists\n"
        "assert open_lists().find('Acme Chips Co., Ltd.', date(2026, 9, 1)).listed\n"
        "assert not {'sqlite3', 'yaml', 'licet.lists.compiling'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
