"""What holds for every test: no network beyond this machine, and property tests that repeat."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# The machine may be slow and the suite must repeat: HYPOTHESIS_PROFILE=explore looks for new examples.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

_INTERNET = (socket.AF_INET, socket.AF_INET6)
_LOOK_UPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")
_CONNECTIONS = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg")
_refused: list[str] = []


class NetworkRefusedError(RuntimeError):
    """A test tried to reach something beyond this machine."""


def _is_loopback(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _stays_here(event: str, args: tuple[object, ...]) -> bool:
    if event in _LOOK_UPS:
        host = args[0]
        return _is_loopback(host[0] if isinstance(host, tuple) else host)
    opened, address = args[0], args[1]
    if not isinstance(opened, socket.socket) or opened.family not in _INTERNET:
        return getattr(opened, "family", None) == getattr(socket, "AF_UNIX", None)
    # A datagram without an address goes where `connect` has already been allowed to go.
    return address is None or (isinstance(address, tuple) and _is_loopback(address[0]))


def _refuse_network(event: str, args: tuple[object, ...]) -> None:
    if event not in _LOOK_UPS and event not in _CONNECTIONS:
        return
    if not _stays_here(event, args):
        attempt = f"{event} {args!r}"
        _refused.append(attempt)
        message = f"no test may reach beyond this machine: {attempt}"
        raise NetworkRefusedError(message)


# The interpreter asks the hook before every look-up and connection, those made in C too; no code can take it off.
sys.addaudithook(_refuse_network)


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Fail the test that tried, even where the code under test swallowed the refusal."""
    _refused.clear()
    yield
    attempts = list(_refused)
    _refused.clear()
    if attempts:
        pytest.fail("tried to reach beyond this machine: " + "; ".join(attempts))


@pytest.fixture(autouse=True, scope="session")
def _no_store_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let every test read the lists that ship, whatever the person who runs them has loaded."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LICET_HOME", str(tmp_path_factory.mktemp("no store")))
        yield


@pytest.fixture
def refused_attempts() -> list[str]:
    """The attempts so far, for the test of the refusal itself, which takes back what it provoked."""
    return _refused
