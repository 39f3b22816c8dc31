"""Faults of an update: a real server, a real `licet`; nothing is lost, nothing half in, no lock held."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from threading import Barrier, BrokenBarrierError, Event
from typing import TYPE_CHECKING, NamedTuple

import pytest

from licet.lists.folder import samples
from licet.lists.kept import in_use
from licet.lists.store import FILE
from licet.lists.vault import Vault
from update_server import SDN, UN, broken_after, certificate, mark, sdn, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from update_server import Handler, Page, Server

SOON = """
import sys
from datetime import timedelta
import licet.cli.lists.update_ as update
from licet.cli.clock import today
from licet.lists import fetch
if {limit}:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
update.today = lambda: today() - timedelta(days={ago})
fetch.STALL, fetch.CONNECT, fetch.MOST, update.LOCK = 0.4, 2.0, 5_000_000, {lock}
from licet.cli import main
main()
"""
"""`licet` with less patience than a person has."""
POINTS = 20
ROOM = 300_000
"""Bytes beside the store: enough for a small list, too few for a large one."""
UN_OLD = samples("un")["sample.xml"]
UN_NEW = UN_OLD.replace(b"2026-01-05T", b"2026-02-05T").replace(b"ARVID</FIRST", b"ARVIDO</FIRST")
OTHER_UN = UN_OLD.replace(b"2026-01-05T", b"2026-02-06T")


def rows(count: int, word: bytes = b"PARTY") -> bytes:
    """A list of many invented parties, so that reading and writing it takes a while."""
    line = b'%d,"%b %d","individual","SDGT",' + b"-0- ," * 7 + b"-0- \r\n"
    return b"".join(line % (number, word, number) for number in range(count))


def pages(un: Page = UN_OLD, count: int = 3000) -> dict[str, Page]:
    small = {path: data.replace(b"10", b"1") for path, data in sdn().items()}
    return {**small, SDN[0]: rows(count), UN: un}


class Place(NamedTuple):
    """A store of a test, and how to run `licet` on it."""

    home: Path

    @property
    def file(self) -> Path:
        return self.home / FILE

    def environment(self, server: Server | None) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}
        return {**kept, "LICET_HOME": str(self.home), **({"LICET_MIRROR": server.url} if server else {})}

    def start(self, server: Server | None, *arguments: str, **how: float) -> subprocess.Popen[str]:
        program = SOON.format(**{"lock": 30, "limit": 0, "ago": 0, **how})
        return subprocess.Popen(
            [sys.executable, "-c", program, "lists", *arguments],
            env=self.environment(server),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, server: Server | None, *arguments: str, code: int = 0, **how: float) -> str:
        process = self.start(server, *arguments, **how)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == code, said
        assert "Traceback" not in said
        return " ".join(said.split())

    def update(self, server: Server, code: int = 0, **how: float) -> str:
        return self.run(server, "update", "sdn", "un", "--accept", code=code, **how)

    def used(self) -> dict[str, str]:
        """Return the digest of the issue of each list that is in use, of a store that is whole and not locked."""
        with Vault(self.file, wait=0) as store:
            assert store.verify() == ()
            with store.update():
                pass
            found = {}
            for list_ in store.lists():
                kept = in_use(store.issues(list_), date.max)
                if kept is not None:
                    assert len(store.entries(list_, kept.issued)) == kept.entries
                    assert store.raw(kept)
                    found[list_] = kept.digest
        return found


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A store that has an issue of both lists, three days old."""
    made = Place(tmp_path / "licet")
    with served(pages()) as server:
        made.update(server, ago=3)
    return made


def settled(place: Place, good: dict[str, Page]) -> None:
    """After a fault: the state is said, the next update goes through, and what it brought is there."""
    assert "sdn" in place.run(None, "status")
    with served(good) as server:
        place.update(server)
        assert "unchanged" in place.update(server)
    assert set(place.used()) == {"sdn", "un"}
    assert "attention" not in place.run(None, "status")


# kill -9


class _Signals(NamedTuple):
    """Pages that say where an update is, and wait there."""

    reached: Event
    go: Event


def _watched(all_pages: dict[str, Page], path: str, share: float, signals: _Signals) -> dict[str, Page]:
    """Let one page stop after a share of its bytes, say so, and wait."""
    data = all_pages[path]
    assert isinstance(data, bytes)

    def page(handler: Handler) -> None:
        handler.head(200, {"ETag": mark(data), "Content-Length": str(len(data))})
        at = int(len(data) * share)
        handler.wfile.write(data[:at])
        handler.wfile.flush()
        signals.reached.set()
        signals.go.wait(20)
        handler.wfile.write(data[at:])

    return {**all_pages, path: page}


def _killed_at(place: Place, new: dict[str, Page], path: str, share: float, wait: float | None) -> None:
    """Kill an update when so much of a file has gone out; or, with a wait, so long after it went out whole."""
    signals = _Signals(Event(), Event())
    with served(_watched(new, path, share, signals)) as server:
        process = place.start(server, "update", "sdn", "un", "--accept")
        assert signals.reached.wait(30)
        if wait is not None:
            signals.go.set()
            time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)
        signals.go.set()


