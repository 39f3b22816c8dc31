"""Statements of the Beneficial Ownership Data Standard 0.4: one JSON list, or one JSON object a line.

A record is what all statements with one `recordId` tell of it (`licet.ownership.versions` says which speaks of which
day). Entities and persons become parties, relationships become interests. Fields that the rule does not turn on
(addresses, identifiers, sources, nationalities) are read past; a field or word that the standard does not have is
refused or named in a finding, never passed over.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from licet.formats.json_nodes import json_nodes
from licet.formats.node import LIST, MAP, SCALAR, Limits
from licet.model.errors import FactsError
from licet.ownership.bods_fields import Fields, Statement
from licet.ownership.bods_records import Records
from licet.ownership.reading import Problems, within_limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from licet.formats.node import Node
    from licet.ownership.graph import Graph

LIMITS = Limits(size=10_000_000, depth=20, nodes=2_000_000)
"""Limits of a file of statements."""
VERSION = "0.4"
RECORDS = ("entity", "person", "relationship")
STATUSES = ("new", "updated", "closed")
FIELDS = (
    *("statementId", "statementDate", "annotations", "publicationDetails", "source", "declaration"),
    *("declarationSubject", "recordId", "recordType", "recordStatus", "recordDetails"),
)
OLDER = ("statementType", "statementID", "replacesStatements")
"""Fields of the standard before 0.4."""


def read_bods(text: str, file: str, known: date | None = None) -> Graph:
    """Read a file of statements.

    Args:
        text: One JSON list of statements, or one statement a line.
        file: What messages call it.
        known: Last day of which anything had been seen: statements published later are left out, and that is said.

    Raises:
        FactsError: With everything that is wrong, by line, statement and field.
    """
    problems = Problems(file)
    extra: Counter[str] = Counter()
    read = (_statement(node, line, problems, extra) for node, line in _nodes(text, problems))
    found = [one for one in read if one is not None]
    problems.refuse()
    distinct = _distinct(found, problems)
    problems.refuse()
    seen = [one for one in distinct if known is None or one.published is None or one.published <= known]
    records = Records(problems, extra)
    if len(seen) < len(distinct):
        records.find(f"{len(distinct) - len(seen)} statements published after {known} are left out")
    if len(distinct) < len(found):
        records.find(f"{len(found) - len(distinct)} statements are in the file twice, word for word: counted once")
    graph = records.graph(sorted(seen, key=lambda one: (one.moment != "", one.moment)))
    problems.refuse()
    within_limits(problems, len(graph.parties), len(graph.interests))
    return graph


def _nodes(text: str, problems: Problems) -> Iterator[tuple[Node, int]]:
    """Walk through the statements with the lines on which they begin."""
    start = text.lstrip()[:1]
    if start == "[":
        root = json_nodes(text, problems.file, LIMITS, problems.found)
        yield from ((node, node.line) for node in root.items)
        return
    if start != "{":
        problems.add(1, "", "this is no list of statements", "a JSON list, or one JSON object a line")
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield json_nodes(line, problems.file, LIMITS, problems.found), number
        except FactsError as error:
            raise FactsError(*(one.__class__(one.message, one.file, number) for one in error.problems)) from None


def _statement(node: Node, line: int, problems: Problems, extra: Counter[str]) -> Statement | None:
    """Read the frame of one statement; where it is wrong, say so and return None."""
    if node.kind != MAP:
        problems.add(line, "", "this is no statement", "a JSON object")
        return None
    found = node.find("statementId")
    frame = Fields(node, problems, line, found.text if found is not None and found.kind == SCALAR else "")
    older = next((name for name in OLDER if node.find(name) is not None), "")
    if older:
        frame.wrong(older, f"the fields of version {VERSION}; this one is of an older version of the standard")
        return None
    frame.word("publicationDetails.bodsVersion", (VERSION,))
    details = node.find("recordDetails")
    if details is None or details.kind != MAP:
        frame.wrong("recordDetails", "an object")
        return None
    made = "statementDate" if node.find("statementDate") is not None else "publicationDetails.publicationDate"
    read = Statement(
        frame.text("statementId", needed=True),
        frame.text("recordId", needed=True),
        frame.word("recordType", RECORDS, needed=True),
        frame.word("recordStatus", STATUSES),
        frame.day(made),
        frame.text(made),
        frame.day("publicationDetails.publicationDate"),
        details,
        line,
    )
    extra.update(key.text for key in node.keys if key.text not in FIELDS)
    return read if read.id and read.record and read.kind else None


def _distinct(found: list[Statement], problems: Problems) -> list[Statement]:
    """Leave out statements that are there twice; refuse two of one id that differ."""
    by_id: dict[str, Statement] = {}
    for one in found:
        first = by_id.setdefault(one.id, one)
        if first is not one and _content(first.details) != _content(one.details):
            problems.add(
                one.line, "statementId", f'found "{one.id}" again, with other details', f"as in line {first.line}"
            )
    return list(by_id.values())


def _content(node: Node) -> object:
    """Return what a node says, without its place."""
    if node.kind == SCALAR:
        return (node.text, node.sort, node.null)
    if node.kind == LIST:
        return tuple(_content(item) for item in node.items)
    return frozenset((key.text, _content(value)) for key, value in node.pairs())
