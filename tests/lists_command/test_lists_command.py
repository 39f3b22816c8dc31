"""`licet lists`: files come in or are refused with the reason; status, show, diff, export, verify, rollback."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from licet.cli import main
from licet.lists.folder import samples
from licet.lists.store import FILE
from licet.lists.store import home as home_of
from real_lists import DATA, real

if TYPE_CHECKING:
    from collections.abc import Callable

    Lists = Callable[..., str]

FIRST, LAST = "2026-03-25", "2026-07-23"
SDN = "2024-02-28"


def state(lists: Lists, list_: str) -> dict[str, object]:
    found = json.loads(lists("status", "--format", "json"))["lists"]
    return next(one for one in found if one["list"] == list_)


def write(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


@pytest.fixture
def un(tmp_path: Path) -> Path:
    """The sample of the UN list: three of its counts are too small for a real issue."""
    return write(tmp_path / "in", "un.xml", samples("un")["sample.xml"])


@pytest.fixture
def sdn(lists: Lists) -> Lists:
    """A store that has a real issue of the SDN list in use."""
    real(f"ofac/history/sdn_{SDN}.csv.gz")
    lists("add", "--accept", DATA / "ofac" / "history" / f"sdn_{SDN}.csv.gz")
    return lists


# Coming in


def test_a_doubtful_issue_comes_in_with_accept_only(lists: Lists, un: Path) -> None:
    text = lists("add", un, code=1)
    assert "refused        un                        2026-01-05" in text
    assert "allowed: 500 to 1100" in text
    assert "If it is right: the same again with --accept." in text
    assert state(lists, "un")["state"] == "attention"
    assert "un: refused on" in (status := lists("status"))
    assert "nothing is in use" in status
    assert "taken in       un" in lists("add", un, "--accept")
    assert "there already  un" in lists("add", un)
    assert state(lists, "un")["attention"] is None
    assert "all is well: 1 issue of 1 list" in lists("verify")


def test_a_folder_comes_in_whole_and_says_what_is_no_list(lists: Lists, un: Path) -> None:
    write(un.parent, "notes.txt", b"no list")
    write(un.parent, ".hidden", b"not looked at")
    text = lists("add", un.parent, "--accept")
    assert "taken in       un" in text
    assert "no list        " in text
    assert "notes.txt" in text
    assert "hidden" not in text
    lists("add", un.parent / "notes.txt", code=1)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("sdn_2024-05-04.csv", b"", "is empty"),
        ("sdn.csv", b" \n\n", "is empty"),
        ("sdn.csv", b"<!DOCTYPE html><html><body>Service unavailable</body></html>", "HTML"),
        ("sdn.csv", b"\x89PNG\r\n\x1a\n", "none of the lists"),
    ],
)
def test_what_is_no_list_is_refused(lists: Lists, tmp_path: Path, name: str, data: bytes, words: str) -> None:
    text = lists("add", write(tmp_path / "in", name, data), code=1)
    assert words in " ".join(text.split())


def _sdn() -> bytes:
    return gzip.decompress(real(f"ofac/history/sdn_{SDN}.csv.gz"))


def _half() -> bytes:
    return b"".join(_sdn().splitlines(keepends=True)[:7000])


def _un() -> bytes:
    return real("intl/UN_consolidated_2026-02-27.xml")


@pytest.mark.parametrize(
    ("made", "options", "words"),
    [
        (lambda: b"", (), "empty"),
        (lambda: b"<html><body>Sorry</body></html>", (), "HTML"),
        (lambda: _sdn()[:-1000], (), "cut off or damaged"),
        (lambda: _sdn().decode("latin-1").encode("utf-16"), (), "utf-8 is expected"),
        (_un, (), "none of OFAC's files"),
        (_sdn, ("--issued", "2099-01-01"), "a day to come"),
        (_half, ("--issued", "2024-03-10"), "less than half, as if cut off"),
        (lambda: gzip.compress(b"\0" * 300_000_000), (), "200 times its own size"),
        (lambda: gzip.compress(_sdn())[:-100], (), "breaks off"),
    ],
    ids=["empty", "html", "truncated", "encoding", "another list", "future", "half", "bomb", "gzip cut"],
)
def test_guards_keep_the_old_version_in_use(
    sdn: Lists, tmp_path: Path, made: Callable[[], bytes], options: tuple[str, ...], words: str
) -> None:
    before = state(sdn, "sdn")
    text = sdn("add", write(tmp_path / "in", "new.csv", made()), "--list", "sdn", *options, code=1)
    assert "refused        sdn" in text
    assert words in " ".join(text.split())
    after = state(sdn, "sdn")
    assert after["state"] == "attention"
    assert after["attention"]["reasons"]  # type: ignore[index]
    kept = ("issued", "digest", "entries", "issues")
    assert [after[key] for key in kept] == [before[key] for key in kept]
    assert f"the issue of {SDN} stays in use" in sdn("status")
    assert "all is well" in sdn("verify")


def test_a_real_large_removal_needs_accept_and_says_who_goes(sdn: Lists, tmp_path: Path) -> None:
    lines = _sdn().splitlines(keepends=True)
    path = write(tmp_path / "in", "sdn_2024-04-01.csv", b"".join(lines[2000:]))
    text = sdn("add", path, code=1)
    assert "2,000 of 14,510 entries are gone (13.8%): AEROCARIBBEAN AIRLINES" in " ".join(text.split())
    assert "taken in" in sdn("add", path, "--accept")
    assert state(sdn, "sdn")["entries"] == 12510


def test_bad_input_is_refused_in_words(lists: Lists, un: Path) -> None:
    assert "is not there" in lists("add", un.parent / "none.csv", code=2)
    assert 'did you mean "sdn"' in lists("add", un, "--list", "sdm", code=2)
    assert "a day such as 2019-05-16" in lists("add", un, "--issued", "yesterday", code=2)
    other = write(un.parent, "dpl_2019-06-29.txt", b"x")
    assert "is the day of one issue" in lists("add", un, other, "--issued", "2026-01-05", code=2)
    assert "no issue of un is kept" in lists("show", "un", code=2)
    assert "no issue of un is kept" in lists("rollback", "un", code=2)
    assert "unused" not in lists("status")


def test_a_bad_path_beside_a_good_one_leaves_nothing_in(lists: Lists, un: Path) -> None:
    lists("add", "--accept", un, un.parent / "none.csv", code=2)
    assert state(lists, "un")["issues"] == 0


# Looking


def test_nothing_is_written_by_looking(lists: Lists, home: Path) -> None:
    assert "not here:  ca, csl" in lists("status")
    assert "all is well: 0 issues of 0 lists" in lists("verify")
    assert not home.exists()


def test_two_issues_of_2026_show_no_change(lists: Lists) -> None:
    real(f"ecfr/title-15_part-744_{FIRST}.xml")
    text = lists("add", DATA / "ecfr")
    assert text.count("taken in") == 6
    assert "no change" in (text := lists("diff", "entity_list", FIRST, LAST))
    assert "entries are spelled otherwise" in text
    assert json.loads(lists("diff", "entity_list", FIRST, LAST, "--format", "json"))["changed"] is False
    text = lists("show", "entity_list", "--as-of", FIRST)
    assert "3,464 entries · issue of 2026-03-25" in text
    assert "and 3,424 more: --all" in text
    assert len(lists("show", "entity_list", "--as-of", FIRST, "--all").splitlines()) > 3464
    assert "no issue of entity_list reaches back to 2026-03-24" in lists(
        "show", "entity_list", "--as-of", "2026-03-24", code=2
    )


def test_a_rule_adds_to_the_list_that_it_feeds(lists: Lists) -> None:
    real("fr/FR_2023-03929_entity_list_additions.xml")
    text = lists("add", DATA / "fr")
    assert "taken in       entity_list               2023-02-27        13" in text
    assert state(lists, "entity_list")["entries"] == 13
    assert "only rules that add to it are kept" in lists("show", "entity_list", code=2)


def test_diff_tells_kinds_of_changes_apart(lists: Lists, un: Path) -> None:
    lists("add", un, "--accept")
    data = un.read_bytes().replace(b"2026-01-05T", b"2026-02-05T").replace(b"ARVID</FIRST", b"ARVIDO</FIRST")
    lists("add", "--accept", write(un.parent, "later.xml", data))
    text = lists("diff", "un", "2026-01-05", "2026-02-05")
    assert "renamed: 1" in text
    found = json.loads(lists("diff", "un", "2026-01-05", "2026-02-05", "--format", "json"))
    assert found["changed"] is True
    assert len(found["changes"]["renamed"]) == 1
    assert found["changes"]["removed"] == []


def test_export_has_every_entry_and_the_license(lists: Lists, un: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lists("add", un, "--accept")
    entries = state(lists, "un")["entries"]
    records = [json.loads(line) for line in lists("export", "un", "--format", "jsonl").splitlines()]
    rows = list(csv.DictReader(io.StringIO(lists("export", "un"))))
    assert len(records) == len(rows) == entries
    assert [row["id"] for row in rows] == [record["id"] for record in records]
    assert {record["seen_since"] for record in records} == {"2026-01-05"}
    assert rows[0]["name"] == records[0]["names"][0]["text"]
    with pytest.raises(SystemExit):
        main(["lists", "export", "un"])
    assert "before you pass this on: " in capsys.readouterr().err


def test_rollback_goes_back_to_the_issue_before(lists: Lists, un: Path) -> None:
    lists("add", un, "--accept")
    later = write(un.parent, "later.xml", un.read_bytes().replace(b"2026-01-05T", b"2026-02-05T"))
    lists("add", later, "--accept")
    text = lists("rollback", "un")
    assert "the issue of 2026-02-05 (later.xml) is taken back; the issue of 2026-01-05 is in use" in text
    assert state(lists, "un")["issued"] == "2026-01-05"
    assert "taken in       un                        2026-02-05" in lists("add", later, "--accept")
    lists("rollback", "un")
    assert "no issue is in use" in lists("rollback", "un")
    assert "all is well" in lists("verify")


def test_verify_through_the_command(lists: Lists, un: Path, home: Path) -> None:
    lists("add", un, "--accept")
    with sqlite3.connect(home / FILE) as database:
        database.execute("UPDATE content SET packed = CAST(packed || x'00' AS BLOB)")
    database.close()
    assert "are damaged" in lists("verify", code=1)


def test_where_the_store_lies() -> None:
    user = {"HOME": "/home/eve"}
    assert home_of({**user, "LICET_HOME": "/data/l"}, "linux") == Path("/data/l")
    assert home_of(user, "linux") == Path("/home/eve/.local/share/licet")
    assert home_of({**user, "XDG_DATA_HOME": "/x"}, "linux") == Path("/x/licet")
    assert home_of({**user, "XDG_DATA_HOME": "relative"}, "linux") == Path("/home/eve/.local/share/licet")
    assert home_of(user, "darwin") == Path("/home/eve/Library/Application Support/licet")
    assert home_of({"LOCALAPPDATA": "/local", "USERPROFILE": "/eve"}, "win32") == Path("/local/licet")
