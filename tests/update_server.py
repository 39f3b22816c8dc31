"""A server of lists on this machine, and what it serves: small files of our own making under the official paths."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import ssl
import subprocess
from contextlib import contextmanager, suppress
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from licet.lists.folder import samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path
    from socket import socket

    Page = bytes | Callable[["Handler"], object]
    """What lies under a path: bytes, or a function of what was asked."""

ECFR = "/api/versioner/v1/full/{}/title-15.xml?part=744"
TITLES = "/api/versioner/v1/titles.json"
UN = "/resources/xml/en/consolidated.xml"
DPL = "/dpl/dpl.txt"
SDN = tuple(f"/ofac/downloads/{name}.csv" for name in ("sdn", "add", "alt", "sdn_comments"))
CONS = tuple(f"/ofac/downloads/consolidated/cons_{name}.csv" for name in ("prim", "add", "alt", "comments"))
CSL = "/downloadable_consolidated_screening_list/v1/consolidated.csv"
CA = "/world-monde/assets/office_docs/international_relations-relations_internationales/sanctions/sema-lmes.xml"


class Handler(BaseHTTPRequestHandler):
    """Answers as the pages of its server say."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.close_connection = True
        self.server.asked.append((self.path, dict(self.headers)))
        page = self.server.pages.get(self.path)
        with suppress(ConnectionError):
            if page is None:
                self.send(404, b"no such page", "text/plain")
            elif isinstance(page, bytes):
                self.give(page)
            else:
                page(self)

    def give(self, data: bytes, *, modified: datetime | None = None) -> None:
        """Give a file as a good server does: with a mark, only where it has changed, in parts where asked so."""
        etag = mark(data)
        if self.headers.get("If-None-Match") == etag:
            self.head(304, {"ETag": etag})
            return
        headers = {"ETag": etag, "Accept-Ranges": "bytes", "Content-Type": "application/octet-stream"}
        if modified is not None:
            headers["Last-Modified"] = format_datetime(modified, usegmt=True)
        start = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if start and self.headers.get("If-Range") == etag:
            at = int(start[1])
            headers["Content-Range"] = f"bytes {at}-{len(data) - 1}/{len(data)}"
            self.head(206, headers | {"Content-Length": str(len(data) - at)})
            self.wfile.write(data[at:])
            return
        self.head(200, headers | {"Content-Length": str(len(data))})
        self.wfile.write(data)

    def send(self, code: int, data: bytes, kind: str) -> None:
        self.head(code, {"Content-Type": kind, "Content-Length": str(len(data))})
        self.wfile.write(data)

    def head(self, code: int, headers: dict[str, str]) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing: what was asked is kept."""


class Server(ThreadingHTTPServer):
    """A server with its pages, and what it was asked."""

    daemon_threads = False  # each is waited for

    def __init__(self, pages: dict[str, Page]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages, self.asked = pages, list[tuple[str, dict[str, str]]]()
        self.scheme = "http"
        self.over = Event()
        """Set when the test is over; a page that stalls waits for it."""

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_address[1]}"

    def paths(self) -> list[str]:
        """Return what was asked for since the last call, in order."""
        found = [path for path, _ in self.asked]
        self.asked.clear()
        return found

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing where a client goes away: tests kill it."""


@contextmanager
def served(pages: dict[str, Page], secured: tuple[Path, Path] | None = None) -> Iterator[Server]:
    """Run a server; with a certificate and its key where it is to be secure."""
    server = Server(pages)
    if secured is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*secured)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.scheme = "https"
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for 127.0.0.1 that nobody has signed; skip where there is no `openssl`."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no `openssl` here to make a certificate with")
    made, key = folder / "made.pem", folder / "key.pem"
    command = (
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=licet test"),
        *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(made)),
    )
    subprocess.run(command, check=True, capture_output=True)
    return made, key


def mark(data: bytes) -> str:
    return f'"{sha256(data).hexdigest()[:16]}"'


# What is served


def part_744() -> bytes:
    """One XML with the three lists of part 744, as the eCFR serves it."""
    found = [samples(id_)["sample.xml"].decode() for id_ in ("entity_list", "unverified_list", "meu_list")]
    inside = [text[text.index("<DIV9") : text.index("</DIV5>")] for text in found]
    return (found[0][: found[0].index("<DIV9")] + "".join(inside) + "</DIV5>\n").encode()


def titles(day: str, issued: str = "") -> bytes:
    """Up to which day title 15 is there."""
    title = {"number": 15, "up_to_date_as_of": day, "latest_issue_date": issued or day}
    return json.dumps({"titles": [{"number": 1}, title], "meta": {"date": day}}).encode()


def sdn(**changes: tuple[str, str]) -> dict[str, bytes]:
    """The four files of the SDN list; `sdn=(old, new)` changes one of them."""
    found = {f"/ofac/downloads/{name[7:]}": data for name, data in samples("sdn").items()}
    for name, (old, new) in changes.items():
        path = f"/ofac/downloads/{name}.csv"
        assert old.encode() in found[path]
        found[path] = found[path].replace(old.encode(), new.encode())
    return found


def official(day: str) -> dict[str, Page]:
    """Every file that `licet lists update` asks for, under its official path."""
    found = sdn()
    consolidated = {
        path: re.sub(rb'"(CUBA|SDGT\] \[IFSR|DPRK4|SDGT)"', b'"UKRAINE-EO13662"', found[other])
        for path, other in zip(CONS, SDN, strict=True)
    }
    return {
        TITLES: titles(day),
        ECFR.format(day): part_744(),
        UN: samples("un")["sample.xml"],
        DPL: samples("denied_persons_list")["sample.txt"],
        CSL: samples("csl")["sample.csv"],
        CA: samples("ca")["sample.xml"],
        **found,
        **consolidated,
    }


def packed(data: bytes) -> Callable[[Handler], None]:
    """Give a file packed for the way, whoever asks for it."""

    def give(handler: Handler) -> None:
        body = gzip.compress(data)
        headers = {"Content-Encoding": "gzip", "Content-Length": str(len(body)), "ETag": mark(body)}
        handler.head(200, headers)
        handler.wfile.write(body)

    return give


def broken_after(data: bytes, count: int) -> Callable[[Handler], None]:
    """Give a file, but break off after so many bytes when it is asked for whole."""

    def give(handler: Handler) -> None:
        if "Range" in handler.headers:
            handler.give(data)
            return
        handler.head(200, {"ETag": mark(data), "Content-Length": str(len(data))})
        handler.wfile.write(data[:count])

    return give


def cut(handler: Handler) -> None:
    """Cut the connection with nothing more said."""
    connection: socket = handler.connection
    connection.close()
