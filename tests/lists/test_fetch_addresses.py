"""Addresses: to which hosts they may lead, where they lie on a mirror, which day is asked for. Nothing is opened."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from licet.lists import downloads
from licet.lists.addresses import (
    at_mirror,
    changed_on,
    checked,
    file_name,
    host_of,
    hosts_of,
    is_address,
    last_days,
    may_lead_to,
)
from licet.lists.downloads import Updating, files_of, page_of
from licet.lists.fetch import Got, Wish
from licet.lists.intake import REFUSED, Wanted
from licet.lists.source import source, sources
from licet.model.errors import FactsError, Problem, SourceError
from plain_store import PlainStore
from update_server import titles

if TYPE_CHECKING:
    from collections.abc import Callable

OFAC = "sanctionslistservice.ofac.treas.gov:443"
FULL = "https://www.ecfr.gov/api/versioner/v1/full/{date}/title-15.xml?part=744"


def test_hosts_have_their_port() -> None:
    assert host_of("HTTPS://WWW.Example.ORG/x") == "www.example.org:443"
    assert host_of("http://127.0.0.1:8000/x") == "127.0.0.1:8000"
    assert host_of("http://example.org") == "example.org:80"
    assert [host_of(text) for text in ("x", "https:///x", "https://a:99999", "http://[1")] == [""] * 4


def test_a_list_may_lead_to_the_hosts_that_it_names_only() -> None:
    assert hosts_of(source("sdn")) == {"www.treasury.gov:443", OFAC, "sanctionslist.ofac.treas.gov:443"}
    for one in sources().values():
        assert {host_of(address.url) for address in files_of(one)} <= hosts_of(one)
        assert all(address.url.startswith("https://") for address in one.addresses)
        assert page_of(one).startswith("https://")


def test_an_address_of_a_person_may_lead_to_its_host_and_to_those_named_beside_it() -> None:
    every = sources().values()
    assert may_lead_to("https://example.org/x", every) == {"example.org:443"}
    assert OFAC in may_lead_to("https://www.treasury.gov/ofac/downloads/sdn.csv", every)


def test_what_is_an_address() -> None:
    assert is_address("https://example.org/x")
    assert not is_address("C:\\lists\\sdn.csv")
    assert checked("https://example.org/x", ("https",)) == "https://example.org/x"
    for text in (
        "http://example.org",
        "https://",
        "https://a b",
        "https://me@example.org",
        "https://a\x1b[2J",
        "https://ex\u00e4mple.org",
    ):
        with pytest.raises(FactsError):
            checked(text, ("https",))


def test_the_path_on_a_mirror_is_the_official_one() -> None:
    url = "https://www.ecfr.gov/api/x/title-15.xml?part=744"
    assert at_mirror(url, "") == url
    assert at_mirror(url, "http://127.0.0.1:8000") == "http://127.0.0.1:8000/api/x/title-15.xml?part=744"
    assert (
        at_mirror(url, "https://m.example.org/lists/?x#y") == "https://m.example.org/lists/api/x/title-15.xml?part=744"
    )


def test_no_two_official_files_have_the_same_path() -> None:
    urls = {address.url for one in sources().values() for address in files_of(one)}
    assert len({at_mirror(url, "https://m.example.org") for url in urls}) == len(urls)
    for one in sources().values():
        assert len({file_name(address.url) for address in files_of(one)}) == len(files_of(one))


def test_the_name_of_a_file() -> None:
    assert file_name("https://a.org/x/sdn.csv?y=1") == "sdn.csv"
    assert file_name("https://a.org/x/title-15.xml", date(2026, 1, 2)) == "2026-01-02_title-15.xml"
    assert [file_name(url) for url in ("https://a.org/", "https://a.org/..%2F..%2Fb", "https://a.org/%00")] == [
        *("file", "_.._b", "_"),
    ]


def test_the_day_of_a_change() -> None:
    assert changed_on("Wed, 25 Nov 2026 23:30:00 GMT") == date(2026, 11, 25)
    assert [changed_on(text) for text in ("", "yesterday", "Wed, 99 Nov 2026 23:30:00 GMT")] == [None] * 3


def test_the_days_that_a_title_has() -> None:
    best, issued = date(2026, 11, 20), date(2026, 11, 18)
    assert last_days(titles(str(best), str(issued)), FULL) == (best, issued)
    assert last_days(titles(str(best)), FULL) == (best,)
    for text in (b"", b"{}", b"[1]", b'{"titles": [{}]}', titles("soon"), titles(str(best)).replace(b"15", b"16")):
        with pytest.raises(SourceError, match="does not say up to which day title 15 is there"):
            last_days(text, FULL)


# Which file is asked for, and from where


def asked(monkeypatch: pytest.MonkeyPatch, list_: str, answer: Callable[[Wish], Got]) -> list[Wish]:
    """Return what an update of one list asks the official hosts for."""
    wishes: list[Wish] = []

    def fetch(wish: Wish, _: object) -> Got:
        wishes.append(wish)
        return answer(wish)

    monkeypatch.setattr(downloads, "fetch", fetch)
    one = source(list_)
    updating = Updating(PlainStore(), [one], Wanted(date(2026, 11, 25)), "", lambda *_: None)
    assert updating.one(one).state == REFUSED
    return wishes


def test_official_hosts_are_asked_over_https_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    wishes = asked(monkeypatch, "sdn", lambda wish: Got(wish.url, b"x", "", ""))
    assert [wish.url for wish in wishes] == 2 * [address.url for address in files_of(source("sdn"))]
    assert {(wish.schemes, wish.hosts) for wish in wishes} == {(frozenset({"https"}), hosts_of(source("sdn")))}


def test_the_code_is_asked_for_its_last_day_and_never_for_a_day_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(wish: Wish) -> Got:
        if wish.url.endswith("titles.json"):
            return Got(wish.url, titles("2026-11-27", "2026-11-20"), "", "")
        raise SourceError(Problem("404", wish.url))

    wishes = asked(monkeypatch, "meu_list", answer)
    assert [wish.url for wish in wishes] == [
        "https://www.ecfr.gov/api/versioner/v1/titles.json",
        *(FULL.replace("{date}", day) for day in ("2026-11-25", "2026-11-20")),
    ]
