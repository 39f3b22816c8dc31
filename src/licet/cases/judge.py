"""Is what licet says right, wrong or open? One table says how each key of `expect` is compared."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from licet.cases.find import OPEN_WORDS, find
from licet.cases.read import ACT
from licet.model.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from licet.cases.find import Found
    from licet.cases.read import KnownAnswer
    from licet.sources import Sources


class Verdict(StrEnum):
    """What a case shows, from best to worst."""

    RIGHT = "right"
    """All that it expects."""
    OPEN = "open"
    """Nothing false: an open answer where the law has one, or an open answer that does not name what it must."""
    WRONG = "wrong"
    """A decided answer, or something beside it, that contradicts the law."""


class Judged(NamedTuple):
    """One case with what licet says and whether that is right."""

    case: KnownAnswer
    found: Found
    verdict: Verdict
    differences: tuple[str, ...]
    """What differs, each `key: expected …, found …`."""
    too_mild: bool = False
    """Whether a decided answer is milder than the law: the one mistake that must not happen."""


ANY, NONE = ("authority", "review_policy", "red_flag"), ("not_reasons",)
"""Keys of which any expected word is enough, and keys of which no word may be found; of all others each must be."""
OF_OPEN = ("refer_because", "not_modeled")
"""Details of an open answer: a decided one has nothing to say of them."""
OF_DECIDED = ("authority", "review_policy", "reasons", "not_reasons", "exceptions")
"""Details of a decided answer: where an open one is accepted in its place they are not asked of it."""


def judge_all(cases: Iterable[KnownAnswer], sources: Sources) -> list[Judged]:
    """Ask licet every case and judge what it says; see `find` for what is raised."""
    return [judge(case, find(case, sources)) for case in cases]


def judge(case: KnownAnswer, found: Found) -> Judged:
    """Judge what licet says of a case.

    Args:
        case: The case.
        found: What licet says.

    Returns:
        The verdict: that of the worst difference.
    """
    differences = list(_answers(case, found))
    if all(verdict is Verdict.RIGHT for verdict, _ in differences):
        differences = list(_details(case, found))
    unmet = [(verdict, text) for verdict, text in differences if verdict is not Verdict.RIGHT]
    worst = max((verdict for verdict, _ in unmet), key=list(Verdict).index, default=Verdict.RIGHT)
    too_mild = worst is Verdict.WRONG and _too_mild(case, found)
    return Judged(case, found, worst, tuple(text for _, text in unmet), too_mild)


def _answers(case: KnownAnswer, found: Found) -> Iterator[tuple[Verdict, str]]:
    """Compare the answers themselves: an open one is never wrong, a decided one is right or wrong."""
    for key, wanted in case.answers.items():
        (word,) = found.words[key]
        if word in wanted:
            yield Verdict.RIGHT, ""
        else:
            verdict = Verdict.OPEN if word in OPEN_WORDS else Verdict.WRONG
            yield verdict, f"{key}: expected {' or '.join(wanted)}, found {word}"


def _details(case: KnownAnswer, found: Found) -> Iterator[tuple[Verdict, str]]:
    """Compare what stands beside a right answer."""
    key, wanted = next(iter(case.answers.items()))
    open_ = found.words[key][0] in OPEN_WORDS
    instead = found.words[key][0] != wanted[0]
    for name, words in case.details.items():
        if name in (OF_DECIDED if open_ else OF_OPEN) and (instead or not open_):
            continue
        there = found.words[name.removeprefix("not_") if name in NONE else name]
        if not _met(name, words, there):
            expected = ("no " if name in NONE else "") + (", ".join(words) or "none")
            text = f"{name}: expected {expected}, found {', '.join(there) or 'none'}"
            yield (Verdict.OPEN if open_ or _still_open(name, found) else Verdict.WRONG), text


def _met(name: str, wanted: tuple[str, ...], found: tuple[str, ...]) -> bool:
    if name in ANY:
        return any(word in found for word in wanted)
    if name in NONE:
        return not any(word in found for word in wanted)
    if not wanted:
        return all(word.endswith(": unavailable") for word in found)
    return all(word in found for word in wanted)


def _still_open(name: str, found: Found) -> bool:
    """Say whether a detail of a decided answer is still open, so that its absence contradicts nothing."""
    if name in {"review_policy", "missing"}:
        return found.policy_open
    return name == "reasons" and bool(found.words["not_modeled"])


def _too_mild(case: KnownAnswer, found: Found) -> bool:
    (word,) = found.words[next(iter(case.answers))]
    wanted = [Outcome[one] for one in case.answers.get("outcome", ()) if one in Outcome.__members__]
    return case.kind == ACT and bool(wanted) and word in Outcome.__members__ and Outcome[word] < min(wanted)
