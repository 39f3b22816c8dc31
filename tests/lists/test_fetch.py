"""One file from one server: whole or not at all; every fault said in words. The servers are real."""

from __future__ import annotations

import gzip
import socket
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import TYPE_CHECKING, ClassVar

import pytest

from licet.lists import fetch as fetching
from licet.lists.addresses import host_of
from licet.lists.fetch import Wish, fetch
from licet.model.errors import SourceError
from update_server import broken_after, certificate, cut, mark, packed, served

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from update_server import Handler, Page, Server

FILE = b"".join(b"line %d\n" % number for number in range(20_000))
OTHER = FILE.replace(b"line", b"LINE")
BOTH = frozenset({"http", "https"})


def wish(server: Server, path: str = "/f", **more: str) -> Wish:
    url = server.url + path
    return Wish(url, frozenset({host_of(url)}), BOTH, **more)


def got(page: Page) -> bytes:
    with served({"/f": page}) as server:
        return fetch(wish(server)).data


def refused(page: Page) -> str:
    with served({"/f": page}) as server, pytest.raises(SourceError) as error:
        fetch(wish(server))
    assert server.url in str(error.value), "it says where"
    assert error.value.problems[0].todo, "it says what to do"
    return str(error.value)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait less than a person would."""
    monkeypatch.setattr(fetching, "STALL", 0.3)
    monkeypatch.setattr(fetching, "CONNECT", 2.0)


# What comes


def test_a_file_comes_whole_with_its_marks() -> None:
    told: list[tuple[int, int]] = []
    with served({"/f": FILE}) as server:
        found = fetch(wish(server), lambda *step: told.append(step))
    assert found.data == FILE
    assert (found.etag, found.unchanged, found.url) == (mark(FILE), False, f"{server.url}/f")
    assert told[-1] == (len(FILE), len(FILE))
    assert told == sorted(told)


def test_what_is_here_does_not_come_again() -> None:
    with served({"/f": FILE}) as server:
        found = fetch(wish(server, etag=mark(FILE)))
        assert (found.unchanged, found.data, found.etag) == (True, b"", mark(FILE))
        assert fetch(wish(server, etag=mark(OTHER))).data == FILE


def test_an_answer_that_nobody_asked_for_is_none() -> None:
    assert "304" in refused(lambda handler: handler.head(304, {}))


def test_the_time_of_a_change_serves_where_there_is_no_mark() -> None:
    when = "Wed, 25 Nov 2026 01:00:00 GMT"
    with served({"/f": lambda handler: handler.head(304, {})}) as server:
        assert fetch(wish(server, modified=when)).unchanged
        assert server.asked[0][1]["If-Modified-Since"] == when


def test_a_file_that_was_packed_for_the_way() -> None:
    assert got(packed(FILE)) == FILE
    assert "200 times" in refused(packed(b"\0" * 5_000_000))


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_packed_otherwise_than_said_is_refused(coding: str) -> None:
    def page(handler: Handler) -> None:
        handler.head(200, {"Content-Encoding": coding, "Content-Length": "3"})
        handler.wfile.write(b"abc")

    assert f'packed as "{coding}"' in refused(page)


def test_in_pieces_whose_end_is_marked() -> None:
    def page(handler: Handler, *, end: bool = True) -> None:
        handler.head(200, {"Transfer-Encoding": "chunked"})
        for at in range(0, len(FILE), 50_000):
            piece = FILE[at : at + 50_000]
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        if end:
            handler.wfile.write(b"0\r\n\r\n")

    assert got(page) == FILE
    assert "breaks off" in refused(lambda handler: page(handler, end=False))


# What breaks off


def test_a_file_that_breaks_off_is_continued_from_there() -> None:
    with served({"/f": broken_after(FILE, 100_000)}) as server:
        assert fetch(wish(server)).data == FILE
        first, second = server.asked
    assert "Range" not in first[1]
    assert (second[1]["Range"], second[1]["If-Range"]) == ("bytes=100000-", mark(FILE))


def test_a_file_that_changes_in_between_starts_over() -> None:
    def page(handler: Handler) -> None:
        if "Range" not in handler.headers:
            broken_after(FILE, 100_000)(handler)
        else:
            handler.give(OTHER)  # the mark is another: sent whole

    assert got(page) == OTHER


@pytest.mark.parametrize("etag", [mark(OTHER), ""])
def test_a_server_that_sends_the_rest_of_another_file_is_not_believed(etag: str) -> None:
    def page(handler: Handler) -> None:
        if "Range" in handler.headers:
            part = f"bytes 100000-{len(OTHER) - 1}/{len(OTHER)}"
            rest = {"Content-Range": part, "Content-Length": str(len(OTHER) - 100_000)}
            handler.head(206, rest | ({"ETag": etag} if etag else {}))
            handler.wfile.write(OTHER[100_000:])
        elif len(handler.server.asked) == 1:
            broken_after(FILE, 100_000)(handler)
        else:
            handler.give(OTHER)

    with served({"/f": page}) as server:
        assert fetch(wish(server)).data == OTHER
        assert ["Range" in headers for _, headers in server.asked] == [False, True, False]


def test_a_wrong_place_of_the_rest_is_not_believed() -> None:
    def page(handler: Handler) -> None:
        if "Range" in handler.headers:
            part = {"Content-Range": "bytes 0-9/10", "Content-Length": "10", "ETag": mark(FILE)}
            handler.head(206, part)
            handler.wfile.write(FILE[:10])
        else:
            broken_after(FILE, 100_000)(handler)

    assert "breaks off" in refused(page)


@pytest.mark.parametrize("marked", [{}, {"ETag": 'W/"weak"'}, {"Last-Modified": "now"}])
def test_without_a_mark_of_these_very_bytes_it_starts_over(marked: dict[str, str]) -> None:
    now = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    marked = {name: value.replace("now", now) for name, value in marked.items()}

    def page(handler: Handler) -> None:
        handler.head(200, marked | {"Content-Length": str(len(FILE))})
        handler.wfile.write(FILE[: 100_000 if len(handler.server.asked) < 3 else None])

    with served({"/f": page}) as server:
        assert fetch(wish(server)).data == FILE
        assert not any("Range" in headers for _, headers in server.asked)


def test_the_time_of_an_old_change_marks_the_bytes_too() -> None:
    when = datetime.now(UTC) - timedelta(days=3)

    def page(handler: Handler) -> None:
        changed = when.strftime("%a, %d %b %Y %H:%M:%S GMT")
        if "Range" in handler.headers:
            assert handler.headers["If-Range"] == changed
            place = f"bytes 1000-{len(FILE) - 1}/{len(FILE)}"
            rest = {"Content-Range": place, "Content-Length": str(len(FILE) - 1000), "Last-Modified": changed}
            handler.head(206, rest)
            handler.wfile.write(FILE[1000:])
        else:
            handler.head(200, {"Last-Modified": changed, "Content-Length": str(len(FILE))})
            handler.wfile.write(FILE[:1000])

    assert got(page) == FILE


def test_a_file_that_always_breaks_off_is_refused() -> None:
    def page(handler: Handler) -> None:
        handler.head(200, {"Content-Length": str(len(FILE))})
        handler.wfile.write(FILE[:1000])

    assert "breaks off: 1,000 of 160,000 bytes came (3 times)" in refused(page).replace(f"{len(FILE):,}", "160,000")


def test_a_file_whose_end_nobody_knows_is_refused() -> None:
    def page(handler: Handler) -> None:
        handler.head(200, {"Connection": "close"})
        handler.wfile.write(FILE)

    assert "does not say where the file ends" in refused(page)


# Limits


def test_a_server_that_stalls_is_left() -> None:
    def page(handler: Handler) -> None:
        handler.head(200, {"Content-Length": str(len(FILE)), "ETag": mark(FILE)})
        handler.wfile.write(FILE[:1000])
        handler.server.over.wait(5)

    started = time.monotonic()
    assert "nothing came for 0.3 s" in refused(page)
    assert time.monotonic() - started < 3


def test_a_server_that_never_answers_is_left() -> None:
    assert "has not answered for 0.3 s" in refused(lambda handler: handler.server.over.wait(5))


def test_an_answer_that_begins_letter_by_letter_is_left() -> None:
    def page(handler: Handler) -> None:
        for letter in b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200:
            handler.wfile.write(bytes([letter]))
            handler.wfile.flush()
            time.sleep(0.05)

    started = time.monotonic()
    assert "has not answered for 0.3 s" in refused(page)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("announced", [True, False])
def test_a_server_that_sends_without_end_is_left(monkeypatch: pytest.MonkeyPatch, *, announced: bool) -> None:
    monkeypatch.setattr(fetching, "MOST", 1_000_000)

    def page(handler: Handler) -> None:
        if announced:
            handler.head(200, {"Content-Length": str(2**40)})
        else:
            handler.head(200, {"Transfer-Encoding": "chunked"})
        while True:
            handler.wfile.write(b"fff\r\n" + b"x" * 0xFFF + b"\r\n")

    assert "1,000,000" in refused(page)


def test_a_server_that_sends_drop_by_drop_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "WHOLE", 0.5)

    def page(handler: Handler) -> None:
        handler.head(200, {"Content-Length": "100000"})
        for _ in range(40):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    assert "has not come whole within 0.5 s" in refused(page)


# Where it leads


def leads(location: str, code: int = 302) -> Callable[[Handler], None]:
    return lambda handler: handler.head(code, {"Location": location, "Content-Length": "0"})


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_it_follows_to_a_host_that_is_named(code: int) -> None:
    with served({"/real": FILE}) as other, served({"/f": leads(f"{other.url}/real", code)}) as server:
        asked = wish(server)
        found = fetch(asked._replace(hosts=asked.hosts | {host_of(other.url)}))
    assert (found.data, found.url) == (FILE, f"{other.url}/real")
    with served({"/f": leads("/g", code), "/g": FILE}) as server:
        assert fetch(wish(server)).data == FILE, "a path alone stays at the host"


def test_it_does_not_follow_to_another_host() -> None:
    with served({"/real": FILE}) as other:
        text = refused(leads(f"{other.url}/real"))
        assert "leads to another host" in text
        assert host_of(other.url) in text
        assert other.asked == [], "nothing was asked there"


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("https://user@example.org:99999/x", "another host"),
        ("//example.org/x", "another host"),
        ("ftp://127.0.0.1/x", "not http or https"),
        ("file:///etc/passwd", "not http or https"),
        ("/f", "more than 5 times"),
        ("", "more than 5 times"),
        ("/f x\tö", "gives no answer"),
    ],
)
def test_it_does_not_follow_anywhere(location: str, words: str) -> None:
    assert words in refused(leads(location))


def test_plain_http_is_refused_where_nobody_allowed_it() -> None:
    with served({"/f": FILE}) as server, pytest.raises(SourceError, match="which is not https"):
        fetch(wish(server)._replace(schemes=frozenset({"https"})))
    assert server.asked == []


# Certificates


def test_a_certificate_that_nobody_signed_is_refused(tmp_path: Path) -> None:
    with served({"/f": FILE}, certificate(tmp_path)) as server:
        with pytest.raises(SourceError, match=r"certificate of 127.0.0.1.* is not valid: self.signed"):
            fetch(wish(server))
        assert server.asked == []


def test_a_certificate_with_a_root_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, key = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    with served({"/f": FILE}, (made, key)) as server:
        assert fetch(wish(server)).data == FILE
        other = server.url.replace("127.0.0.1", "localhost") + "/f"
        with pytest.raises(SourceError, match="is not valid: Hostname mismatch"):
            fetch(Wish(other, frozenset({host_of(other)})))


class _Proxy(StreamRequestHandler):
    """A proxy that passes bytes on to where it is asked to."""

    asked: ClassVar[list[list[str]]] = []

    def handle(self) -> None:
        lines = list(iter(lambda: self.rfile.readline().decode().strip(), ""))
        self.asked.append(lines)
        host, _, port = lines[0].split()[1].rpartition(":")
        with socket.create_connection((host, int(port))) as other:
            self.wfile.write(b"HTTP/1.1 200 here\r\n\r\n")
            back = Thread(target=_pass_on, args=(other, self.connection))
            back.start()
            _pass_on(self.connection, other)
            back.join()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65_536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)


def test_through_a_proxy_the_certificate_is_checked_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, key = certificate(tmp_path)
    _Proxy.asked.clear()
    with served({"/f": FILE}, (made, key)) as server, ThreadingTCPServer(("127.0.0.1", 0), _Proxy) as proxy:
        Thread(target=proxy.serve_forever, args=(0.02,)).start()
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:p%40ss@127.0.0.1:{proxy.server_address[1]}")
        with pytest.raises(SourceError, match=r"certificate of 127\.0\.0\.1:\d+ is not valid"):
            fetch(wish(server))
        monkeypatch.setenv("SSL_CERT_FILE", str(made))
        assert fetch(wish(server)).data == FILE
        assert len(_Proxy.asked) == 2
        assert _Proxy.asked[1][0].startswith(f"CONNECT {host_of(server.url)} HTTP/1")
        assert "Proxy-Authorization: Basic bWU6cEBzcw==" in _Proxy.asked[1]
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        assert fetch(wish(server)).data == FILE
        assert len(_Proxy.asked) == 2
        proxy.shutdown()


# What is no file


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (404, "404 Not Found: no file is there. The address may have changed"),
        (403, "403 Forbidden: it does not give the file"),
        (429, "429 Too Many Requests. Try later"),
        (500, "500 Internal Server Error: a fault there. Try later"),
        (503, "503 Service Unavailable: a fault there"),
        (206, "206 Partial Content"),
    ],
)
def test_no_file(code: int, words: str) -> None:
    assert words in refused(lambda handler: handler.send(code, b"<html>", "text/html"))


def test_no_answer_at_all() -> None:
    assert "gives no answer" in refused(cut)
    with served({}) as server:
        gone = wish(server)
    with pytest.raises(SourceError, match=r"no connection to 127.0.0.1:.*refused"):
        fetch(gone)


def test_the_file_itself_may_be_packed() -> None:
    assert got(gzip.compress(FILE, mtime=0)) == gzip.compress(FILE, mtime=0)
