"""The slow twin of every store of lists: keeps issues in memory and reads them anew for each question."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from licet.lists.kept import (
    Attention,
    Kept,
    Look,
    Standing,
    Visit,
    content_digest,
    files_of,
    in_use,
    issue_digest,
    replay,
)
from licet.lists.merge import Issue
from licet.model.errors import Problem, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from licet.lists.entry import Parsed
    from licet.lists.merge import History, Row


class PlainStore:
    """Keeps each issue with its bytes and entries (`licet.lists.kept.Store`)."""

    def __init__(self) -> None:
        self.kept: dict[int, tuple[Kept, Parsed, dict[str, bytes]]] = {}
        self.refused: dict[str, Attention] = {}
        self.looks: dict[str, Look] = {}
        self.visits: dict[str, Visit] = {}

    @contextmanager
    def update(self) -> Iterator[None]:
        before = dict(self.kept), dict(self.refused), dict(self.looks), dict(self.visits)
        try:
            yield
        except BaseException:
            self.kept, self.refused, self.looks, self.visits = before
            raise

    def add(self, parsed: Parsed, files: Mapping[str, bytes], *, known: date, source: str, whole: bool) -> bool:
        assert parsed.issued is not None
        made = files_of(files)
        for kept, _, _ in self.kept.values():
            same = (kept.list, kept.issued, kept.digest) == (parsed.list, parsed.issued, issue_digest(made))
            if same and kept.withdrawn is None:
                if kept.known <= known:
                    return False
                self.kept[kept.number] = (kept._replace(known=known), *self.kept[kept.number][1:])
                return True
        number = len(self.kept) + 1
        head = (number, parsed.list, source, parsed.issued, known, issue_digest(made), whole, len(parsed.entries))
        kept = Kept(*head, parsed.counts, parsed.noises, parsed.slips, made)
        self.kept[number] = (kept, parsed, dict(files))
        self.refused.pop(parsed.list, None)
        return True

    def warn(self, attention: Attention) -> None:
        self.refused[attention.list] = attention

    def looked(self, look: Look) -> None:
        self.looks[look.list] = look
        self.refused.pop(look.list, None)

    def visited(self, visit: Visit) -> None:
        self.visits[visit.url] = visit

    def visit(self, url: str) -> Visit | None:
        return self.visits.get(url)

    def content(self, digest: str) -> bytes:
        for _, _, files in self.kept.values():
            for data in files.values():
                if content_digest(data) == digest:
                    return data
        raise SourceError(f"the bytes {digest} are not there")

    def rollback(self, list_: str, day: date) -> Kept:
        counted = [kept for kept in self.issues(list_) if kept.withdrawn is None]
        if not counted:
            raise SourceError(f"no issue of {list_} is kept")
        last = max(counted, key=lambda kept: kept.number)._replace(withdrawn=day)
        self.kept[last.number] = (last, *self.kept[last.number][1:])
        return last

    def lists(self) -> tuple[str, ...]:
        return tuple(sorted({*self.refused, *(kept.list for kept, _, _ in self.kept.values())}))

    def issues(self, list_: str) -> tuple[Kept, ...]:
        mine = [kept for kept, _, _ in self.kept.values() if kept.list == list_]
        return tuple(sorted(mine, key=lambda kept: (kept.issued, kept.number)))

    def version(self, kept: Kept) -> Parsed:
        return self.kept[kept.number][1]

    def raw(self, kept: Kept) -> dict[str, bytes]:
        return self.kept[kept.number][2]

    def history(self, list_: str) -> History:
        return replay(
            (Issue(kept.issued, kept.known, kept.digest, self.version(kept).entries, kept.whole), kept.withdrawn)
            for kept in self.issues(list_)
        )

    def histories(self) -> dict[str, History]:
        return {list_: self.history(list_) for list_ in sorted({kept.list for kept, _, _ in self.kept.values()})}

    def entries(self, list_: str, as_of: date, known: date | None = None) -> tuple[Row, ...]:
        return tuple(
            row
            for row in self.history(list_).rows
            if row.appeared <= as_of
            and (row.gone is None or as_of < row.gone)
            and (row.known_through is None if known is None else row.known_on(known))
        )

    def status(self) -> tuple[Standing, ...]:
        found = []
        for list_ in self.lists():
            counted = [kept for kept in self.issues(list_) if kept.withdrawn is None]
            last = max((kept.issued for kept in counted), default=None)
            there = len(self.entries(list_, last)) if last else 0
            now = in_use(counted, last) if last else None
            found.append(Standing(list_, now, len(counted), there, self.refused.get(list_), self.looks.get(list_)))
        return tuple(found)

    def verify(self) -> tuple[Problem, ...]:
        return tuple(
            Problem(f"the bytes of {file.name} are damaged")
            for kept, _, files in self.kept.values()
            for file in kept.files
            if content_digest(files[file.name]) != file.digest
        )
