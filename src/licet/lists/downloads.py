"""Lists from their official addresses into a store, one list after the other; what fails leaves the others alone.

The steps for one list, numbered as in the code:

1. the day, where an address has one: the last one for which the source says that it can be asked.
2. the files, one connection after the other; what is kept here already is sent only where it has changed. A file that
   several lists share is asked for once. Of several files of one list, each is asked for again at the end: only where
   none has changed did they lie there together. Nothing of the store is locked while the network is waited for.
3. the same bytes as those in use: the list is up to date, and only that it was looked at is kept.
4. the files are read, still without the lock.
5. the lock, for one list at a time: what was taken back by a person stays back; an issue that is older than the one in
   use is refused; the guards look (`licet.lists.intake`); then all of it goes in at once, or nothing.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.addresses import DATE, TITLES, at_mirror, file_name, host_of, hosts_of, last_days
from licet.lists.fetch import Wish, fetch
from licet.lists.intake import KNOWN, REFUSED, TAKEN, UNCHANGED, Outcome, Wanted, enter, read, refuse
from licet.lists.kept import File, Look, Visit, content_digest, in_use, issue_digest
from licet.model.errors import Problem, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from licet.lists.entry import Parsed
    from licet.lists.kept import Kept, Store
    from licet.lists.source import Address, Source

    Report = Callable[[str, str, int, int], None]
    """Told the id of a list, the name of a file, how many bytes came, and how many will (0: not known)."""


TRIES = 2
"""How often the files of a list are asked for when they change while they come."""


def files_of(source: Source) -> tuple[Address, ...]:
    """Return the addresses at which the files of an issue lie; none where there are only pages for people."""
    return tuple(address for address in source.addresses if address.download)


def page_of(source: Source) -> str:
    """Return where a person can get the list."""
    pages = (one.url for one in source.addresses if not one.download and not one.url.endswith(TITLES))
    return next(pages, "")


class _Came(NamedTuple):
    """A file that came, or that is kept here and unchanged."""

    visit: Visit
    data: bytes | None
    """None: it is kept here."""


class _Issue(NamedTuple):
    """The files of one list, and the day as of which they are its newest issue."""

    day: date
    visits: dict[str, Visit]
    """By the name of the file."""
    files: dict[str, bytes | None]

    def digest(self) -> str:
        return issue_digest(File(name, visit.digest, 0) for name, visit in self.visits.items())


class Updating:
    """An update of some lists."""

    def __init__(self, store: Store, sources: Iterable[Source], wanted: Wanted, mirror: str, report: Report) -> None:
        """Take the lists; nothing is asked for yet.

        Args:
            store: The store.
            sources: The lists, in order.
            wanted: What a person says of them.
            mirror: An address under which the official paths lie; empty: the official hosts.
            report: What is told about the progress.
        """
        self.store, self.sources, self.wanted, self.mirror, self.report = store, tuple(sources), wanted, mirror, report
        self.came: dict[str, _Came | SourceError] = {}
        self.uses = Counter(address.url for source in self.sources for address in files_of(source))

    def one(self, source: Source) -> Outcome:
        """Bring one list up to date, or keep why that failed."""
        try:
            issue = self._issue(source)
            kept = in_use(self.store.issues(source.feeds), date.max)
            if kept is not None and kept.digest == issue.digest():  # 3
                return self._unchanged(source, kept, issue)
            return self._changed(source, issue)
        except SourceError as error:
            return self._failed(source, error.problems)

    def _failed(self, source: Source, reasons: tuple[Problem, ...]) -> Outcome:
        names = tuple(address.url for address in files_of(source))
        outcome = Outcome(REFUSED, names, source.feeds, reasons=reasons)
        try:
            with self.store.update():
                return refuse(self.store, outcome, self.wanted)
        except SourceError as error:
            return outcome._replace(reasons=tuple(dict.fromkeys((*reasons, *error.problems))))

    # From the network

    def _issue(self, source: Source) -> _Issue:
        """Get the files of a list, for the best day for which it has them."""
        days = self._days(source)
        for day in days[:-1]:
            try:
                return self._issue_of(source, day)
            except SourceError:
                continue  # the title is up to date as of that day, but its last issue is older
        return self._issue_of(source, days[-1])

    def _issue_of(self, source: Source, day: date) -> _Issue:
        """Get the files of a list for a day; where there are several, all as they stood at one time."""
        for _ in range(TRIES):
            issue = self._files_of(source, day)
            if self._at_one_time(source, issue):
                return issue
        raise SourceError(Problem("its files change while they come", source.feeds, todo="Try later."))

    def _files_of(self, source: Source, day: date) -> _Issue:  # 2
        visits: dict[str, Visit] = {}
        files: dict[str, bytes | None] = {}
        for address in files_of(source):
            name = file_name(address.url, day if DATE in address.url else None)
            came = self._file(source, address.url.replace(DATE, day.isoformat()), name)
            visits[name], files[name] = came
            self.uses[address.url] -= 1
            if self.uses[address.url] <= 0:
                self.came.pop(came.visit.url, None)
        return _Issue(day, visits, files)

    def _at_one_time(self, source: Source, issue: _Issue) -> bool:
        """Say whether all files are still those that came: then there was a time at which they lay there together."""
        if len(issue.files) == 1 or all(data is None for data in issue.files.values()):
            return True
        for name, visit in issue.visits.items():
            again = self._asked(source, visit.url, name, visit)
            if again.visit.digest != visit.digest:
                return False
        return True

    def _days(self, source: Source) -> tuple[date, ...]:  # 1
        """Return the days for which to ask, the best first."""
        today = self.wanted.today
        dated = next((address.url for address in files_of(source) if DATE in address.url), None)
        titles = next((address.url for address in source.addresses if address.url.endswith(TITLES)), None)
        if dated is None or titles is None:
            return (today,)
        came = self._file(source, titles, file_name(titles))
        return tuple(dict.fromkeys(min(day, today) for day in last_days(came.data or b"", dated)))

    def _file(self, source: Source, official: str, name: str) -> _Came:
        """Get one file, unless it came for another list of this update."""
        url = at_mirror(official, self.mirror)
        if url not in self.came:
            try:
                self.came[url] = self._asked(source, url, name, self.store.visit(url))
            except SourceError as error:
                self.came[url] = error
        came = self.came[url]
        if isinstance(came, SourceError):
            raise came
        return came

    def _asked(self, source: Source, url: str, name: str, visit: Visit | None) -> _Came:
        """Ask for a file, unless it is still the one that came on an earlier visit."""
        hosts = frozenset({host_of(self.mirror)}) if self.mirror else hosts_of(source)
        scheme = self.mirror.partition(":")[0].lower() or "https"
        wish = Wish(url, hosts, frozenset({"https", scheme}))
        if visit is not None:
            wish = wish._replace(etag=visit.etag, modified=visit.modified)
        got = fetch(wish, lambda done, total: self.report(source.id, name, done, total))
        if got.unchanged and visit is not None:
            return _Came(visit, None)
        return _Came(Visit(url, got.etag, got.modified, content_digest(got.data)), got.data)

    def _bytes(self, issue: _Issue) -> dict[str, bytes]:
        """Return the bytes of an issue: as they came, or as they are kept here."""
        found = {}
        for name, visit in issue.visits.items():
            data = issue.files[name]
            found[name] = self.store.content(visit.digest) if data is None else data
        return found

    # Into the store

    def _unchanged(self, source: Source, kept: Kept, issue: _Issue) -> Outcome:
        with self.store.update():
            self._looked(source, issue)
        note = f"looked at on {self.wanted.today}"
        if issue.day != self.wanted.today:
            note += f", as of {issue.day}"
        return Outcome(UNCHANGED, tuple(issue.visits), source.feeds, kept.issued, kept.entries, note=note)

    def _looked(self, source: Source, issue: _Issue) -> None:
        for visit in issue.visits.values():
            self.store.visited(visit)
        self.store.looked(Look(source.feeds, self.wanted.today, issue.day))

    def _changed(self, source: Source, issue: _Issue) -> Outcome:
        files = self._bytes(issue)
        wanted = self.wanted._replace(
            otherwise=issue.day, because="the files do not say their day: that of the download"
        )
        reading = read(source, files, wanted)  # 4
        with self.store.update():  # 5
            if reason := self._step_back(source, reading.parsed, issue):
                head = REFUSED, tuple(files), source.feeds, reading.parsed.issued, len(reading.parsed.entries)
                return refuse(self.store, Outcome(*head, reasons=(reason,)), wanted)
            outcome = enter(self.store, source, reading, files, wanted)
            if outcome.state in (TAKEN, KNOWN):
                self._looked(source, issue)
        return outcome

    def _step_back(self, source: Source, parsed: Parsed, issue: _Issue) -> Problem | None:
        """Say why an issue would go back behind what a person did, or could not take the place of that in use."""
        issues, digest = self.store.issues(source.feeds), issue.digest()
        same = [kept for kept in issues if kept.digest == digest]
        if same and all(kept.withdrawn for kept in same):
            what = f"is the issue that was taken back on {same[-1].withdrawn}"
            return Problem(
                what, source.feeds, todo="If it is right after all, take it in by hand: licet lists add FILE."
            )
        last = in_use(issues, date.max)
        if last is None or parsed.issued is None or parsed.issued > last.issued or not source.whole:
            return None
        if parsed.issued < last.issued:
            what = f"the server gives an issue of {parsed.issued}, older than that of {last.issued} in use"
            return Problem(what, source.feeds, todo="Try later: a copy of it may lie on the way.")
        known = min((kept.known for kept in same if not kept.withdrawn), default=self.wanted.today)
        if (last.known, last.digest) > (known, digest):
            what = f"another issue of {last.issued} came on {last.known} and stays in use: the store counts in days"
            todo = f"Update tomorrow, or now after `licet lists rollback {source.feeds}`."
            return Problem(what, source.feeds, todo=todo)
        return None
