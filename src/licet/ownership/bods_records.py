"""Records of the Beneficial Ownership Data Standard: entities and persons as parties, relationships as interests."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from licet.formats.node import LIST, MAP
from licet.model.vocabulary import nearest
from licet.ownership.bods_fields import Fields
from licet.ownership.graph import (
    ARRANGEMENT,
    ENTITY,
    PERSON,
    STATE,
    UNKNOWN,
    Finding,
    Graph,
    Interest,
    Party,
)
from licet.ownership.kinds import DIRECT, INDIRECT, KINDS, NO_KIND, NOT_KNOWN, UNSPECIFIED, counting
from licet.ownership.reading import End, ranged
from licet.ownership.shares import UNKNOWN_SHARE, Share, exactly
from licet.ownership.versions import Held, Version, spans

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

    from licet.formats.node import Node
    from licet.ownership.bods_fields import Statement
    from licet.ownership.reading import Problems

ENTITIES = {
    "registeredEntity": ENTITY,
    "legalEntity": ENTITY,
    "arrangement": ARRANGEMENT,
    "anonymousEntity": ENTITY,
    "unknownEntity": ENTITY,
    "state": STATE,
    "stateBody": STATE,
}
"""Types of entity, as kinds of party. Our reading: a state and its bodies have no owners."""
NAMELESS = frozenset({"anonymousPerson", "unknownPerson", "anonymousEntity", "unknownEntity"})
PERSONS = ("knownPerson", "anonymousPerson", "unknownPerson")
SHARES = ("exact", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
RELATIONSHIP = frozenset({"isComponent", "componentRecords", "subject", "interestedParty", "interests"})
INTEREST = frozenset(
    {"type", "directOrIndirect", "beneficialOwnershipOrControl", "details", "share", "startDate", "endDate"}
)
NOMINATION, NOMINATOR = "nomination", "nominator"


class Content(NamedTuple):
    """What an interest says."""

    owner: str
    owned: str
    kind: str
    directness: str
    share: Share
    note: str


class Records:
    """Turns statements into a graph."""

    def __init__(self, problems: Problems, extra: Counter[str]) -> None:
        """Take where problems go, and the fields that the standard does not have."""
        self.problems, self.extra = problems, extra
        self.parties: dict[str, Party] = {}
        self.nominations: set[str] = set()
        self.interests: list[Interest] = []
        self.findings: list[Finding] = []

    def find(self, text: str, where: str = "") -> None:
        """Keep what a reader must know."""
        self.findings.append(Finding(text, where))

    def graph(self, statements: Sequence[Statement]) -> Graph:
        """Return the graph of statements, in the order in which they were made."""
        by_record: defaultdict[str, list[Statement]] = defaultdict(list)
        for one in statements:
            by_record[one.record].append(one)
        for record, said in by_record.items():
            if len({one.kind for one in said}) > 1:
                self.problems.add(said[-1].line, "recordType", f"record {record} is of two types", said[0].kind)
        for said in by_record.values():
            if said[-1].kind != "relationship":
                self.party(said[-1])
        for said in by_record.values():
            if said[-1].kind == "relationship":
                self.relationship(said)
        self.nominated()
        for name, count in sorted(self.extra.items()):
            self.find(f"the field {name} is not of the standard and not read ({count} times)")
        return Graph(self.parties.values(), self.interests, self.findings)

    # -- parties

    def party(self, said: Statement) -> None:
        """Make a party of the newest statement of an entity or a person."""
        field = Fields(said.details, self.problems, said.line, said.id, "recordDetails.")
        if said.kind == "person":
            type_ = field.word("personType", PERSONS)
            names = field.node.find("names")
            first = names.items[0] if names is not None and names.items else None
            name = field.inside(first, "names[0]").text("fullName") if first is not None else ""
            kind, country = PERSON, ""
        else:
            type_ = field.word("entityType.type", tuple(ENTITIES))
            name, kind = field.text("name"), ENTITIES.get(type_, ENTITY)
            country = field.text("jurisdiction.code")[:2]
            if field.text("entityType.subtype") == NOMINATION:
                self.nominations.add(said.record)
        if not name:
            what = "person" if kind == PERSON else "party"
            name = f"{what} without a name ({said.record})"
        self.parties[said.record] = Party(said.record, name, kind, country, where=self.where(said))

    def nominated(self) -> None:
        """Give a nomination with one nominator to it whole: what is held is held for the nominator."""
        for record in self.nominations:
            held = [one for one in self.interests if one.owned == record and one.kind == NOMINATOR]
            if held:
                self.parties[record] = replace(self.parties[record], complete=True)

    def known(self, record: str, said: Statement) -> str:
        """Return the id of a party that a relationship names; one that the file does not have becomes a party too."""
        if record not in self.parties:
            self.parties[record] = Party(record, record, UNKNOWN, where=self.where(said))
            self.find(f"record {record} is named and not in the file: nothing is known of it", self.where(said))
        return record

    # -- relationships

    def relationship(self, said: Sequence[Statement]) -> None:
        """Make interests of the statements of one relationship, each over its days."""
        versions = [Version(one.day, one.status == "closed", tuple(self.held(one))) for one in said]
        for number, span in enumerate(spans(versions)):
            content = versions[span.version].held[span.number].content
            if not isinstance(content, Content):
                continue
            counts = counting(content.kind, content.directness)
            statement = said[span.version]
            self.interests.append(
                Interest(
                    f"{statement.record}/{number}",
                    content.owner,
                    content.owned,
                    content.kind or NO_KIND,
                    counts.counts,
                    content.share,
                    span.since,
                    span.through,
                    self.where(statement),
                    content.note or counts.note,
                )
            )

    def held(self, said: Statement) -> Iterable[Held]:
        """Read the interests of one statement."""
        field = Fields(said.details, self.problems, said.line, said.id, "recordDetails.")
        self.extra.update(f"recordDetails.{key.text}" for key in said.details.keys if key.text not in RELATIONSHIP)
        owned = field.reference("subject")
        owner = field.reference("interestedParty")
        if not owned:
            reason = field.text("subject.reason") or "not said why"
            self.find(f"the subject of record {said.record} is not specified ({reason}): not used", self.where(said))
            return []
        self.known(owned, said)
        if self.parties[owned].kind == PERSON:
            field.wrong("subject", "an entity: nobody owns a person")
        if not owner:
            return [self.unspecified(field, owned, said)]
        self.known(owner, said)
        listed = field.node.find("interests")
        if listed is not None and listed.kind != LIST:
            field.wrong("interests", "a list")
            return []
        found = listed.items if listed is not None else ()
        if not found:
            return [Held(Content(owner, owned, "", NOT_KNOWN, UNKNOWN_SHARE, ""))]
        return [self.interest(field, one, f"interests[{number}]", (owner, owned)) for number, one in enumerate(found)]

    def unspecified(self, field: Fields, owned: str, said: Statement) -> Held:
        """Return that somebody who is not specified may own something: what nobody states keeps the result open."""
        reason = field.text("interestedParty.reason") or "not said why"
        told = field.text("interestedParty.description")
        id_ = f"unspecified/{said.record}"
        self.parties[id_] = Party(id_, f"owners not specified: {reason}", UNKNOWN, where=self.where(said))
        return Held(Content(id_, owned, UNSPECIFIED, NOT_KNOWN, UNKNOWN_SHARE, told or reason))

    def interest(self, field: Fields, node: Node, path: str, ends: tuple[str, str]) -> Held:
        """Read one interest."""
        inner = field.inside(node, path)
        kind = inner.word("type", tuple(KINDS))
        directness = inner.word("directOrIndirect", (DIRECT, INDIRECT, NOT_KNOWN)) or NOT_KNOWN
        self.extra.update(f"interests[].{key.text}" for key in node.keys if key.text not in INTEREST)
        start, end = inner.day("startDate"), inner.day("endDate")
        if start and end and end < start:
            inner.wrong("endDate", f"{start} or later: the day from which it is held no more")
        share = self.share(inner)
        return Held(Content(*ends, kind, directness, share, ""), start, end)

    def share(self, inner: Fields) -> Share:
        """Read the share of one interest: exact, or a range whose ends belong to it or not."""
        node = inner.node.find("share")
        if node is None:
            return UNKNOWN_SHARE
        if node.kind != MAP:
            inner.wrong("share", "an object")
            return UNKNOWN_SHARE
        for key in node.keys:
            if key.text not in SHARES:
                inner.wrong(f"share.{key.text}", ", ".join(SHARES), nearest(key.text, SHARES))
        exact = inner.percent("share.exact")
        low = _tighter(inner.percent("share.minimum"), inner.percent("share.exclusiveMinimum"), greater=True)
        high = _tighter(inner.percent("share.maximum"), inner.percent("share.exclusiveMaximum"), greater=False)
        found = ranged(low, high)
        if found is None or (exact is not None and not found.least.value <= exact.value <= found.most.value):
            inner.wrong("share", "a share that can be: its ends leave nothing between them")
            return UNKNOWN_SHARE
        return found if exact is None else exactly(exact.value)

    def where(self, said: Statement) -> str:
        """Return where a statement stands."""
        return f"{self.problems.file}:{said.line} ({said.id})"


def _tighter(inside: End | None, outside: End | None, *, greater: bool) -> End | None:
    """Return the end of a range that leaves less in it, of one that belongs to it and one that does not."""
    ends = [end for end in (inside, outside._replace(outside=True) if outside else None) if end is not None]
    if not ends:
        return None
    return (max if greater else min)(ends, key=lambda end: (end.value, end.outside == greater))