def _length(place: Place, new: dict[str, Page]) -> float:
    """Measure how long an update goes on after the last byte of its first list."""
    signals = _Signals(Event(), Event())
    with served(_watched(new, SDN[3], 1.0, signals)) as server:
        process = place.start(server, "update", "sdn", "un", "--accept")
        assert signals.reached.wait(30)
        started = time.monotonic()
        signals.go.set()
        process.communicate(timeout=60)
        assert process.returncode == 0
        return time.monotonic() - started


@pytest.mark.slow
def test_kill_9_at_twenty_points_of_an_update(place: Place, tmp_path: Path) -> None:
    """Ten points while files come, ten slices of the time in which they are read and written."""
    new = {**pages(UN_NEW), SDN[0]: rows(3100, b"PERSON")}
    old = place.used()
    aside = tmp_path / "aside"
    shutil.copy(place.file, aside)
    length = _length(place, new)
    after = place.used()
    assert all(old[list_] != after[list_] for list_ in old)
    points: list[tuple[str, float, float | None]] = [(path, share, None) for path in (*SDN, UN) for share in (0.0, 0.6)]
    points += [(SDN[3], 1.0, length * slice_ / 10) for slice_ in range(10)]
    assert len(points) == POINTS
    seen = set()
    for path, share, wait in points:
        shutil.copy(aside, place.file)
        place.file.with_name(f"{FILE}-journal").unlink(missing_ok=True)
        _killed_at(place, new, path, share, wait)
        assert "sdn" in place.run(None, "status"), "the state is said"
        used = place.used()
        for list_ in ("sdn", "un"):
            assert used[list_] in (old[list_], after[list_]), f"{list_} after {path} {share} {wait}"
        seen.add((used["sdn"] == after["sdn"], used["un"] == after["un"]))
        with served(new) as server:
            place.update(server)
        assert place.used() == after
    assert (False, False) in seen
    assert (True, False) in seen or (True, True) in seen, "some were killed when one list was in"


# The disk


@pytest.fixture
def small(tmp_path: Path, place: Place) -> Iterator[Path]:
    """A file system with little room beside the store; skip where none can be mounted."""
    folder = tmp_path / "small"
    folder.mkdir()
    size = place.file.stat().st_size + ROOM
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if mount is None or umount is None:
        pytest.skip("there is no `mount` here")
    command = [mount, "-t", "tmpfs", "-o", f"size={size}", "licet-test", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no small file system can be mounted here")
    yield folder
    subprocess.run([umount, str(folder)], check=True)


def _noise(count: int) -> bytes:
    """Parties whose names do not pack."""
    line = b'%d,"%b","individual","SDGT",' + b"-0- ," * 7 + b"-0- \r\n"
    return b"".join(line % (number, os.urandom(90).hex().encode()) for number in range(count))


def test_a_full_file_system(place: Place, small: Path) -> None:
    moved = Place(small / "licet")
    moved.home.mkdir()
    shutil.copy(place.file, moved.file)
    before = moved.used()
    with served({**pages(UN_NEW), SDN[0]: _noise(6000)}) as server:
        said = moved.update(server, code=1)
    assert "refused sdn" in said
    assert "disk is full" in said
    assert "Nothing was changed" in said
    assert moved.used()["sdn"] == before["sdn"]
    settled(moved, pages(OTHER_UN))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of a file")
def test_a_file_that_may_not_grow(place: Place) -> None:
    before = place.used()
    limit = place.file.stat().st_size + 8192
    with served({**pages(), SDN[0]: _noise(6000)}) as server:
        said = place.run(server, "update", "sdn", "--accept", code=1, limit=limit)
    assert "refused sdn" in said
    assert str(place.file) in said
    assert "Nothing was changed" in said
    assert place.used() == before
    settled(place, pages(OTHER_UN))


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "licet").write_text("a file")
    with served(pages()) as server:
        said = Place(tmp_path / "licet").update(server, code=2)
    assert "cannot be used" in said
    assert server.asked == []


# Two at once


