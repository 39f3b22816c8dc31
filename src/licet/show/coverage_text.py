"""What of the law is modeled, for a terminal and as Markdown: a summary, then each section with what limits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.coverage import DIMENSIONS, STEPS, State
from licet.show.columns import BOLD, DIM, GREEN, YELLOW, cell, clip, paint, spread, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from licet.coverage import Coverage, Row
    from licet.law.us_ear.sections import Limb, Limit

SIGNS = {
    State.MODELED: "●",
    State.IN_PART: "◐",
    State.SCOPE_TEST: "○",
    State.DECIDED_ELSEWHERE: "→",
    State.NOT: "·",
}
COLORS = {State.MODELED: GREEN, State.IN_PART: YELLOW, State.NOT: DIM, State.DECIDED_ELSEWHERE: DIM}
SAYS = {
    State.MODELED: "a rule decides",
    State.IN_PART: "a rule decides, and opens the range where it names what is not modeled",
    State.SCOPE_TEST: "out of scope is decided; in scope the range opens and the section is named",
    State.DECIDED_ELSEWHERE: "its reach is shown; a rule of another section decides",
    State.NOT: "nothing reads it",
}
MEMORY = " (m)"
"""Behind a limit that rests on memory."""
_ID, _STATE, _DIMENSION = 32, 17, 12


def mark(limit: Limit) -> str:
    """Return the sentence of a limit, marked where it rests on memory."""
    return limit.says + (MEMORY if limit.checked == "memory" else "")


def summary(coverage: Coverage) -> Iterator[str]:
    """Walk through the summary: counts of sections, limits, regimes."""
    for state in State:
        if coverage.count(state):
            yield f"{SIGNS[state]} {coverage.count(state)} {state}: {SAYS[state]}"
    checked = coverage.checked()
    limbs = sum(len(row.limbs) for row in coverage.rows)
    yield (
        f"{sum(checked.values())} limits in {limbs} ways for a section to reach an act: {checked['seen']} read in a "
        f"text, {checked['memory']} from memory (m)"
    )
    for kind, regimes in coverage.kinds:
        yield f"acts of kind {kind}: {', '.join(regimes) or 'no regime has rules; the answer is open'}"
    beside = ", ".join(f"{one.regime} ({one.measures})" for one in coverage.beside)
    yield f"shown without rules, with their measures: {beside}"


def coverage_text(coverage: Coverage, version: str) -> str:
    """Return what is modeled, at most 110 columns wide.

    Args:
        coverage: What is modeled.
        version: The book's version, as shown.
    """
    lines = [spread(paint(BOLD, "what of the law is modeled"), paint(DIM, f"book {version}"))]
    for line in summary(coverage):
        lines += wrapped(line, "  ")
    for heading, rows in by_step(coverage):
        lines += ["", paint(BOLD, heading)]
        for row in rows:
            lines += _section(row)
    lines += ["", *wrapped("One section limit by limit, with citations: licet law coverage SECTION", "  ", color=DIM)]
    return "\n".join(line.rstrip() for line in lines)


def by_step(coverage: Coverage) -> Iterator[tuple[str, list[Row]]]:
    """Walk through the sections: the numbered decision step by step, then the other regimes."""
    groups: dict[str, list[Row]] = {}
    for row in coverage.rows:
        heading = f"({row.step}) {STEPS[row.step]}" if row.regime == "us_ear" else row.regime
        groups.setdefault(heading, []).append(row)
    yield from groups.items()


def _section(row: Row) -> Iterator[str]:
    sign = paint(COLORS.get(row.state, ""), SIGNS[row.state])
    right = f"by {row.decided_by}" if row.decided_by else str(row.state)
    left = f"{sign} {cell(row.id, _ID)}"
    yield spread(f"{left} {clip(row.title, 108 - _ID - len(right) - 4)}", paint(COLORS.get(row.state, ""), right))
    for words, text in _about(row):
        yield from wrapped(text, f"    {words.ljust(_DIMENSION)} ", color=DIM if words == "cites" else "")


def _about(row: Row) -> Iterator[tuple[str, str]]:
    """Walk through what is said of a section, each with its word."""
    yield "cites", " · ".join(row.cites)
    for dimension in DIMENSIONS:
        if says := row.reach(dimension).text("|"):
            yield dimension, says
    if row.limbs and row.limits and any(limit.checked == "memory" for limit in row.limits):
        yield "from memory", "; ".join(dict.fromkeys(one.says for one in row.limits if one.checked == "memory"))
    if row.opens:
        yield "opens", "; ".join(row.opens)
    if row.not_formalized:
        yield "not formal", " ".join(row.not_formalized)


def section_text(row: Row, version: str) -> str:
    """Return one section limit by limit, with citations, at most 110 columns wide."""
    lines = [spread(paint(BOLD, row.id), paint(DIM, f"book {version}"))]
    lines += wrapped(row.title, "  ")
    lines += wrapped(f"({row.step}) {_step(row)} · {row.state}: {SAYS[row.state]}", "  ")
    lines += wrapped(" · ".join(row.cites), "  ", color=DIM)
    for title in row.rules:
        lines += wrapped(f"rule: {title}", "  ")
    for opened in row.opens:
        lines += wrapped(f"opens: {opened}", "  ")
    if row.limbs:
        lines += ["", *wrapped(_reach(row), "  ")]
    for number, limb in enumerate(row.limbs, 1):
        lines += ["", *_limb(number, limb)]
    if row.not_formalized:
        lines += ["", paint(BOLD, "  not formalized")]
        for text in row.not_formalized:
            lines += wrapped(text, "    ")
    return "\n".join(line.rstrip() for line in lines)


def _step(row: Row) -> str:
    return STEPS[row.step] if row.regime == "us_ear" else row.regime


def _reach(row: Row) -> str:
    over = row.over.replace("_", " and ")
    ways = "in the one way below" if len(row.limbs) == 1 else f"in any of {len(row.limbs)} ways"
    return f"Asked over each {over}. In scope {ways}, where all its limits hold; it would say {row.outcome}."


def _limb(number: int, limb: Limb) -> Iterator[str]:
    yield f"  {paint(BOLD, f'{number}.')} {paint(DIM, ' · '.join(limb.cites))}"
    for limit in limb.limits:
        yield from _limit(limit)


def _limit(limit: Limit) -> Iterator[str]:
    lines = list(wrapped(f"- {mark(limit)}", "     ", "       "))
    yield from lines[:-1]
    yield spread(lines[-1], paint(DIM, limit.cite))


def coverage_markdown() -> str:
    """Return the text of COVERAGE.md, for the lawbook and the rules that ship."""
    from licet.coverage import coverage
    from licet.law.book import SHOWN_VERSION, load

    book = load()
    return markdown(coverage(book), book.version[:SHOWN_VERSION])


def markdown(coverage: Coverage, version: str) -> str:
    """Return what is modeled as Markdown.

    Args:
        coverage: What is modeled.
        version: The book's version, as shown.
    """
    lines = [
        "# What of the law is modeled",
        "",
        "<!-- Generated by tools/generate.py from the rules and from the tables of scope tests. Do not edit. -->",
        "",
        f"Book {version}. The same in a terminal: `licet law coverage`. This is not legal advice.",
        "",
        *(f"- {line}" for line in summary(coverage)),
        "",
        "A section is in scope if any of its ways is, a way if all its limits hold. Alternatives stand between",
        "slashes, and any says that some way of the section asks nothing more. (m): rests on memory, to be verified.",
        "",
        "## Where each section can reach",
        "",
        *_table(coverage),
        "",
        "## Section by section",
    ]
    for heading, rows in by_step(coverage):
        lines += ["", f"### {heading}"]
        for row in rows:
            lines += ["", *_markdown(row)]
    return "\n".join(lines) + "\n"


def _table(coverage: Coverage) -> Iterator[str]:
    yield "| step | section | | date | destination | item | party | act |"
    yield "|---|---|---|---|---|---|---|---|"
    for row in coverage.rows:
        cells = [row.reach(dimension).text("/") or "-" for dimension in DIMENSIONS]
        if not row.limbs:
            cells = ["as its rules say" if row.rules else "-", *[""] * (len(DIMENSIONS) - 1)]
        step = str(row.step) if row.regime == "us_ear" else ""
        yield f"| {' | '.join(_escaped([step, row.id, str(row.state), *cells]))} |"


def _escaped(cells: Iterable[str]) -> list[str]:
    return [one.replace("|", "\\|").replace("*", "\\*") for one in cells]


def _markdown(row: Row) -> Iterator[str]:
    state = f"decided by {row.decided_by}" if row.decided_by else str(row.state)
    yield f"#### {row.id}: {row.title}"
    yield ""
    yield f"*{state}* · {' · '.join(row.cites)}"
    if row.rules:
        yield ""
        yield f"Rules: {'; '.join(row.rules)}."
    if row.opens:
        yield ""
        yield from (f"- opens the range: {text}" for text in row.opens)
    for number, limb in enumerate(row.limbs, 1):
        yield ""
        yield f"{number}. {' · '.join(limb.cites)}"
        for limit in limb.limits:
            yield f"   - {_escaped([mark(limit)])[0]} ({limit.cite})"
    if row.not_formalized:
        yield ""
        yield "Not formalized:"
        yield ""
        yield from (f"- {_escaped([text])[0]}" for text in row.not_formalized)
