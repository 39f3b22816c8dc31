"""`licet lists update` and `add URL` against a server of this machine that serves small files under official paths."""

from __future__ import annotations

import gzip
import json
import sqlite3
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from licet.cli.clock import today
from licet.cli.lists.common import Progress
from licet.lists.folder import samples
from licet.lists.kept import files_of, issue_digest
from licet.lists.store import FILE
from licet.lists.vault import Vault
from update_server import CA, CONS, CSL, DPL, ECFR, SDN, TITLES, UN, certificate, official, packed, sdn, served, titles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from update_server import Handler, Server

    Lists = Callable[..., str]

TODAY = today()
DAY = str(TODAY - timedelta(days=2))
ALL = (
    *("ca", "csl", "denied_persons_list", "entity_list", "meu_list", "ofac_consolidated", "sdn", "un"),
    "unverified_list",
)
CHANGED = {"sdn": ("EXAMPLE AIR LINES", "EXAMPLE OCEAN LINES")}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A mirror of all official files."""
    with served(official(DAY)) as running:
        monkeypatch.setenv("LICET_MIRROR", running.url)
        yield running


def state(lists: Lists, list_: str) -> dict[str, object]:
    found = json.loads(lists("status", "--format", "json"))["lists"]
    return next(one for one in found if one["list"] == list_)


def lines(text: str) -> dict[str, str]:
    """Return in a word what became of each list."""
    return {line[17:41].strip(): line[2:15].strip() for line in text.splitlines() if line[2:15].strip()}


def plain(text: str) -> str:
    return " ".join(text.split())


# What comes


def test_all_lists_come_and_then_only_what_has_changed(lists: Lists, server: Server) -> None:
    assert lines(lists("update", "--accept")) == dict.fromkeys(ALL, "taken in")
    asked = server.paths()
    assert {path: asked.count(path) for path in asked} == {
        **dict.fromkeys((TITLES, ECFR.format(DAY), UN, DPL, CSL, CA), 1),  # the file of three lists is asked for once
        **dict.fromkeys((*SDN, *CONS), 2),  # of several files each is asked for again, whether it has changed
    }
    assert "all is well: 9 issues of 9 lists" in lists("verify")

    text = lists("update")
    assert lines(text) == dict.fromkeys(ALL, "unchanged")
    assert f"looked at on {TODAY}, as of {DAY}" in text
    assert {headers.get("If-None-Match", "") == "" for path, headers in server.asked if path != TITLES} == {False}


def test_a_changed_file_is_a_new_issue(lists: Lists, server: Server, tomorrow: Callable[[int], None]) -> None:
    lists("update", "sdn", "--accept")
    tomorrow(3)
    server.pages |= sdn(**CHANGED)
    server.asked.clear()
    assert "taken in       sdn" in (text := lists("update", "sdn", "--accept"))
    assert "the files do not say their day: that of the download" in plain(text)
    assert sorted(path for path, headers in server.asked if "If-None-Match" in headers) == sorted((*SDN, *SDN))
    found = state(lists, "sdn")
    assert (found["issues"], found["issued"]) == (2, str(TODAY + timedelta(days=3)))
    assert "renamed: 1" in lists("diff", "sdn", str(TODAY), str(TODAY + timedelta(days=3)))


@pytest.fixture
def tomorrow(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Put the clock of the commands forward."""

    def forward(number: int) -> None:
        for name in ("add_", "update_", "status_"):
            monkeypatch.setattr(f"licet.cli.lists.{name}.today", lambda: TODAY + timedelta(days=number))

    return forward


def test_a_look_keeps_a_list_from_being_overdue(lists: Lists, server: Server, tomorrow: Callable[[int], None]) -> None:
    lists("update", "sdn", "--accept")
    tomorrow(20)
    assert state(lists, "sdn")["state"] == "overdue"
    assert server.url
    assert "unchanged      sdn" in lists("update", "sdn")
    found = state(lists, "sdn")
    assert (found["state"], found["issued"], found["issues"]) == ("ok", str(TODAY), 1)
    day = str(TODAY + timedelta(days=20))
    assert found["looked"] == {"day": day, "through": day}
    assert day in lists("status")


def test_the_day_of_the_code_is_the_last_that_it_has(lists: Lists, server: Server) -> None:
    text = lists("update", "entity_list", "--accept")
    assert f"entity_list               {DAY}" in text
    assert server.paths() == [TITLES, ECFR.format(DAY)]


