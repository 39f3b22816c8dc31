"""`licet lists add`: files, folders and single addresses into the store."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from licet.cli import ANSWERED, FOUND
from licet.cli.clock import today
from licet.cli.law.common import put
from licet.cli.lists.common import Progress, a_day, list_ids, opened, taking_in
from licet.model.errors import FactsError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from licet.lists.intake import Outcome, Unit, Wanted
    from licet.lists.kept import Store
    from licet.lists.source import Source


MODIFIED = "the day is the one on which the server says that it changed the file last (Last-Modified)"


class _Group(NamedTuple):
    """Files of one folder, here or at a server, with the same day in their names."""

    names: tuple[str, ...]
    named: bool
    """Whether a person named one of them, and not only a folder in which it lies."""
    came: Mapping[str, bytes] | None = None
    """Bytes by address; None: they are files here, read one group after the other."""
    modified: date | None = None
    """Last day on which a server says that it changed one of them."""


@click.command("add", epilog="Exit codes: 0 all in, or there already; 1 something was refused; 2 bad input.")
@click.argument("paths", nargs=-1, required=True, metavar="FILE|DIR|URL…")
@click.option("--list", "list_", metavar="ID", shell_complete=list_ids, help="Which list it is; left out: by content.")
@click.option("--issued", metavar="DAY", help="Day of the issue; left out: by content, else by name.")
@click.option("--accept", is_flag=True, help="Take in what was refused as doubtful: you looked at the reasons.")
def command(paths: tuple[str, ...], list_: str | None, issued: str | None, *, accept: bool) -> int:
    """Take in files of official lists, packed or not; all files below a DIR that are one; a file at a URL (https).

    An issue that is empty, damaged, of another list or of a day to come is refused; so is, until you --accept it, one
    that is much smaller than the one before, or has something in it that is not known here. The issue before stays in
    use. Everything of one call is taken in at its end, at once.
    """
    from licet.lists.intake import REFUSED, STRAY, Wanted
    from licet.lists.source import source
    from licet.show.lists_text import added_text

    wanted = Wanted(today(), a_day(issued, "--issued") if issued else None, accept)
    only = source(list_) if list_ else None
    groups = [*_groups(paths), *_downloaded(paths)]
    if issued and len(groups) > 1:
        what = f"is the day of one issue; these files are of {len(groups)}"
        raise FactsError(Problem(what, field="--issued", todo="Add them one by one."))
    with taking_in(), opened(create=True) as store, store.update():
        outcomes = [outcome for group in groups for outcome in _taken(store, group, only, wanted)]
    put(added_text(outcomes))
    named = {name for group in groups if group.named for name in group.names}
    bad = any(one.state == REFUSED or (one.state == STRAY and named & {*one.files}) for one in outcomes)
    return FOUND if bad else ANSWERED


def _groups(paths: Iterable[str]) -> Iterator[_Group]:
    """Yield the files by folder and day in the name, the earliest day first, those without a day last."""
    from licet.lists.addresses import is_address
    from licet.lists.intake import day_in

    groups: dict[tuple[date, Path], dict[Path, bool]] = {}
    for path in (Path(path) for path in paths if not is_address(path)):
        if not path.exists():
            raise FactsError(Problem("is not there", str(path), todo="Check the path."))
        for file in _files_below(path) if path.is_dir() else [path]:
            day = day_in(file.name) or date.max
            group = groups.setdefault((day, file.parent), {})
            group[file] = group.get(file, False) or file == path
    for _, group in sorted(groups.items()):
        yield _Group(tuple(map(str, group)), any(group.values()))


def _downloaded(paths: Iterable[str]) -> Iterator[_Group]:
    """Yield the files at addresses, those of one folder together; all are fetched before the store is touched."""
    from licet.lists.addresses import SECURE, changed_on, checked, is_address, may_lead_to
    from licet.lists.fetch import Wish, fetch
    from licet.lists.intake import day_in
    from licet.lists.source import sources

    groups: dict[tuple[date, str], dict[str, tuple[bytes, date | None]]] = {}
    with Progress(sys.stderr) as progress:
        for url in dict.fromkeys(path for path in paths if is_address(path)):
            wish = Wish(checked(url, (SECURE,), "URL"), may_lead_to(url, sources().values()))
            got = fetch(wish, partial(progress.report, "add", url))
            key = day_in(url) or date.max, url.partition("?")[0].rpartition("/")[0]
            groups.setdefault(key, {})[url] = got.data, changed_on(got.modified)
    for _, group in sorted(groups.items()):
        modified = max((day for _, day in group.values() if day), default=None)
        yield _Group(tuple(group), named=True, came={url: data for url, (data, _) in group.items()}, modified=modified)


def _files_below(folder: Path) -> list[Path]:
    """Return the files below a folder, hidden ones and what lies in hidden folders left out."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _taken(store: Store, group: _Group, only: Source | None, wanted: Wanted) -> Iterator[Outcome]:
    """Take the issues of a group in, and say of the rest why it is none."""
    from licet.lists.intake import STRAY, Outcome, for_list, take, units, what_is_wrong

    _said(group)
    files = group.came if group.came is not None else {name: _read(Path(name)) for name in group.names}
    if group.modified is not None:
        wanted = wanted._replace(otherwise=min(group.modified, wanted.today), because=MODIFIED)  # theirs is in GMT
    if only is not None and group.named:
        for source, mine in for_list(files, only):
            yield take(store, source, mine, wanted)
        return
    made, strays = units(files)
    for source, mine in _chosen(made, only):
        yield take(store, source, mine, wanted)
    for name in strays if only is None else ():
        yield Outcome(STRAY, (name,), reasons=(what_is_wrong(name, files[name]),))


def _chosen(made: Iterable[Unit], only: Source | None) -> Iterator[tuple[Source, Mapping[str, bytes]]]:
    for unit in made:
        for source in unit.sources:
            if only is None or only.id in (source.id, source.feeds):
                yield source, unit.files


def _read(path: Path) -> bytes:
    """Read a file, unless it is larger than any list."""
    from licet.lists.archive import MOST_BYTES

    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise FactsError(Problem(f"has {size:,} bytes", str(path), allowed=f"up to {MOST_BYTES:,}"))
        return path.read_bytes()
    except OSError as error:
        raise FactsError(Problem(f"cannot be read: {error.strerror}", str(path), todo="Check the path.")) from error


def _said(group: _Group) -> None:
    """Say on a terminal what is being read."""
    if sys.stderr.isatty():
        click.echo(f"licet: reading {group.names[0].rpartition('/')[2]} …", err=True)
