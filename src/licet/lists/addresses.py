"""Addresses of official files: where they may lead, where they lie on a mirror, what their files are called here.

All of it is worked out from texts; nothing is opened.
"""

from __future__ import annotations

import json
from datetime import date
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from licet.model.errors import FactsError, Problem, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from licet.lists.source import Source

DATE = "{date}"
"""What stands for a day in an address."""
TITLES = "/titles.json"
"""How the address ends that says up to which day each title of the code is there."""
SECURE, PLAIN = "https", "http"
_PORTS = {SECURE: 443, PLAIN: 80}


def is_address(text: str) -> bool:
    """Say whether what a person wrote is an address and no path."""
    return "://" in text


def host_of(url: str) -> str:
    """Return the host of an address with its port, in small letters; empty where it has none that can be."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return ""
    return f"{parts.hostname}:{port}" if parts.hostname else ""


def hosts_of(source: Source) -> frozenset[str]:
    """Return the hosts that a source names: only to these may one of its addresses lead."""
    return frozenset(host_of(address.url) for address in source.addresses)


def may_lead_to(url: str, sources: Iterable[Source]) -> frozenset[str]:
    """Return the hosts to which an address that a person wrote may lead: its own, and those named beside it."""
    host = host_of(url)
    beside = (hosts for one in sources if host in (hosts := hosts_of(one)))
    return frozenset({host}).union(*beside)


def checked(url: str, schemes: Iterable[str], field: str = "") -> str:
    """Return an address that a person wrote, or refuse it.

    Args:
        url: The address.
        schemes: How it may begin.
        field: Where it was written.

    Raises:
        FactsError: It is none, begins otherwise, or has a name and password in it.
    """
    words = " or ".join(f"{scheme}://…" for scheme in schemes)
    plain = url.isascii() and url.isprintable() and " " not in url
    if not plain or not host_of(url) or url.partition(":")[0].lower() not in schemes:
        raise FactsError(Problem(f'found "{url}"', field=field, allowed=words))
    if urlsplit(url).username is not None:
        raise FactsError(Problem("has a name or password in it", field=field, allowed=words))
    return url


def at_mirror(url: str, mirror: str) -> str:
    """Return where a mirror has the file of an official address: the same path below its own; empty: no mirror."""
    if not mirror:
        return url
    parts, base = urlsplit(url), urlsplit(mirror)
    return urlunsplit((base.scheme, base.netloc, base.path.rstrip("/") + parts.path, parts.query, ""))


def file_name(url: str, day: date | None = None) -> str:
    """Return what the file of an address is called here, with the day for which it was asked."""
    parts = urlsplit(url)
    last = unquote(parts.path.rpartition("/")[2]) or "file"
    name = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in last).lstrip(".") or "file"
    return f"{day}_{name}" if day else name


def changed_on(modified: str) -> date | None:
    """Return the day that a server names as that of the last change, in its own words (GMT); None: it names none."""
    try:
        return parsedate_to_datetime(modified).date()
    except (ValueError, TypeError):
        return None


def next_address(url: str, location: str) -> str:
    """Return where a redirect leads."""
    return urljoin(url, location)


def last_days(data: bytes, url: str) -> tuple[date, ...]:
    """Return the days of a title for which the eCFR can be asked, the best first.

    Args:
        data: What the address of all titles says, as JSON.
        url: The address that holds a day: it names the title.

    Returns:
        The day up to which the title is up to date; then, where it is earlier, that of its last issue.

    Raises:
        SourceError: It is not said there.
    """
    name = urlsplit(url).path.rpartition("/")[2]  # title-15.xml
    number = "".join(filter(str.isdecimal, name))
    try:
        titles: Iterable[Mapping[str, object]] = json.loads(data)["titles"]
        title = next(title for title in titles if str(title["number"]) == number)
        found = [date.fromisoformat(str(title[key])) for key in ("up_to_date_as_of", "latest_issue_date")]
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        what = f"does not say up to which day title {number} is there"
        raise SourceError(
            Problem(what, TITLES.strip("/"), todo="Try later; `licet lists add FILE` works too.")
        ) from error
    best, issued = found
    return (best, issued) if issued < best else (best,)