def test_a_title_whose_last_issue_is_older_is_asked_for_that_day(lists: Lists, server: Server) -> None:
    server.pages[TITLES] = titles(str(TODAY + timedelta(days=1)), DAY)
    assert f"meu_list                  {DAY}" in lists("update", "meu_list", "unverified_list", "--accept")
    assert server.paths() == [TITLES, ECFR.format(TODAY), ECFR.format(DAY)]


@pytest.mark.parametrize("said", [b"{}", b"<html>", b'{"titles": [{"number": 1}]}', b"[]"])
def test_a_title_whose_day_is_not_said(lists: Lists, server: Server, said: bytes) -> None:
    server.pages[TITLES] = said
    text = lists("update", "entity_list", code=1)
    assert "does not say up to which day title 15 is there" in plain(text)


def test_files_that_are_packed_for_the_way(lists: Lists, server: Server) -> None:
    for path in (UN, ECFR.format(DAY)):
        page = server.pages[path]
        assert isinstance(page, bytes)
        server.pages[path] = packed(page)
    assert lines(lists("update", "un", "entity_list", "--accept")) == {"un": "taken in", "entity_list": "taken in"}
    with Vault(_store(lists)) as store:
        assert store.raw(store.issues("un")[0]) == {"consolidated.xml": samples("un")["sample.xml"]}


def _store(lists: Lists) -> Path:
    return Path(json.loads(lists("status", "--format", "json"))["store"])


def test_one_file_of_four_has_changed(lists: Lists, server: Server, tomorrow: Callable[[int], None]) -> None:
    lists("update", "sdn", "--accept")
    tomorrow(1)
    server.pages |= sdn(alt=(ALIAS, "OTHER"))
    assert "taken in       sdn" in lists("update", "sdn", "--accept")
    with Vault(_store(lists)) as store:
        first, second = store.issues("sdn")
        was, now = store.raw(first), store.raw(second)
    assert {name for name in was if was[name] != now[name]} == {"alt.csv"}, "three were not sent again"


def test_files_that_change_while_they_come_come_again(lists: Lists, server: Server) -> None:
    def page(handler: Handler) -> None:
        handler.give(sdn()[SDN[3]])
        if not changed:  # the office puts a new issue there when three of four files have come
            changed.append(True)
            server.pages |= {path: data for path, data in sdn(**CHANGED).items() if path != SDN[3]}

    changed: list[bool] = []
    server.pages[SDN[3]] = page
    assert "taken in       sdn" in lists("update", "sdn", "--accept")
    assert "EXAMPLE OCEAN LINES" in lists("show", "sdn")

    def other(handler: Handler) -> None:
        handler.give(sdn(sdn=("EXAMPLE AIR LINES", f"EXAMPLE LINE {len(server.asked)}"))[SDN[0]])

    server.pages[SDN[0]] = other
    assert "its files change while they come" in plain(lists("update", "sdn", "--accept", code=1))


# What fails


def test_a_list_that_fails_leaves_the_others_alone(lists: Lists, server: Server) -> None:
    lists("update", "un", "sdn", "--accept")
    server.pages[UN] = lambda handler: handler.send(500, b"", "text/plain")
    before = state(lists, "un")
    text = lists("update", "un", "sdn", "denied_persons_list", "--accept", code=1)
    assert lines(text) == {"un": "refused", "sdn": "unchanged", "denied_persons_list": "taken in"}
    assert f"{server.url}{UN}: the server answers 500" in plain(text)
    assert "→ Try later." in text
    after = state(lists, "un")
    assert (after["state"], after["digest"], after["looked"]) == ("attention", before["digest"], before["looked"])
    assert "the server answers 500" in plain(lists("status"))
    assert "stays in use" in lists("status")
    server.pages[UN] = samples("un")["sample.xml"]
    assert lines(lists("update", "un")) == {"un": "unchanged"}
    assert state(lists, "un")["state"] == "ok"


def test_a_shared_file_that_fails_is_asked_for_once(lists: Lists, server: Server) -> None:
    del server.pages[ECFR.format(DAY)]
    text = lists("update", "entity_list", "meu_list", "unverified_list", code=1)
    assert set(lines(text).values()) == {"refused"}
    assert server.paths() == [TITLES, ECFR.format(DAY)]
    assert "404 Not Found: no file is there" in plain(text)


