"""`licet ownership`: who owns a party, and whether listed parties own half of it or more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from licet.cli.law.common import put
from licet.model.errors import FactsError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from licet.lists.roster import Found, Roster
    from licet.model.listing import Listing
    from licet.ownership.graph import Finding, Graph, Party
    from licet.ownership.listed import Status
    from licet.ownership.regimes import Regime
    from licet.ownership.report import Change, Force, Report
    from licet.sources import Sources
    from licet.state import State

AS_OF = "DAY[@KNOWN]; left out: today. KNOWN: with what had been published by that day."
MOST_STEPS = 200_000
"""Parties times days up to which the days of change are worked out; beyond it a finding says that they are not."""
TABLES, ACTS = (".csv", ".tsv"), (".yaml", ".yml")


class Asked(NamedTuple):
    """What a person asked for."""

    state: State
    day: date
    names: tuple[str, ...]
    lists: tuple[str, ...]
    listed: tuple[str, ...]
    lists_complete: bool
    owners_complete: bool


@click.command("ownership", epilog="Exit codes: 0 answered, 2 bad input.")
@click.argument("target", metavar="PARTY|FILE")
@click.option("--as-of", "as_of", metavar="STATE", help=AS_OF)
@click.option("--party", "names", multiple=True, metavar="NAME", help="Only this party of the file, with its owners.")
@click.option("--list", "lists", multiple=True, metavar="LIST", help="Owned by parties on this list alone.")
@click.option("--listed", multiple=True, metavar="NAME", help="Suppose that this party is listed.")
@click.option("--assume-lists-complete", is_flag=True, help="Take a name that is not found as on no list.")
@click.option("--assume-owners-complete", is_flag=True, help="Take the owners that are stated as all there are.")
@click.option("--format", "form", type=click.Choice(["text", "json", "svg"]), default="text", help="How to show it.")
@click.option("-o", "--output", "file", metavar="FILE", help="Write to a file that does not exist yet.")
def command(target: str, form: str, file: str | None, **said: object) -> None:
    """Draw who owns a party, and mark the path that decides whether listed parties own half of it or more.

    FILE has interests: a table (owner, owned, share, since, through, kind, joint, nominee_for …), statements of the
    Beneficial Ownership Data Standard 0.4, or an act with owners. PARTY is a name, looked up in the lists alone.
    The rules of BIS and of OFAC are shown side by side; control is not ownership, and what is not known stays open.
    """
    text = _shown(_report(target, _asked(said)), form)
    if file is None:
        put(text)
    else:
        _write(file, text)


def _asked(said: Mapping[str, object]) -> Asked:
    from licet.cli.clock import today
    from licet.state import State, parse

    as_of = said["as_of"]
    state = parse(as_of) if isinstance(as_of, str) else State(None)
    names, lists, listed = (tuple(map(str, _list(said[key]))) for key in ("names", "lists", "listed"))
    return Asked(
        state,
        state.day or today(),
        names,
        lists,
        listed,
        bool(said["assume_lists_complete"]),
        bool(said["assume_owners_complete"]),
    )


def _list(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _report(target: str, asked: Asked) -> Report:
    """Read, look up and apply the rules."""
    from licet.ownership.report import Report, changes, parties_asked, rule
    from licet.sources import open_sources

    sources = open_sources(asked.state)
    if asked.day < sources.book.first_day:
        allowed = f"{sources.book.first_day} or later"
        raise FactsError(Problem(f"the law of {asked.day} is not known here", field="as_of", allowed=allowed))
    whole, own = _graph(target, asked)
    graph = whole.on(asked.day)
    ids = _named(graph, asked.names) if asked.names else own or parties_asked(graph)
    supposed = _named(graph, asked.listed)
    near = graph
    if asked.names:
        near = whole.upward(*ids, *(one.owned for id_ in ids for one in graph.owned_by[id_])).on(asked.day)
        graph = graph.upward(*ids)
    look = _Look(sources.lists, asked, supposed)
    ruled = tuple(
        rule(near, ids, regime, {id_: look.status(party, regime) for id_, party in near.parties.items()}, force)
        for regime, force in _rules(sources, asked)
    )
    steps = len(whole.upward(*ids).parties) * len(whole.days)
    moved: tuple[Change, ...] = changes(whole, ids, ruled) if steps <= MOST_STEPS else ()
    findings = (*graph.findings, *graph.conflicts, *(() if steps <= MOST_STEPS else (_not_worked_out(),)))
    name = Path(target).name if _is_file(target) else "the lists"
    return Report(name, asked.day, asked.state.known, graph, ids, ruled, moved, findings, tuple(_assumed(asked)))


def _not_worked_out() -> Finding:
    from licet.ownership.graph import Finding

    return Finding("too many parties and days to say when results changed: ask for one party (--party NAME)")


def _assumed(asked: Asked) -> Iterable[str]:
    if asked.lists_complete:
        yield "the lists are complete: a name that is not found is on none"
    if asked.owners_complete:
        yield "the owners that are stated are all there are"
    yield from (f"{name} is listed" for name in asked.listed)


def _rules(sources: Sources, asked: Asked) -> Iterable[tuple[Regime, Force | None]]:
    """Walk through the rules to apply, with whether each is law on the day; or the lists that were asked about."""
    from licet.law.day import LawDay
    from licet.ownership.force import force
    from licet.ownership.regimes import REGIMES, of_list

    book = sources.what_if or sources.book
    if not asked.lists:
        law = LawDay(book, asked.day, asked.state.known)
        yield from ((regime, force(regime, law)) for regime in REGIMES.values())
        return
    known = {*sources.lists.lists, *(list_ for regime in REGIMES.values() for list_ in regime.lists)}
    for list_ in dict.fromkeys(asked.lists):
        if list_ not in known:
            from licet.model.vocabulary import nearest

            words = ", ".join(sorted(known))
            raise FactsError(Problem(f'found "{list_}"', field="--list", allowed=words, nearest=nearest(list_, known)))
        yield of_list(list_), None


class _Look:
    """Looks parties up in the lists, each name once."""

    def __init__(self, lists: Roster, asked: Asked, supposed: tuple[str, ...]) -> None:
        self.lists, self.asked, self.supposed = lists, asked, supposed
        self.found: dict[str, tuple[Found, list[Listing]]] = {}

    def status(self, party: Party, regime: Regime) -> Status:
        from licet.ownership.graph import ARRANGEMENT, UNKNOWN
        from licet.ownership.listed import Status, as_stated, by_name
        from licet.ownership.reach import NO, OPEN, YES

        if party.id in self.supposed:
            return Status(YES, "supposed")
        if party.lists is not None:
            return as_stated(party.lists, regime)
        if party.kind == UNKNOWN:
            return Status(OPEN, "who it is, is not known")
        if party.id not in self.found:
            found = self.lists.find(party.name, self.asked.day, party.country)
            near = [terms for one in found.near for terms in self.lists.on(one.entry, self.asked.day)]
            self.found[party.id] = (found, near)
        found, near = self.found[party.id]
        status = by_name(found, near, regime, assume=self.asked.lists_complete)
        if party.kind == ARRANGEMENT and status.state != YES:
            return Status(NO, "no person of its own")
        return status


# -- what is read


def _is_file(target: str) -> bool:
    return target == "-" or Path(target).exists() or Path(target).suffix.lower() in {*TABLES, *ACTS, ".json", ".jsonl"}


def _graph(target: str, asked: Asked) -> tuple[Graph, tuple[str, ...]]:
    """Return the graph of all days, and the parties that it is about where the source says so."""
    from licet.ownership.graph import Finding, Graph, Party

    if not _is_file(target):
        told = Finding("no owners are stated: the lists have none; give a file of interests")
        return Graph([Party("party", target)], [], [told]), ("party",)
    graph, own = _read(target, asked)
    if asked.owners_complete:
        graph = graph.with_all_owners()
    return graph, own


def _read(target: str, asked: Asked) -> tuple[Graph, tuple[str, ...]]:
    from licet.formats.read import decode, name_of, read_source
    from licet.ownership.read_bods import LIMITS, read_bods
    from licet.ownership.read_csv import read_csv

    name = name_of(target)
    text = decode(read_source(target, LIMITS), name)
    short = Path(name).name
    if Path(name).suffix.lower() in TABLES:
        return read_csv(text, short), ()
    if Path(name).suffix.lower() in ACTS or not _are_statements(text):
        return _of_act(text, name, asked.day)
    return read_bods(text, short, asked.state.known), ()


def _are_statements(text: str) -> bool:
    start = text.lstrip()[:1]
    return start == "[" or (start == "{" and any(word in text for word in ('"statementId"', '"statementType"')))


def _of_act(text: str, name: str, day: date) -> tuple[Graph, tuple[str, ...]]:
    """Return the owners of all parties of an act as one graph."""
    from licet.formats.act import read_act as read
    from licet.ownership.read_act import read_owners

    act = read(text, file=name)
    if not act.count("parties"):
        todo = "For a table of interests name the file .csv; statements are a JSON list."
        raise FactsError(Problem("the act has no parties", name, field="parties", todo=todo))
    return read_owners(act, [f"parties[{i}]" for i in range(act.count("parties") or 0)], day)


def _named(graph: Graph, names: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of parties by their names or ids.

    Raises:
        FactsError: There is none of a name.
    """
    by_name: dict[str, list[str]] = {}
    for id_, party in graph.parties.items():
        by_name.setdefault(" ".join(party.name.casefold().split()), []).append(id_)
    out: dict[str, None] = {}
    for name in names:
        found = [name] if name in graph.parties else by_name.get(" ".join(name.casefold().split()), [])
        if not found:
            from licet.model.vocabulary import nearest

            all_ = [party.name for party in graph.parties.values()]
            near = nearest(name, all_)
            raise FactsError(Problem(f'there is no party "{name}" here', field="--party", nearest=near))
        out.update(dict.fromkeys(found))
    return tuple(out)


# -- what is shown


def _shown(report: Report, form: str) -> str:
    if form == "json":
        from licet.show.ownership_json import ownership_json

        return ownership_json(report)
    if form == "svg":
        from licet.show.ownership_svg import ownership_svg

        return ownership_svg(report)
    from licet.show.ownership_text import ownership_text

    return ownership_text(report)


def _write(file: str, text: str) -> None:
    from licet.show.columns import bare

    try:
        with Path(file).open("x", encoding="utf-8") as stream:
            stream.write(bare(text) + "\n")
    except FileExistsError:
        raise FactsError(Problem("exists already", file, todo="Name a file that does not exist.")) from None
    except OSError as error:
        raise FactsError(Problem(f"cannot be written: {error.strerror}", file, todo="Check the path.")) from None
