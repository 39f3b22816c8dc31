"""A graph of interests for a terminal: the result of each rule, the tree of owners, and what could change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from licet.ownership.graph import NEVER
from licet.ownership.reach import NO, OPEN, YES
from licet.ownership.report import DETAILED
from licet.ownership.shares import span_said
from licet.show import ownership_words as words
from licet.show.columns import BOLD, DIM, GREEN, RED, YELLOW, clip, paint, spread, wrapped
from licet.show.words import NOT_ADVICE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.ownership.graph import Interest
    from licet.ownership.missing import Missing
    from licet.ownership.report import Report, Ruled

TIERS = 20
"""Tiers of one tree; what lies above is named by its first party."""
LINES = 200
"""Lines of one tree; how many parties are left out is said."""
FACTS = 8
"""Missing facts of one result; how many more there are is said."""
TITLE, WORD, NAME = 30, 13, 44
COUNTED = "Listed parties: who is on the lists, and what such parties own by half or more."
COLORS = {YES: RED, OPEN: YELLOW, NO: GREEN}
STATES = {"listed": RED, "reached": RED, "open": YELLOW, "no": DIM}


def ownership_text(report: Report) -> str:
    """Return a report as text."""
    lines = [_head(report), *_rules(report)]
    for party in report.asked[:DETAILED]:
        lines += ["", *_party(report, party)]
    if len(report.asked) > DETAILED:
        lines += ["", f"{len(report.asked) - DETAILED} more parties (one with its owners: --party NAME)"]
        lines += [_short(report, party) for party in report.asked[DETAILED:]]
    if report.findings:
        lines += ["", "  in the source"]
        for finding in report.findings:
            where = f"  {finding.where}" if finding.where else ""
            lines += wrapped(f"{finding.text}{where}", "     ", color=YELLOW)
    lines += ["", *(f"  taken on your word: {said}" for said in report.assumed), f"  {COUNTED} {NOT_ADVICE}"]
    return "\n".join(lines)


def _head(report: Report) -> str:
    known = f" as known on {report.known}" if report.known else ""
    count = f"parties {len(report.graph.parties):,}, interests on the day {len(report.graph.interests):,}"
    return spread(f"owners on {report.day}{known}", f"{report.source} · {count}")


def _rules(report: Report) -> Iterator[str]:
    """Say of each rule whether it is law on the day, and what it rests on."""
    for ruled in report.ruled:
        read = "" if ruled.regime.checked == "seen" else "not read by us"
        said = " · ".join(filter(None, (ruled.force.says if ruled.force else "", *ruled.regime.cites, read)))
        if said:
            yield from wrapped(said, f"  {ruled.regime.short:<6}", " " * 8, DIM)


def _name(report: Report, party: str) -> str:
    beside = words.place(report, party)
    return report.graph.parties[party].name + (f" ({beside})" if beside else "")


def _short(report: Report, party: str) -> str:
    """Write the results of one party on one line; where several have its name, with its id."""
    name = _name(report, party)
    if sum(one.name == report.graph.parties[party].name for one in report.graph.parties.values()) > 1:
        name = f"{clip(name, max(NAME - len(party) - 3, NAME // 2))} [{party}]"
    results = [f"{one.regime.short} {words.word(one, party).lower()}" for one in report.ruled]
    return f"  {clip(name, NAME):<{NAME}}  {' · '.join(results)}"


def _party(report: Report, party: str) -> Iterator[str]:
    yield paint(BOLD, _name(report, party))
    for ruled in report.ruled:
        yield from _result(ruled, party)
    yield ""
    yield from _Tree(report, party).lines()
    yield from _missing(report, party)
    yield from _behind(report, party)
    yield from _changes(report, party)


def _result(ruled: Ruled, party: str) -> Iterator[str]:
    stands, status = ruled.results[party].standing, ruled.status[party]
    listed = status.state == YES
    word = paint(RED if listed else COLORS[stands.reached], f"{words.word(ruled, party):<{WORD}}")
    held = f"listed parties hold {span_said(stands.least, stands.most)}"
    itself = f"itself: {status.says}; " if listed else ""
    asleep = "" if ruled.force is None or ruled.force.stands != NO else " (no law on this day)"
    yield f"  {ruled.regime.title:<{TITLE}}{word}{itself}{held}{asleep}"
    indent = " " * (TITLE + 2)
    for note in ruled.results[party].notes:
        yield from wrapped(note, indent, color=YELLOW)


class _Item(NamedTuple):
    """One line of a tree to come."""

    party: str
    one: Interest | None
    before: str
    """What the lines of its owners begin with."""
    last: bool
    rest: str = ""
    """What owners whom nobody states may hold, in place of a party."""


class _Tree:
    """The owners of a party, tier by tier, without recursion: a deep graph is no trouble."""

    def __init__(self, report: Report, party: str) -> None:
        self.report, self.party = report, party
        self.marks = words.marks(report)
        self.seen: set[str] = set()
        self.out: list[str] = []

    def lines(self) -> Iterator[str]:
        stack = [_Item(self.party, None, "  ", last=True)]
        while stack and len(self.out) < LINES:
            item = stack.pop()
            under = self.line(item)
            if under is not None:
                stack += reversed(list(self.owners(item.party, under)))
        yield from self.out
        left = len({*self.report.graph.upward(self.party).parties} - self.seen)
        if stack and left:
            yield f"  … and {left} more parties: --format json has them all"

    def line(self, item: _Item) -> str | None:
        """Write the line of one party; return what the lines of its owners begin with, or None where none follow."""
        if not item.party:
            self.out.append(f"{item.before}└─ {item.rest}  owners who are not stated")
            return None
        again = item.party in self.seen
        self.seen.add(item.party)
        if item.one is None:
            self.out.append(f"{item.before}{self.report.graph.parties[item.party].name}")
            return item.before
        share = words.interest(item.one)
        head = f"{item.before}{'└─' if item.last else '├─'} {share}  {_name(self.report, item.party)}"
        under = item.before + ("   " if item.last else "│  ")
        self.out.append(spread(head, self.marked(item.one)))
        for says, color in self.beside(item, again=again):
            self.out.extend(wrapped(says, f"{under}   ", color=color))
        if not again and len(under) > 3 * TIERS and self.report.graph.held_in[item.party]:
            self.out.append(f"{under}   … its owners: --party NAME")
            return None
        return None if again else under

    def marked(self, one: Interest) -> str:
        found = words.mark(self.marks.get(one.id, {}), self.report)
        return paint(RED if found.startswith(words.DECIDES) else YELLOW, f"◀ {found}") if found else ""

    def beside(self, item: _Item, *, again: bool) -> Iterator[tuple[str, str]]:
        if item.one is not None and (reason := words.why(item.one)):
            yield reason, DIM
        if again:
            yield "shown above", DIM
            return
        for names, state in words.states(self.report, item.party):
            yield f"{names}: {state.says}" if names else state.says, STATES[state.word]

    def owners(self, party: str, under: str) -> Iterator[_Item]:
        held = sorted(self.report.graph.held_in[party], key=lambda one: one.counts == NEVER)
        rest = words.rest(self.report, party)
        for number, one in enumerate(held):
            yield _Item(one.owner, one, under, last=number == len(held) - 1 and not rest)
        if rest:
            yield _Item("", None, under, last=True, rest=rest)


def _missing(report: Report, party: str) -> Iterator[str]:
    """Say what keeps results open: facts that alone settle one, with what each answer gives; then the others."""
    found: dict[tuple[str, str], list[Missing]] = {}
    for ruled in report.ruled:
        if ruled.status[party].state != YES:
            for fact in ruled.results[party].missing or ():
                found.setdefault((fact.question, _answers(fact)), []).append(fact)
    if not found:
        return
    rules = _rules_by_fact(report, party)
    yield ""
    yield "  could change it"
    alone = [key for key, facts in found.items() if any(fact.settles for fact in facts)]
    for question, answers in alone[:FACTS]:
        yield from wrapped(f"{question} ({rules[question, answers]})", "     ")
        yield from wrapped(answers, "       ", color=DIM)
    if len(alone) > FACTS:
        yield f"     and {len(alone) - FACTS} more: --format json has them all"
    asked = {question for question, _ in alone}
    rest = {key[0]: facts for key, facts in found.items() if key[0] not in asked}
    others = [question for question, facts in rest.items() if all(fact.worked_out for fact in facts)]
    if others:
        more = f" and {len(others) - FACTS} more" if len(others) > FACTS else ""
        yield from wrapped(f"not enough alone: {' '.join(others[:FACTS])}{more}", "     ", "       ")
    if len(rest) > len(others):
        yield f"     {len(rest) - len(others)} more facts, with answers that were not worked out: --format json"
    yield from _red_flag(report, party)


def _rules_by_fact(report: Report, party: str) -> dict[tuple[str, str], str]:
    out: dict[tuple[str, str], list[str]] = {}
    for ruled in report.ruled:
        for fact in ruled.results[party].missing or ():
            out.setdefault((fact.question, _answers(fact)), []).append(ruled.regime.short)
    return {key: ", ".join(names) for key, names in out.items()}


def _red_flag(report: Report, party: str) -> Iterator[str]:
    for ruled in report.ruled:
        if ruled.results[party].red_flag_29 and ruled.regime.red_flag:
            said = f"a share was asked for and cannot be determined ({ruled.regime.short}): {ruled.regime.red_flag}"
            yield from wrapped(said, "     ", color=YELLOW)


def _answers(fact: Missing) -> str:
    answers = " · ".join(f"{one.says} → {words.REACHED[one.reached].lower()}" for one in fact.answers)
    return f"{answers or 'no answer to it alone is enough'}   {fact.where}".rstrip()


def _behind(report: Report, party: str) -> Iterator[str]:
    """Say who stands behind a party without owning half of it: red flags, no requirement by themselves."""
    said: dict[str, list[str]] = {}
    for ruled in report.ruled:
        result = ruled.results[party]
        stands = result.behind
        named = {
            "listed owners below half": stands.owners if result.standing.reached != YES else (),
            "listed, with control or what may be ownership": stands.controllers,
            "it owns a part of a listed party": stands.owned,
        }
        for what, ids in named.items():
            if ids:
                names = ", ".join(ruled.reach.graph.parties[id_].name for id_ in ids)
                said.setdefault(f"{what}: {names}", []).append(ruled.regime.short)
    if said:
        yield ""
        yield "  red flags"
        for what, rules in said.items():
            yield from wrapped(f"{what} ({', '.join(rules)})", "     ", color=YELLOW)


def _changes(report: Report, party: str) -> Iterator[str]:
    found = [one for one in report.changes if one.party == party]
    if not found:
        return
    yield ""
    yield "  changed when interests began or ended (listings as on the day asked about)"
    shorts = {ruled.regime.id: ruled.regime.short for ruled in report.ruled}
    for one in found:
        words_ = f"{words.REACHED[one.before].lower()} → {words.REACHED[one.after].lower()}"
        yield f"     {one.day}  {shorts[one.regime]}: {words_}"
