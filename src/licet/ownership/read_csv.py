"""Interests from a table: one row says what one party holds directly in another, from which day to which.

The columns are listed in `COLUMNS`; `owner` and `owned` are needed. A party is told apart by its id where the table has
one, else by its name: case and space do not count. What a cell leaves out is not stated, with one exception: a row is a
direct shareholding unless `kind` or `direct` says otherwise, because that is what the table is for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from licet.model.vocabulary import country
from licet.ownership.arrangements import joint, nominee
from licet.ownership.csv_cells import COLUMNS, MOST_CELL, Cells, rows
from licet.ownership.graph import (
    ARRANGEMENT,
    ENTITY,
    OWNERSHIP,
    PERSON,
    STATE,
    UNKNOWN,
    UNOWNED,
    Graph,
    Interest,
    Party,
)
from licet.ownership.kinds import DIRECT, INDIRECT, KINDS, NOT_KNOWN, counting
from licet.ownership.reading import Problems, within_limits
from licet.ownership.shares import WHOLE, said, tier

if TYPE_CHECKING:
    from datetime import date

    from licet.ownership.csv_cells import Row
    from licet.ownership.shares import Tier

NONE, ANYBODY = "none", "unknown"
PARTY_KINDS = (PERSON, ENTITY, STATE, ARRANGEMENT, UNKNOWN)
DIRECTNESS = {"": DIRECT, "yes": DIRECT, "no": INDIRECT, "unknown": NOT_KNOWN}
YES_NO = ("yes", "no")


def read_csv(text: str, file: str) -> Graph:
    """Read a table of interests.

    Args:
        text: The table: comma, semicolon or tab between its cells, names of columns in its first line.
        file: What messages call it.

    Raises:
        FactsError: With everything that is wrong, in its line and column.
    """
    problems = Problems(file)
    found = list(rows(text, problems))
    problems.refuse()
    return _Table(found, problems).graph()


class _Table(Cells):
    """Turns rows into parties and interests."""

    def __init__(self, found: list[Row], problems: Problems) -> None:
        super().__init__(problems)
        self.rows = found
        self.parties: dict[str, Party] = {}
        self.interests: list[Interest] = []
        self.together: defaultdict[tuple[str, str], list[tuple[Row, Interest]]] = defaultdict(list)
        self.without: dict[str, int] = {}

    def graph(self) -> Graph:
        for row in self.rows:
            self.row(row)
        for (mark, owned), held in self.together.items():
            self.joint(mark, owned, held)
        self.problems.refuse()
        within_limits(self.problems, len(self.parties), len(self.interests))
        self.no_owners()
        graph = Graph(self.parties.values(), self.interests)
        self.sums(graph)
        self.problems.refuse()
        return graph

    def row(self, row: Row) -> None:
        for column, cell in row.cells.items():
            if len(cell) > MOST_CELL or not cell.isprintable():
                self.wrong(row, column, f"at most {MOST_CELL} signs that print")
                return
        owned = self.party(row, "owned")
        owner = row.cells["owner"]
        if not owner:
            self.wrong(row, "owner", f"a name, `{ANYBODY}` or `{NONE}`")
            return
        if owned is None:
            return
        if owner.lower() == NONE:
            self.without.setdefault(owned.id, row.line)
            self.parties[owned.id] = replace(self.parties[owned.id], complete=True)
            return
        holder = self.anybody(row) if owner.lower() == ANYBODY else self.party(row, "owner")
        if holder is not None:
            self.interest(row, holder, owned)

    def interest(self, row: Row, holder: Party, owned: Party) -> None:
        kind = self.word(row, "kind", tuple(KINDS)) or "shareholding"
        directness = DIRECTNESS[self.word(row, "direct", ("yes", "no", "unknown")) or ""]
        counts = counting(kind, directness)
        since, through = self.day(row, "since"), self.day(row, "through")
        if since and through and through < since:
            self.wrong(row, "through", f"{since} or later, the last day inclusive")
        one = Interest(
            f"line {row.line}",
            holder.id,
            owned.id,
            kind,
            counts.counts,
            self.share(row),
            since,
            through,
            self.where(row),
            counts.note,
        )
        if row.cells.get("nominee_for"):
            one = self.nominee(row, one, holder)
        if mark := row.cells.get("joint"):
            self.together[mark, owned.id].append((row, one))
        else:
            self.interests.append(one)

    def nominee(self, row: Row, one: Interest, holder: Party) -> Interest:
        """Put the arrangement between a nominee and the one for whom it holds in the nominee's place."""
        principal = self.named(row, row.cells["nominee_for"], Party("", ""))
        party, inside = nominee(f"nominee/{one.id}", holder, principal, one.where)
        self.parties[party.id] = party
        self.interests += inside
        return replace(one, owner=party.id)

    def joint(self, mark: str, owned: str, held: list[tuple[Row, Interest]]) -> None:
        """Make one interest of several rows that are held together; they must agree on all but the owner."""
        first_row, first = held[0]
        for row, one in held[1:]:
            for column in ("share", "share_min", "share_max", "since", "through", "kind", "direct"):
                if row.cells.get(column, "") != first_row.cells.get(column, ""):
                    same = first_row.cells.get(column, "") or "nothing"
                    self.wrong(row, column, f"{same}, as in line {first_row.line}, with which it is held together")
            if one.owner == first.owner:
                self.wrong(row, "owner", "another owner than in the rows with which it is held together")
        holders = [self.parties[one.owner] for _, one in held]
        where = "; ".join(one.where for _, one in held)
        party, inside = joint(f"joint/{mark}/{owned}", holders, where)
        self.parties[party.id] = party
        self.interests += [*inside, replace(first, owner=party.id, where=where)]

    # -- parties

    def party(self, row: Row, side: str) -> Party | None:
        name = row.cells[side]
        if not name:
            self.wrong(row, side, "a name")
            return None
        kind = self.word(row, f"{side}_kind", PARTY_KINDS)
        place = row.cells.get(f"{side}_country", "")
        if place and country(place) is None:
            self.wrong(row, f"{side}_country", COLUMNS["owner_country"])
        lists = self.lists(row, f"{side}_lists")
        said = Party(
            row.cells.get(f"{side}_id", ""),
            name,
            kind,
            place,
            self.word(row, f"{side}_complete", YES_NO) == "yes" if side == "owned" else False,
            lists,
        )
        return self.named(row, name, said, side)

    def named(self, row: Row, name: str, said: Party, side: str = "nominee_for") -> Party:
        """Take what a row says of a party, and hold it against what other rows say."""
        id_ = said.id or " ".join(name.casefold().split())
        known = self.parties.get(id_)
        if known is None:
            known = Party(id_, name, said.kind, where=self.where(row))
        elif " ".join(known.name.casefold().split()) != " ".join(name.casefold().split()):
            self.wrong(row, f"{side}_id", f'an id of its own: the party of this id is "{known.name}"')
        for field in ("kind", "country", "lists"):
            before, now = getattr(known, field), getattr(said, field)
            if now in {None, ""} or before == now:
                continue
            if before not in {None, ""}:
                self.wrong(row, f"{side}_{field}", f"{before}, as another row says of {name}")
            known = replace(known, **{field: now})
        known = replace(known, complete=known.complete or said.complete)
        self.parties[id_] = known
        return known

    def anybody(self, row: Row) -> Party:
        party = Party(f"unknown/{row.line}", "an owner who is not known", UNKNOWN, where=self.where(row))
        self.parties[party.id] = party
        return party

    def no_owners(self) -> None:
        """Give parties of whom no kind is stated theirs, and refuse owners of a party that has none."""
        for id_, party in self.parties.items():
            if not party.kind:
                self.parties[id_] = replace(party, kind=ENTITY)
        for one in self.interests:
            kind = self.parties[one.owned].kind
            if one.counts == OWNERSHIP and kind in UNOWNED:
                at = int(one.id.removeprefix("line "))
                self.problems.add(at, "owned", f"found an owner of a {kind}", "a party that can be owned")
            line = self.without.get(one.owned)
            if line is not None and one.counts == OWNERSHIP:
                self.problems.add(line, "owner", f"found `none`, and {one.where} names an owner", "one of the two")
        self.problems.refuse()

    def sums(self, graph: Graph) -> None:
        """Refuse shares that pass the whole on a day, rounding apart: they do so on a day on which one begins."""
        for id_, party in graph.parties.items():
            held = graph.owners(id_)
            starts: list[date | None] = [*sorted({one.since for one in held if one.since is not None})]
            for day in starts or [None]:
                today = [one for one in held if day is None or one.on(day)]
                found = tier((one.share for one in today), complete=False)
                if found.overlap:
                    self.too_much(party, found, today, f" on {day}" if day else "")
                    break

    def too_much(self, party: Party, found: Tier, held: list[Interest], when: str) -> None:
        lines = ", ".join(one.id.removeprefix("line ") for one in held)
        message = f"the shares in {party.name} add up to {said(WHOLE + found.excess)} percent{when} (lines {lines})"
        self.problems.add(0, "share", message, "at most 100; mark rows that are held together in the column joint")
