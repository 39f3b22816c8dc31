"""One file from one server, whole or not at all; only this opens connections.

What holds for every file:

1. https, with the certificate checked, through a proxy too (HTTPS_PROXY, NO_PROXY); plain http only where the caller
   allows it (a mirror that is named so).
2. A redirect is followed only to a host that the caller named.
3. Limits: of time to connect, of time in which nothing comes, of time in all, of bytes.
4. A file is whole when all bytes came that the server announced. A server that does not say where its file ends is
   refused: what is cut off must not look whole.
5. A file that broke off is asked for from there on only with the mark of the part that is here (`If-Range`). A server
   whose file has changed since then sends it anew, from its beginning.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from base64 import b64encode
from contextlib import suppress
from dataclasses import replace
from email.utils import parsedate_to_datetime
from io import BytesIO
from threading import Timer
from typing import TYPE_CHECKING, NamedTuple, NoReturn, Self
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from licet import __version__
from licet.lists.addresses import SECURE, host_of, next_address
from licet.lists.archive import MOST_BYTES, unpack
from licet.model.errors import Problem, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

CONNECT = 15.0
"""Seconds to wait for a connection."""
STALL = 30.0
"""Seconds in which at least something must come."""
WHOLE = 1800.0
"""Seconds that one file may take: 150 million bytes at 100,000 a second take 1,500."""
MOST = MOST_BYTES
"""Bytes that one file may have."""
REDIRECTS = 5
TRIES = 3
"""How often a file that breaks off is asked for."""
_CHUNK = 65_536
_GZIP = b"\x1f\x8b"
_MINUTE = 60.0
"""Age in seconds from which the time of a change tells two versions apart, as RFC 9110 (8.8.2.2) asks."""
_MOVED = frozenset({301, 302, 303, 307, 308})
_LATER = "Try later."
_BY_HAND = "The address may have changed: get the file with a browser and take it in with `licet lists add FILE`."


class Wish(NamedTuple):
    """A file that is asked for."""

    url: str
    hosts: frozenset[str]
    """Hosts to which the address may lead, each with its port."""
    schemes: frozenset[str] = frozenset({SECURE})
    etag: str = ""
    """Mark of the bytes that are here; the file is sent only where it has another. Empty: there are none."""
    modified: str = ""
    """When the bytes that are here were changed last, in the words of the server."""


class Got(NamedTuple):
    """What came."""

    url: str
    """From where, after all redirects."""
    data: bytes
    etag: str
    modified: str
    unchanged: bool = False
    """The bytes that are here are still the right ones: nothing came."""


class _BrokenError(Exception):
    """A file broke off; it is asked for again, from where it broke off if that can be."""


def fetch(wish: Wish, report: Callable[[int, int], None] = lambda *_: None) -> Got:
    """Get one file.

    Args:
        wish: The file.
        report: Told, as bytes come, how many there are and how many there will be (0: not known).

    Returns:
        The file, or that it is unchanged.

    Raises:
        SourceError: It did not come whole; the message says what, where and what to do.
    """
    coming = _Coming(wish, report)
    reason = ""
    for _ in range(TRIES):
        try:
            return coming.ask()
        except _BrokenError as broken:
            reason = str(broken)
    raise SourceError(Problem(f"breaks off: {reason} ({TRIES} times)", wish.url, todo=_LATER))


class _Coming:
    """A file on its way, over several tries."""

    def __init__(self, wish: Wish, report: Callable[[int, int], None]) -> None:
        self.wish, self.report, self.url = wish, report, wish.url
        self.end = time.monotonic() + WHOLE
        self.data = BytesIO()
        self.mark = ""
        """What marks the bytes that are here, as `If-Range` wants it; empty: the file cannot be continued."""

    def ask(self) -> Got:
        """Ask for the file, or for the rest of it, and follow where it leads."""
        self.url = self.wish.url
        for _ in range(REDIRECTS + 1):
            self.allow()
            with _Connection(self.url) as connection:
                answer = connection.ask(self.headers())
                if answer.status not in _MOVED:
                    return self.read(answer)
                self.url = next_address(self.url, answer.getheader("Location", ""))
        raise SourceError(Problem(f"leads on more than {REDIRECTS} times", self.wish.url, todo=_BY_HAND))

    def allow(self) -> None:  # 1, 2
        wish = self.wish
        if urlsplit(self.url).scheme not in wish.schemes:
            _fail(f"leads to {self.url[:200]}, which is not {' or '.join(sorted(wish.schemes))}", wish.url, _BY_HAND)
        if host_of(self.url) not in wish.hosts:
            hosts = ", ".join(sorted(host.removesuffix(":443") for host in wish.hosts))
            what = f"leads to another host, {host_of(self.url) or self.url[:200]}; nothing was taken from there"
            raise SourceError(Problem(what, wish.url, allowed=hosts, todo=_BY_HAND))

    def headers(self) -> dict[str, str]:
        """Return what is sent along; the eCFR answers only those who take packed files."""
        headers = {"User-Agent": f"licet/{__version__}", "Accept": "*/*", "Accept-Encoding": "gzip"}
        if self.mark:
            return headers | {"Range": f"bytes={self.data.tell()}-", "If-Range": self.mark}
        if self.wish.etag:
            headers["If-None-Match"] = self.wish.etag
        if self.wish.modified:
            headers["If-Modified-Since"] = self.wish.modified
        return headers

    def read(self, answer: http.client.HTTPResponse) -> Got:
        """Read what the server answers."""
        etag, modified = answer.getheader("ETag", ""), answer.getheader("Last-Modified", "")
        conditional = not self.mark and (self.wish.etag or self.wish.modified)
        if answer.status == http.client.NOT_MODIFIED and conditional:
            return Got(self.url, b"", etag or self.wish.etag, modified or self.wish.modified, unchanged=True)
        if not (self.mark and self.continues(answer)):
            was, self.data, self.mark = self.mark, BytesIO(), ""
            if was and answer.status != http.client.OK:
                what = f"the rest of the file that was sent does not fit ({answer.status})"
                raise _BrokenError(what)
            if answer.status != http.client.OK:
                _refused(answer, self.url)
        total = self.total(answer)
        self.mark = _mark(answer)
        self.read_bytes(answer, total)
        return Got(self.url, _unpacked(answer, self.data.getvalue(), self.url), etag, modified)

    def continues(self, answer: http.client.HTTPResponse) -> bool:  # 5
        """Say whether an answer is the rest of the same file: it begins where that broke off, and has the same mark."""
        if answer.status != http.client.PARTIAL_CONTENT:
            return False
        start = answer.getheader("Content-Range", "").removeprefix("bytes ").partition("-")[0].strip()
        same = self.mark in (answer.getheader("ETag"), answer.getheader("Last-Modified"))
        return same and start == str(self.data.tell())

    def total(self, answer: http.client.HTTPResponse) -> int:  # 4
        """Return how many bytes the whole file has, by the word of the server; 0: it marks the end itself."""
        if answer.chunked:
            return 0
        if answer.length is None:
            what = "the server does not say where the file ends, so nobody knows whether it is whole"
            _fail(what, self.url, _BY_HAND)
        total = self.data.tell() + answer.length
        if total > MOST:
            what = f"the server announces {total:,} bytes, more than the {MOST:,} that a list may have"
            _fail(what, self.url, _BY_HAND)
        return total

    def read_bytes(self, answer: http.client.HTTPResponse, total: int) -> None:  # 3, 4
        """Read the bytes of the file to its announced end."""
        while piece := self.piece(answer):
            self.data.write(piece)
            self.report(self.data.tell(), total)
            if self.data.tell() > MOST:
                _fail(f"the server sends more than the {MOST:,} bytes that a list may have", self.url, _BY_HAND)
            if time.monotonic() > self.end:
                _fail(f"the file has not come whole within {WHOLE:g} s", self.url, _LATER)
        if total and self.data.tell() != total:
            what = f"{self.data.tell():,} of {total:,} bytes came"
            raise _BrokenError(what)

    def piece(self, answer: http.client.HTTPResponse) -> bytes:
        try:
            return answer.read1(_CHUNK)
        except TimeoutError as error:
            what = f"nothing came for {STALL:g} s"
            raise _BrokenError(what) from error
        except (OSError, http.client.HTTPException) as error:
            raise _BrokenError(_words(error)) from error


class _Connection:
    """A connection to the host of one address, for one question; every fault of it is said in words."""

    def __init__(self, url: str) -> None:
        self.url = url
        parts = urlsplit(url)
        self.path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self.answer: http.client.HTTPResponse | None = None
        self.late = False
        self.made: http.client.HTTPConnection
        if parts.scheme == SECURE:
            self.made = _secured(parts.hostname or "", parts.port)
        else:
            self.made = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=CONNECT)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.answer is not None:
            self.answer.close()
        self.made.close()

    def ask(self, headers: dict[str, str]) -> http.client.HTTPResponse:
        """Send the question and return the answer, of which the head is read."""
        try:
            self.made.connect()
        except (OSError, ValueError) as error:
            _fail(*_no_connection(error, self.url))
        self.made.sock.settimeout(STALL)
        watch = Timer(STALL, self.cut)  # a head that comes letter by letter never is a stall
        watch.daemon = True
        watch.start()
        try:
            self.made.request("GET", self.path, headers=headers)
            self.answer = self.made.getresponse()
        except (OSError, ValueError, http.client.HTTPException) as error:
            if self.late or isinstance(error, TimeoutError):
                _fail(f"the server has not answered for {STALL:g} s", self.url, _LATER)
            _fail(f"the server gives no answer: {_words(error)}", self.url, _LATER)
        finally:
            watch.cancel()
        return self.answer

    def cut(self) -> None:
        self.late = True
        with suppress(OSError):
            socket.socket.shutdown(self.made.sock, socket.SHUT_RDWR)


def _secured(host: str, port: int | None) -> http.client.HTTPSConnection:
    """Return a connection whose certificate is checked; through the proxy that HTTPS_PROXY names, if it does."""
    context = ssl.create_default_context()
    proxy = urlsplit("" if proxy_bypass(host) else getproxies().get(SECURE, ""))
    if not proxy.hostname:
        return http.client.HTTPSConnection(host, port, timeout=CONNECT, context=context)
    headers = {}
    if proxy.username is not None:
        word = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
        headers["Proxy-Authorization"] = f"Basic {b64encode(word.encode()).decode()}"
    made = http.client.HTTPSConnection(proxy.hostname, proxy.port, timeout=CONNECT, context=context)
    made.set_tunnel(host, port, headers)
    return made


def _no_connection(error: Exception, url: str) -> tuple[str, str, str]:
    """Say why there is no connection: what, where, what to do."""
    host = host_of(url)
    if isinstance(error, ssl.SSLCertVerificationError):
        why = f"the certificate of {host} is not valid: {error.verify_message}"
        return why, url, "Nothing was sent. Check clock and network; a root of your own goes into SSL_CERT_FILE."
    if isinstance(error, TimeoutError):
        return f"no connection to {host} within {CONNECT:g} s", url, "Check the network, or try later."
    if isinstance(error, socket.gaierror):
        return f"the host {host} is not found", url, "Check the network, or name a mirror: --mirror URL."
    return f"no connection to {host}: {_words(error)}", url, "Check the network, or try later."


def _refused(answer: http.client.HTTPResponse, url: str) -> NoReturn:
    """Refuse what is no file, by the code of the answer."""
    said = f"the server answers {answer.status} {answer.reason}".rstrip()
    if answer.status in (http.client.NOT_FOUND, http.client.GONE):
        _fail(f"{said}: no file is there", url, _BY_HAND)
    if answer.status in (http.client.UNAUTHORIZED, http.client.FORBIDDEN, http.client.NOT_ACCEPTABLE):
        _fail(f"{said}: it does not give the file", url, _BY_HAND)
    _fail(f"{said}: a fault there" if answer.status >= http.client.INTERNAL_SERVER_ERROR else said, url, _LATER)


def _mark(answer: http.client.HTTPResponse) -> str:
    """Return what marks these very bytes: a strong ETag, or a time of change that lies long enough back."""
    etag, modified = answer.getheader("ETag", ""), answer.getheader("Last-Modified", "")
    if etag:
        return "" if etag.startswith("W/") else etag
    try:
        age = parsedate_to_datetime(answer.getheader("Date", "")) - parsedate_to_datetime(modified)
    except (ValueError, TypeError):
        return ""
    return modified if age.total_seconds() >= _MINUTE else ""


def _unpacked(answer: http.client.HTTPResponse, data: bytes, url: str) -> bytes:
    """Return the bytes of a file that was packed for the way, within the limits for archives."""
    coding = answer.getheader("Content-Encoding", "").strip().lower()
    if coding in ("", "identity"):
        return data
    if coding not in ("gzip", "x-gzip") or not data.startswith(_GZIP):
        _fail(f'comes packed as "{coding}", which it is not, or which was not asked for', url, _BY_HAND)
    try:
        return unpack({url: data})[url]
    except SourceError as error:
        raise SourceError(*(replace(problem, todo=problem.todo or _BY_HAND) for problem in error.problems)) from error


def _words(error: Exception) -> str:
    """Return an error of the system in its own words."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _fail(what: str, url: str, todo: str) -> NoReturn:
    raise SourceError(Problem(what, url, todo=todo))