@pytest.mark.parametrize(
    ("path", "data", "words"),
    [
        (CSL, b"<!DOCTYPE html><html><body>Sorry</body></html>", "HTML"),
        (CA, b"<html><body>Sorry</body></html>", "ca"),
        (SDN[0], b"", "empty"),
        (UN, samples("un")["sample.xml"][:-300], "un"),
        (UN, gzip.compress(b"\0" * 300_000_000), "200 times"),
        (DPL, samples("denied_persons_list")["sample.txt"][:-40], "denied_persons_list"),
    ],
    ids=["html for csv", "html for xml", "empty", "half", "bomb", "half a line"],
)
def test_what_is_no_list_stays_out(lists: Lists, server: Server, path: str, data: bytes, words: str) -> None:
    name = {CSL: "csl", CA: "ca", SDN[0]: "sdn", UN: "un", DPL: "denied_persons_list"}[path]
    lists("update", name, "--accept")
    before = state(lists, name)
    server.pages[path] = data
    text = lists("update", name, "--accept", code=1)
    assert f"refused        {name}" in text
    assert words in plain(text)
    after = state(lists, name)
    assert (after["state"], after["digest"], after["issues"]) == ("attention", before["digest"], 1)
    assert "all is well" in lists("verify")


def _rows(count: int) -> bytes:
    rows = (b'%d,"PARTY %d","individual","SDGT",' % (n, n) + b"-0- ," * 7 + b"-0- \r\n" for n in range(count))
    return b"".join(rows)


