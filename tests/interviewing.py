"""A person who answers an interview from a full act: what it states is said, what it leaves out is not known yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.ask import COMPLETE, KIND, PARTIES
from licet.formats.statement import state
from licet.model.act import Act

if TYPE_CHECKING:
    from collections.abc import Mapping

    from licet.ask import Interview, Query
    from licet.model.act import Value

NOT_KNOWN_YET, CANNOT_BE_KNOWN = "not known yet", "cannot be known"
HUAWEI = "Huawei Technologies Co., Ltd."
MOST_QUESTIONS = 150


def act_of(facts: Mapping[str, str], kind: str = "export") -> Act:
    """Return an act that states these facts, one after the other."""
    act = Act(kind, {})
    for path, text in facts.items():
        act = state(act, path, text)
    return act


def typed(value: Value) -> str:
    """Return a value as one would type it."""
    if isinstance(value, tuple):
        return f"[{', '.join(value)}]" if value else "none"
    return str(value)


def answer_from(full: Act, query: Query, said: Act) -> str:
    """Return what a person who knows the full act answers to a question; `said` is the act so far."""
    path = query.path
    if path == KIND:
        return full.kind
    if path in full.facts:
        return f"= {typed(full.facts[path].value)}"
    count = full.counts.get(path)
    if count is not None:
        flags = [typed(full.facts[f"{path}[{n}].flag"].value) for n in range(count)] if path == "red_flags" else []
        return ", ".join(flags) or str(count or "none")
    if path == COMPLETE and full.counts.get(PARTIES, 0) > said.counts.get(PARTIES, 0):
        return "no"
    return NOT_KNOWN_YET


def interviewed(full: Act, first: Interview) -> list[Interview]:
    """Return every moment of an interview from here on, answered from a full act."""
    moments = [first]
    while (query := moments[-1].query) is not None:
        assert len(moments) < MOST_QUESTIONS, [moment.query.path for moment in moments if moment.query]
        moments.append(moments[-1].hear(answer_from(full, query, moments[-1].act)))
    return moments