def test_two_updates_at_once(place: Place) -> None:
    both = Barrier(2)

    def page(handler: Handler) -> None:
        try:
            both.wait(10)
        except BrokenBarrierError:
            pytest.fail("only one came")
        handler.give(UN_NEW)

    with served({**pages(), SDN[0]: rows(3100), UN: page}) as server:
        running = [place.start(server, "update", "sdn", "un", "--accept") for _ in range(2)]
        said = [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    assert sum(text.count("taken in       un") for text in said) == 1
    assert sum(text.count("there already  un") + text.count("unchanged      un") for text in said) == 1
    assert set(place.used()) == {"sdn", "un"}
    with Vault(place.file) as store:
        assert len(store.issues("un")) == 2


def test_a_lock_that_another_holds_is_said_so_and_readers_go_on(place: Place) -> None:
    before = place.used()
    with served(pages(UN_NEW)) as server, Vault(place.file) as store, store.update():
        said = place.update(server, code=1, lock=0.2)
        assert "another update of the lists is running" in said
        assert "Try when it is done" in said
        assert "sdn" in place.run(None, "status")
    assert place.used() == before
    settled(place, pages(UN_NEW))


# The server


def _stalls(handler: Handler) -> None:
    handler.head(200, {"Content-Length": str(len(UN_NEW))})
    handler.wfile.write(UN_NEW[:100])
    handler.server.over.wait(10)


def _endless(handler: Handler) -> None:
    handler.head(200, {"Transfer-Encoding": "chunked"})
    while True:
        handler.wfile.write(b"fff\r\n" + b"x" * 0xFFF + b"\r\n")


def _never_the_same(handler: Handler) -> None:
    """Each request meets another file, and each breaks off: parts of two files must not be put together."""
    data = UN_NEW.replace(b"ARVIDO", b"ARVID%d" % len(handler.server.asked))
    handler.head(200, {"ETag": mark(data), "Content-Length": str(len(data))})
    handler.wfile.write(data[: len(data) // 2])


def _elsewhere(handler: Handler) -> None:
    handler.head(302, {"Location": "http://127.0.0.2:9/consolidated.xml", "Content-Length": "0"})


def _half(handler: Handler) -> None:
    handler.give(UN_NEW[: len(UN_NEW) // 2])


def _html(handler: Handler) -> None:
    handler.send(200, b"<!DOCTYPE html><html><body>Please log in</body></html>", "text/html")


def _no_page(code: int) -> Callable[[Handler], None]:
    return lambda handler: handler.send(code, b"<html>", "text/html")


FAULTS: dict[str, tuple[Callable[[Handler], None], str, str]] = {
    "stalls": (_stalls, "breaks off: nothing came for 0.4 s (3 times)", "Try later."),
    "another host": (_elsewhere, "leads to another host, 127.0.0.2:9; nothing was taken", "licet lists add FILE"),
    "without end": (_endless, "sends more than the 5,000,000 bytes", "licet lists add FILE"),
    "changes": (_never_the_same, "breaks off", "Try later."),
    "half": (_half, "cut off or damaged", ""),
    "html": (_html, "HTML", ""),
    "404": (_no_page(404), "404 Not Found: no file is there", "licet lists add FILE"),
    "500": (_no_page(500), "500 Internal Server Error: a fault there", "Try later."),
}
"""A page each, what is said of it, and what to do."""


@pytest.mark.parametrize("name", FAULTS)
def test_a_server_at_fault(place: Place, name: str) -> None:
    page, words, todo = FAULTS[name]
    before = place.used()
    with served({**pages(page), SDN[0]: rows(3000)}) as server:
        said = place.update(server, code=1)
        assert "unchanged sdn" in said, "the other list goes on"
        assert "refused un" in said
        assert words in said
        assert todo in said
    assert place.used() == before
    status = place.run(None, "status")
    assert "un: refused on" in status
    assert "the issue of 2026-01-05 stays in use" in status
    assert words.partition(":")[0] in status
    settled(place, pages(UN_NEW))


def test_a_file_that_changes_between_two_requests_is_whole_at_last(place: Place) -> None:
    """The first answer breaks off in the old file; the rest is asked for by its mark, and the new one comes whole."""

    def page(handler: Handler) -> None:
        if "Range" in handler.headers:
            handler.give(UN_NEW)
        else:
            broken_after(OTHER_UN, 1000)(handler)

    with served(pages(page)) as server:
        assert "taken in un 2026-02-05" in place.update(server)
        assert [headers.get("If-Range") for path, headers in server.asked if path == UN] == [None, mark(OTHER_UN)]
    with Vault(place.file) as store:
        assert store.raw(store.issues("un")[-1]) == {"consolidated.xml": UN_NEW}


def test_a_bad_certificate(place: Place, tmp_path: Path) -> None:
    before = place.used()
    with served(pages(UN_NEW), certificate(tmp_path)) as server:
        said = place.update(server, code=1)
        assert said.count("the certificate of 127.0.0.1") == 2
        assert "is not valid" in said
        assert "SSL_CERT_FILE" in said
        assert server.asked == [], "nothing was asked"
    assert place.used() == before
    settled(place, pages(UN_NEW))


def test_no_server(place: Place) -> None:
    before = place.used()
    with served({}) as server:
        pass
    said = place.update(server, code=1)
    assert "no connection to 127.0.0.1" in said
    assert place.used() == before
    settled(place, pages(UN_NEW))


def test_interrupted_by_a_person(place: Place) -> None:
    before = place.used()
    signals = _Signals(Event(), Event())
    with served(_watched(pages(UN_NEW), UN, 0.5, signals)) as server:
        process = place.start(server, "update", "un", "--accept")
        assert signals.reached.wait(30)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=30)
        signals.go.set()
    assert (process.returncode, said.strip()) == (130, "licet: interrupted")
    assert place.used() == before
    settled(place, pages(UN_NEW))
