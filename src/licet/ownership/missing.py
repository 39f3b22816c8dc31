"""The facts that are missing: what keeps a result open, and what each possible answer to it alone would give.

A fact is missing where it can take the sum of its tier across half, whatever the others turn out to be, on a tier that
can decide. What an answer gives is never guessed: the rule is applied again with the answer in place.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from licet.ownership.graph import ARRANGEMENT, NEVER, OWNERSHIP, PERSON, UNKNOWN, UNSURE, Party
from licet.ownership.kinds import UNKNOWN_KINDS
from licet.ownership.reach import NO, OPEN, YES, Reach, weight
from licet.ownership.shares import (
    HALF,
    NOTHING,
    UNDETERMINABLE,
    UNKNOWN_SHARE,
    WHOLE,
    Amount,
    Share,
    between,
    exactly,
    said,
    span_said,
    up_to,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from licet.ownership.graph import Graph, Interest

SHARE, REST, LISTING, COUNTS, OVERLAP = "share", "rest", "listing", "counts", "overlap"
"""Kinds of missing facts: a share; who holds what nobody states; whether a party is listed; whether an interest counts
as ownership; which shares are held together."""
MOST_WORK = 40_000
"""Parties that are looked at again, answer by answer, for the facts of one result: about one second. Facts are looked
for tier by tier, so the nearest come first; the others are named without what their answers give."""
MOST_SUMS = 256
"""Ranges of a sum that are told apart while looking for facts that can decide."""
_LISTED = Party("?listed", "listed parties", PERSON)
_OTHERS = Party("?others", "parties that are not listed", PERSON)


class Answer(NamedTuple):
    """One possible answer to a missing fact."""

    says: str
    reached: str
    """`yes`, `no` or `open`: what the result is then."""


class Missing(NamedTuple):
    """A fact that keeps a result open."""

    kind: str
    party: str
    """Whose share, owners or listing it is."""
    question: str
    where: str
    """Line, record or path of the source that would state it."""
    answers: tuple[Answer, ...] = ()
    interest: str = ""
    asked: bool = False
    """It was asked and cannot be determined: with a listed owner that is Red Flag 29."""
    worked_out: bool = True
    """False where the graph is so large that what its answers give was not worked out."""

    @property
    def settles(self) -> bool:
        """Say whether some answer to it alone settles the result."""
        return any(answer.reached != OPEN for answer in self.answers)


class _Part(NamedTuple):
    """What one interest, or the rest (None), adds to the sum of a tier: the least and the most."""

    interest: Interest | None
    spans: tuple[tuple[Amount, Amount], ...]
    """The ranges in which it can lie: a listing that is not known gives nothing, or the whole share."""

    @property
    def low(self) -> Amount:
        """The least that it adds."""
        return self.spans[0][0]

    @property
    def high(self) -> Amount:
        """The most that it adds."""
        return self.spans[-1][1]


def missing(reach: Reach, party: str, work: int = MOST_WORK) -> tuple[Missing, ...]:
    """Return the facts that keep the result of a party open, those that alone settle it first; none where it is not.

    Args:
        reach: The rule applied to a graph.
        party: The party.
        work: How many parties may be looked at again for it.
    """
    if reach[party].reached != OPEN:
        return ()
    return _Search(reach, party, work).found()


class _Search:
    """Looks for the missing facts of one party, in the part of the graph that can matter for it."""

    def __init__(self, reach: Reach, party: str, work: int) -> None:
        self.graph = reach.graph.upward(party)
        self.listed = {id_: reach.listed[id_] for id_ in self.graph.parties}
        self.reach = Reach(self.graph, self.listed)
        self.party = party
        self.left = work

    def found(self) -> tuple[Missing, ...]:
        out: dict[tuple[str, str, str], Missing] = {}
        seen, queue = {self.party}, [self.party]
        while queue:
            owned = queue.pop(0)
            for fact, owner in self.tier(owned):
                if fact is not None:
                    done = all(answer.reached for answer in fact.answers)
                    told = fact if done else fact._replace(answers=(), worked_out=False)
                    out.setdefault((fact.kind, fact.party, fact.interest), told)
                if owner and owner not in seen:
                    seen.add(owner)
                    queue.append(owner)
        return tuple(sorted(out.values(), key=lambda fact: not fact.settles))

    def tier(self, owned: str) -> Iterator[tuple[Missing | None, str]]:
        """Walk through the missing facts of one tier, and through its owners whose own tiers can decide."""
        parts = self.parts(owned)
        if self.graph.tiers[owned].excess > NOTHING:
            yield self.overlap(owned), ""
        for part in parts:
            low, high = _others(parts, part)
            if not self.decides(owned, part, parts):
                continue
            if part.interest is None:
                yield self.rest(owned, low), ""
                continue
            if part.interest.counts != OWNERSHIP:
                if not self.covered(part.interest):
                    yield self.counts(part.interest), ""
            elif not part.interest.share.exact and self.matters(part.interest):
                yield self.share(part.interest, low, high), ""
            yield from self.owner(part.interest.owner)

    def owner(self, id_: str) -> Iterator[tuple[Missing | None, str]]:
        if id_ in self.reach.sure or id_ not in self.reach.possible:
            return
        if self.listed[id_] == OPEN:
            yield self.listing(id_), ""
        if self.graph.parties[id_].kind != UNKNOWN:
            yield None, id_

    def parts(self, owned: str) -> list[_Part]:
        out = []
        for one in self.graph.owners(owned):
            share = one.share
            low = share.least.times(weight(self.graph, one.owner, owned, self.reach.sure, high=False))
            high = share.most.times(weight(self.graph, one.owner, owned, self.reach.possible, high=True))
            either = low == NOTHING < share.least <= high and self.graph.parties[one.owner].kind != ARRANGEMENT
            out.append(_Part(one, ((NOTHING, NOTHING), (share.least, high)) if either else ((low, high),)))
        for one in self.graph.unsure(owned):
            most = one.share.most if one.owner in self.reach.possible else NOTHING
            out += [_Part(one, ((NOTHING, most),))]
        return [*out, _Part(None, ((NOTHING, self.graph.rest(owned).most),))]

    def decides(self, owned: str, part: _Part, parts: list[_Part]) -> bool:
        """Say whether what is open of one part can take the sum across half, for some of what the others can be."""
        if part.low >= part.high:
            return False
        if self.graph.parties[owned].kind == ARRANGEMENT:
            return True
        sums = _sums([one for one in parts if one is not part])
        return any(low + part.low < HALF <= high + part.high for low, high in sums)

    def matters(self, one: Interest) -> bool:
        """Say whether to ask for a share: in an arrangement only where its holder surely counts, else who it is."""
        return self.graph.parties[one.owned].kind != ARRANGEMENT or one.owner in self.reach.sure

    def covered(self, one: Interest) -> bool:
        """Say whether asking who owns the rest asks about an interest as well: its kind is not known, and it fits."""
        return one.kind in UNKNOWN_KINDS and self.graph.rest(one.owned).most >= one.share.most

    # -- one kind of fact each

    def share(self, one: Interest, low: Amount, high: Amount) -> Missing:
        owner, owned = self.name(one.owner), self.name(one.owned)
        cuts = {cut for cut in (_cut(high), _cut(low)) if one.share.least < cut <= one.share.most}
        ends = [one.share.least, *sorted(cuts)]
        classes: list[tuple[Amount, str]] = []
        for start, end in zip(ends, [*ends[1:], None], strict=True):
            share = Share(start, one.share.most if end is None else Amount(end.value, end.step - 1))
            reached = self.then(partial(self.graph.with_interest, replace(one, share=share)))
            if not classes or classes[-1][1] != reached:
                classes.append((start, reached))
        answers = _answers(classes, one.share)
        asked = one.share.state == UNDETERMINABLE
        stated = "" if one.share == UNKNOWN_SHARE or asked else f" It is stated as {span_said(*one.share[:2])}."
        question = f"Which share of {owned} does {owner} hold?{stated}"
        return Missing(SHARE, one.owned, question, one.where, answers, one.id, asked)

    def rest(self, owned: str, low: Amount) -> Missing:
        rest = self.graph.rest(owned).most
        needed = _cut(low)
        name = self.name(owned)
        whole = rest == WHOLE
        shares = [("listed parties hold none of it", exactly(0))]
        if needed <= rest and needed > NOTHING:
            shares.append((f"less than {said(needed)} percent", _below(needed)))
            shares.append((f"{said(needed)} percent or more", Share(needed, rest)))
        else:
            shares.append((f"some of it, {up_to(rest)} percent", Share(NOTHING, rest)))
        answers = [Answer(says, self.supposed(owned, share)) for says, share in shares]
        question = f"Who owns {name}?" if whole else f"Who holds the rest of {name}, {up_to(rest)} percent?"
        if hints := self.hints(owned):
            question += f" Stated without a direct share: {hints}."
        return Missing(REST, owned, question, self.graph.parties[owned].where, tuple(answers))

    def hints(self, owned: str) -> str:
        """Name those of whom something is stated that may be a part of the rest."""
        held = self.graph.held_in[owned]
        found = [one for one in held if one.counts == UNSURE or (one.counts == NEVER and one.kind == "shareholding")]
        kinds: dict[str, list[str]] = {}
        for one in found:
            kinds.setdefault(self.name(one.owner), []).append(one.kind)
        return ", ".join(f"{name} ({', '.join(said_)})" for name, said_ in kinds.items())

    def supposed(self, owned: str, share: Share) -> str:
        """Return the result where listed parties hold a share of what nobody states, and others hold what is left."""
        graph = partial(self.graph.with_owners, owned, (_LISTED, share), (_OTHERS, UNKNOWN_SHARE))
        return self.then(graph, {_LISTED.id: YES, _OTHERS.id: NO})

    def listing(self, id_: str) -> Missing:
        answers = tuple(Answer(said_, self.then(lambda: self.graph, {id_: said_})) for said_ in (YES, NO))
        where = self.graph.parties[id_].where
        unknown = self.graph.parties[id_].kind == UNKNOWN
        question = f"Who is {self.name(id_)}, and listed?" if unknown else f"Is {self.name(id_)} listed on the day?"
        return Missing(LISTING, id_, question, where, answers)

    def counts(self, one: Interest) -> Missing:
        graph = self.graph.with_interest
        answers = (
            Answer("yes, it counts", self.then(partial(graph, replace(one, counts=OWNERSHIP)))),
            Answer("no, it does not count", self.then(partial(graph, replace(one, counts=NEVER)))),
        )
        why = f" {one.note}" if one.note else ""
        question = f"Is what {self.name(one.owner)} has in {self.name(one.owned)} ({one.kind}) ownership of it?{why}"
        return Missing(COUNTS, one.owned, question, one.where, answers, one.id)

    def overlap(self, owned: str) -> Missing:
        sum_ = WHOLE + self.graph.tiers[owned].excess
        where = "; ".join(dict.fromkeys(one.where for one in self.graph.owners(owned) if one.where))
        which = "are held together" if self.graph.tiers[owned].overlap else "are rounded"
        question = f"Which shares of {self.name(owned)} {which}? They add up to at least {said(sum_)}."
        return Missing(OVERLAP, owned, question, where)

    def then(self, graph: Callable[[], Graph], listed: Mapping[str, str] | None = None) -> str:
        """Return the result with an answer in place; empty where the work that is allowed is spent."""
        self.left -= len(self.graph.parties)
        if self.left < 0:
            return ""
        return Reach(graph(), {**self.listed, **(listed or {})})[self.party].reached

    def name(self, id_: str) -> str:
        return self.graph.parties[id_].name


def _sums(parts: list[_Part]) -> list[tuple[Amount, Amount]]:
    """Return the ranges in which the sum of parts can lie; where there are too many, the range around them all."""
    sums = [(NOTHING, NOTHING)]
    for part in parts:
        found = sorted((low + least, high + most) for low, high in sums for least, most in part.spans)
        sums = []
        for low, high in found:
            if sums and low <= sums[-1][1]:
                sums[-1] = (sums[-1][0], max(sums[-1][1], high))
            else:
                sums.append((low, high))
        if len(sums) > MOST_SUMS:
            sums = [(sums[0][0], sums[-1][1])]
    return sums


def _others(parts: list[_Part], part: _Part) -> tuple[Amount, Amount]:
    """Return the least and the most that the other parts of a tier add up to."""
    low, high = NOTHING, NOTHING
    for one in parts:
        if one is not part:
            low, high = low + one.low, high + one.high
    return low, min(high, WHOLE)


def _cut(others: Amount) -> Amount:
    """Return what is needed beside the others for half, as a plain number: where a class of answers begins."""
    return Amount((HALF - others).value)


def _below(end: Amount) -> Share:
    return between(Fraction(0), end.value, above=True, below=True)


def _answers(classes: list[tuple[Amount, str]], share: Share) -> tuple[Answer, ...]:
    """Write the classes of a share that tell results apart, each from where it begins to where the next begins."""
    out = []
    for number, (start, reached) in enumerate(classes):
        end = classes[number + 1][0] if number + 1 < len(classes) else None
        if end is None:
            says = f"{said(start)} percent or more" if number else "any share that is possible"
        elif number or share.least > NOTHING:
            more = "" if start.step else " or more"
            says = f"{said(start)} percent{more}, less than {said(end)}"
        else:
            says = f"less than {said(end)} percent"
        out.append(Answer(says, reached))
    return tuple(out)