def test_half_of_a_list_with_a_right_length_stays_out(
    lists: Lists, server: Server, tomorrow: Callable[[int], None]
) -> None:
    server.pages |= {path: page.replace(b"10", b"1") for path, page in sdn().items()} | {SDN[0]: _rows(6000)}
    lists("update", "sdn", "--accept")
    tomorrow(1)
    server.pages[SDN[0]] = _rows(6000)[: len(_rows(6000)) // 2]
    text = plain(lists("update", "sdn", code=1))
    assert "refused sdn" in text
    assert (state(lists, "sdn")["entries"], state(lists, "sdn")["state"]) == (6000, "attention")
    server.pages[SDN[0]] = _rows(2900)
    assert "less than half, as if cut off" in plain(lists("update", "sdn", code=1))
    assert state(lists, "sdn")["entries"] == 6000


def test_what_was_taken_back_by_a_person_stays_back(lists: Lists, server: Server) -> None:
    lists("update", "un", "--accept")
    lists("rollback", "un")
    text = lists("update", "un", "--accept", code=1)
    assert f"is the issue that was taken back on {TODAY}" in plain(text)
    assert state(lists, "un")["issues"] == 0
    assert server.url


def test_an_older_issue_than_that_in_use_is_refused(lists: Lists, server: Server) -> None:
    lists("update", "un", "--accept")
    server.pages[UN] = samples("un")["sample.xml"].replace(b"2026-01-05T", b"2025-12-05T")
    text = lists("update", "un", "--accept", code=1)
    assert "the server gives an issue of 2025-12-05, older than that of 2026-01-05 in use" in plain(text)


def test_two_issues_of_one_day(lists: Lists, server: Server, tomorrow: Callable[[int], None]) -> None:
    """Of two contents of a day that came on that day, the store takes the one with the greater digest."""
    path = SDN[0]
    first, second = sorted((SDN_LINES, SDN_LINES.replace(b"EXAMPLE", b"PATTERN")), key=lambda one: _digest(path, one))
    server.pages[path] = second
    lists("update", "sdn", "--accept")
    server.pages[path] = first
    text = plain(lists("update", "sdn", "--accept", code=1))
    assert f"another issue of {TODAY} came on {TODAY} and stays in use" in text
    assert "licet lists rollback sdn" in text
    tomorrow(1)
    assert "taken in" in lists("update", "sdn", "--accept")


SDN_LINES = samples("sdn")["sample_sdn.csv"]
ALIAS = "EX"


def _digest(path: str, data: bytes) -> str:
    return issue_digest(files_of({**{name: page for name, page in sdn().items() if name != path}, path: data}))


def test_a_damaged_copy_here_is_said_so(lists: Lists, server: Server, home: Path) -> None:
    lists("update", "sdn", "--accept")
    server.pages |= sdn(**CHANGED)
    with sqlite3.connect(home / FILE) as database:
        database.execute("UPDATE content SET packed = x'00'")
    database.close()
    assert "are damaged" in plain(lists("update", "sdn", "--accept", code=1))


# What a person says


def test_bad_input_is_refused_in_words(lists: Lists, server: Server) -> None:
    assert 'did you mean "sdn"' in lists("update", "sdm", code=2)
    text = lists("update", "uk", code=2)
    assert "no address with a file of uk is known here" in text
    assert "Get it at https://www.gov.uk/" in text
    for mirror in ("mirror.example.org", "ftp://example.org", "https://", "https://a b/", "http://[1"):
        assert "--mirror" in lists("update", "--mirror", mirror, code=2)
    assert "has a name or password in it" in lists("update", "--mirror", "https://me:secret@example.org", code=2)
    assert server.asked == []


def test_a_mirror_may_lead_to_itself_only(lists: Lists, server: Server) -> None:
    with served(official(DAY)) as other:
        server.pages[UN] = lambda handler: handler.head(302, {"Location": other.url + UN, "Content-Length": "0"})
        text = lists("update", "un", "--accept", code=1)
        assert "leads to another host" in plain(text)
        assert other.asked == []
    server.pages[UN] = lambda handler: handler.head(302, {"Location": "/there", "Content-Length": "0"})
    server.pages["/there"] = samples("un")["sample.xml"]
    assert "taken in" in lists("update", "un", "--accept")


def test_a_mirror_below_a_path(lists: Lists) -> None:
    with served({f"/lists/official{UN}": samples("un")["sample.xml"]}) as server:
        assert "taken in" in lists("update", "un", "--accept", "--mirror", f"{server.url}/lists/official/")


class _Screen(StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_for_a_terminal_alone() -> None:
    for stream, words in ((StringIO(), ""), (_Screen(), "licet: un: un.xml: 10 of 1,000 bytes")):
        with Progress(stream) as progress:
            progress.report("un", "un.xml", 10, 1000)
            progress.report("un", "un.xml", 20, 1000)
        assert words in stream.getvalue()
        assert "20 of" not in stream.getvalue(), "not more often than one can read"
    assert stream.getvalue().endswith("\r\x1b[K"), "the line is wiped at the end"


def test_help_names_the_command(lists: Lists) -> None:
    assert "update" in lists("--help")


# One file by its address


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server whose certificate is trusted here."""
    made, key = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    with served({}, (made, key)) as running:
        yield running


def test_add_takes_a_file_by_its_address(lists: Lists, secure: Server) -> None:
    secure.pages["/any/un.xml"] = samples("un")["sample.xml"]
    assert "taken in       un                        2026-01-05" in lists("add", f"{secure.url}/any/un.xml", "--accept")
    assert "there already" in lists("add", f"{secure.url}/any/un.xml")


def test_the_day_comes_from_the_name_then_from_the_server(lists: Lists, secure: Server) -> None:
    def page(handler: object) -> None:
        handler.give(samples("ca")["sample.xml"], modified=datetime(2026, 3, 4, 23, 0, tzinfo=UTC))  # type: ignore[attr-defined]

    secure.pages |= {"/ca_2026-02-03.xml": page, "/ca.xml": page, "/none.xml": samples("ca")["sample.xml"]}
    text = lists("add", f"{secure.url}/ca_2026-02-03.xml", "--accept")
    assert "ca                        2026-02-03" in text
    assert "Last-Modified" not in text
    text = lists("add", f"{secure.url}/ca.xml", "--accept")
    assert "ca                        2026-03-04" in text
    assert "the day is the one on which the server says that it changed the file last (Last-Modified)" in plain(text)
    assert "2026-01-09" in lists("add", f"{secure.url}/ca.xml", "--accept", "--issued", "2026-01-09")
    assert "do not say of which day they are" in plain(lists("add", f"{secure.url}/none.xml", "--accept", code=1))


def test_files_of_one_folder_at_a_server_are_one_issue(lists: Lists, secure: Server) -> None:
    secure.pages |= sdn()
    urls = [f"{secure.url}{path}" for path in SDN]
    assert "add.csv, alt.csv, sdn.csv, sdn_comments.csv" in lists("add", *urls, "--accept", "--issued", DAY)
    assert len(secure.asked) == 4


def test_add_refuses_what_it_must(lists: Lists, secure: Server, tmp_path: Path) -> None:
    assert "https://…" in lists("add", f"{secure.url}/x".replace("https", "http"), code=2)
    assert "404" in lists("add", f"{secure.url}/x", code=2)
    secure.pages["/x"] = b"<!DOCTYPE html><html></html>"
    assert "is a page of HTML" in plain(lists("add", f"{secure.url}/x", code=1))
    (tmp_path / "un.xml").write_bytes(samples("un")["sample.xml"])
    lists("add", tmp_path / "un.xml", f"{secure.url}/gone", "--accept", code=2)
    assert state(lists, "un")["issues"] == 0, "a bad address beside a good file leaves nothing in"


def test_a_bad_certificate_stops_add(lists: Lists, tmp_path: Path) -> None:
    with served({"/x": b"x"}, certificate(tmp_path)) as server:
        text = lists("add", f"{server.url}/x", code=2)
    assert "is not valid" in text
    assert "SSL_CERT_FILE" in text
