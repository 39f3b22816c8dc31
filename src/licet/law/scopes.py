"""Compile the scope tests of a regime (`sections.yaml`, `groups.yaml`) into the table that an answer reads.

Every limit must have a citation, a plain sentence, and be one of the forms named at the head of `sections.yaml`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from licet.model.errors import LawbookError, Problem

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    Row = dict[str, object]

KINDS = ("law", "not_law", "from", "through", "any_fact", "fact")
TESTS = ("in", "not_in", "has", "stated_in", "derived")
_BESIDE = frozenset({"cite", "says", "checked", "ask"})
ADDRESS = ("address", "country", "since", "cite")
OUTCOMES = frozenset({"LICENSE_REQUIRED", "PROHIBITED", "SUBJECT", "NOT_SUBJECT", "AUTHORIZED"})
OVER = frozenset({"act", "item", "party", "item_party"})


def compile_sections(sections: list[Row], groups: Mapping[str, Mapping[str, Row]], measures: Container[str]) -> str:
    """Return the compiled table as JSON text.

    Args:
        sections: The sections as `sections.yaml` has them, all plain values text.
        groups: The groups as `groups.yaml` has them: `countries` with dated members, `eccns` with patterns.
        measures: Ids of the measures of the book.

    Raises:
        LawbookError: with every fault found.
    """
    faults: list[Problem] = []
    rows = [_section(section, groups, measures, faults) for section in sections]
    if faults:
        raise LawbookError(*faults)
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows) + "\n]\n"


def compile_addresses(rows: list[Row]) -> str:
    """Return the listed addresses of 744.16(f) as JSON text: `[address, country, first day, citation]`.

    Raises:
        LawbookError: an address lacks one of these.
    """
    faults = [
        Problem(f"an address without country, first day or citation: {row}") for row in rows if len(row) < len(ADDRESS)
    ]
    if faults:
        raise LawbookError(*faults)
    lines = (json.dumps([row[key] for key in ADDRESS], ensure_ascii=False) for row in rows)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _section(
    section: Row, groups: Mapping[str, Mapping[str, Row]], measures: Container[str], faults: list[Problem]
) -> Row:
    name = str(section.get("id"))
    if section.get("outcome") not in OUTCOMES or section.get("over") not in OVER or not section.get("cites"):
        faults.append(Problem("needs an outcome, what it is asked over, and a citation", field=name))
    limbs = []
    for number, limb in enumerate(section.get("limbs", [])):  # type: ignore[arg-type, var-annotated]
        place = f"{name} limb {number}"
        if not limb.get("cites") or not limb.get("limits"):
            faults.append(Problem("needs citations and limits", field=place))
        limits = [_limit(limit, groups, measures, place, faults) for limit in limb.get("limits", [])]
        limbs.append([limb.get("cites", []), limits])
    return {
        "id": name,
        "title": section.get("title"),
        "step": int(str(section.get("step"))),
        "over": section.get("over"),
        "outcome": section.get("outcome"),
        "cites": section.get("cites"),
        "modeled": section.get("modeled"),
        "decided_by": section.get("decided_by", ""),
        "not_formalized": section.get("not_formalized", []),
        "limbs": limbs,
    }


def _limit(
    limit: Row, groups: Mapping[str, Mapping[str, Row]], measures: Container[str], place: str, faults: list[Problem]
) -> list[object]:
    """Return a limit as `[kind, subjects, test, words, cite, says, checked]`."""
    kind = next((kind for kind in KINDS if kind in limit), "")
    says, cite, checked = limit.get("says", ""), limit.get("cite", ""), limit.get("checked", "")
    if not kind or not says or not cite:
        faults.append(Problem(f"a limit without a question, a sentence or a citation: {limit}", field=place))
    if kind in {"law", "not_law"} and limit[kind] not in measures:
        faults.append(Problem(f"names {limit[kind]}, which is no measure", field=place))
    if kind in {"from", "through"}:
        return ["days", [], "", [limit.get("from"), limit.get("through")], cite, says, checked]
    if kind in {"law", "not_law"}:
        return [kind, [limit[kind]], "", [], cite, says, checked]
    test = next((test for test in TESTS if test in limit), "")
    extra = limit.keys() - _BESIDE - {kind, test}
    if not test or extra:
        faults.append(Problem(f"a limit whose test is not known: {limit}", field=place))
    subjects = limit[kind] if isinstance(limit[kind], list) else [limit[kind]]
    words = list(_words(limit.get(test), groups, place, faults))
    return [test, subjects, test, words, cite, says, checked]


def _words(
    stated: object, groups: Mapping[str, Mapping[str, Row]], place: str, faults: list[Problem]
) -> Iterator[object]:
    """Walk through the words of a test, groups written out: `CN`, or `[code, from, through]` where that is dated."""
    for word in stated if isinstance(stated, list) else [stated]:
        if isinstance(word, dict):
            yield _on_list(word)
            continue
        head, _, name = str(word).partition(":")
        if head == "group":
            members = groups["countries"].get(name, {}).get("members")
            if members is None:
                faults.append(Problem(f"names the group {name}, which does not exist", field=place))
            for member in members or []:  # type: ignore[attr-defined]
                dated = "from" in member or "through" in member
                yield [member["code"], member.get("from"), member.get("through")] if dated else member["code"]
        elif head == "eccns":
            patterns = groups["eccns"].get(name, {}).get("patterns", groups["eccns"].get(name, {}).get("members"))
            if patterns is None:
                faults.append(Problem(f"names the ECCNs {name}, which do not exist", field=place))
            yield from (p if isinstance(p, str) else p["code"] for p in patterns or [])  # type: ignore[attr-defined]
        else:
            yield str(word)


def _on_list(word: Row) -> str:
    """Write a listing with what its entries must have: `sdn`, `entity_list#1`, `sdn#FTO|SDGT`."""
    wanted = [str(one) for one in (*word.get("programs", ()), *word.get("footnotes", ()))]  # type: ignore[misc]
    return f"{word['listing']}#{'|'.join(wanted)}" if wanted else str(word["listing"])
