"""No output clears an act in so many words, and each says that it is not legal advice."""

from __future__ import annotations

import re

from licet.model.outcome import Outcome
from licet.show.as_json import to_json
from licet.show.as_text import to_text
from truths.ground import answered, every_act

CLEARS = re.compile(
    r"\b(you|it|they|this) (may|can|are free to|is free to) (now )?(be )?(ship|export|go ahead|sell|send|deliver)"
    r"|\b(ok|okay|safe|free|cleared|approved) to (ship|export|sell|send|go)\b"
    r"|\bgo ahead\b|\ball clear\b|\bno license (is )?needed\b",
    re.IGNORECASE,
)


def test_no_output_says_that_one_may_ship() -> None:
    outcomes = set()
    for asked in every_act():
        answer = answered(asked)
        outcomes.add(answer.outcome)
        for text in (to_text(answer), to_text(answer, everything=True), to_json(answer)):
            said = CLEARS.search(_ours(text))
            assert said is None, (asked.name, said)
            assert "not legal advice" in text
    assert outcomes >= {outcome.name for outcome in Outcome}


def _ours(text: str) -> str:
    """Leave out sentences that the book quotes: what others said is theirs."""
    return re.sub(r"'[^']*'|\"what\": \"[^\"]*\"", "", text)


def test_the_search_finds_what_must_not_be_said() -> None:
    for sentence in ("You may ship.", "it can be exported", "safe to ship", "No license needed", "go ahead"):
        assert CLEARS.search(sentence), sentence
