"""The table of facts: what an act can state, of which type, in which words, and how one asks for it.

The table is `facts.csv` beside this module, the countries are `countries.csv`. Both are compiled into `facts.json`
(`make generate`), which is read once, when the first row is asked for.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from licet.model.act import Act

LIST_TYPES = {"words": "word", "codes": "code", "names": "name", "integers": "integer"}
"""Types whose value is a list of plain values, each with the type of one of them."""
RECORDS = "records"
"""The type of a fact that is a list of records with facts of their own."""
NOUNS = {
    "parties": "party",
    "owners": "owner",
    "subsidiaries": "subsidiary",
    "listings": "listing",
    "items": "item",
    "us_content": "piece of US content",
    "made_with": "means of production",
    "licenses": "license",
    "certifications": "certification",
    "red_flags": "red flag",
}
"""What one record of a list is called, by the name of the list."""


class Row(NamedTuple):
    """One fact: its generic path and all that the reader, the interview, the schema and the reference say of it."""

    path: str
    """Generic path, without numbers: `parties[].role`."""
    kinds: tuple[str, ...]
    """Kinds of act that have the fact."""
    type: str
    """word, words, yes_no, yes_no_undeterminable, day, code, codes, name, names, text, number, integer, integers,
    usd, pct, eccn, hts, id, covers or records. `yes_no_undeterminable` where a legal text or a red flag turns on it."""
    domain: tuple[str, ...]
    """Words that may stand there; empty where the type says all."""
    none: bool
    """Whether `none` or `[]` is an answer: asked, and there is none."""
    open: bool
    """Whether other text than the words of the domain may stand there."""
    required: bool
    """Whether a record without it is refused."""
    order: tuple[str, ...]
    """Direction of severity, from lax to strict: words in their order; or `up` (more or later is stricter), `down`,
    `more` (an added word is stricter); empty where the fact has none."""
    unit: str
    because: str
    """Kind of question: `facts` (the person knows), `match`, `lists`."""
    term: str
    """What the field calls it."""
    section: str
    """Where the law speaks of it."""
    question: str
    """The question in plain words, with `{name}` and `{parent}` for the records that it is about."""
    help: str


class Country(NamedTuple):
    """A country by ISO 3166-1, or a region that the law names."""

    code: str
    name: str
    note: str


class Table(NamedTuple):
    """The compiled table; a path has more than one row where kinds of act give it different words."""

    rows: tuple[Row, ...]
    by_path: Mapping[str, tuple[Row, ...]]
    countries: Mapping[str, Country]


@cache
def table() -> Table:
    """Return the compiled table; the file is read on the first call."""
    data = json.loads(Path(__file__).with_name("facts.json").read_bytes())
    rows = tuple(Row._make(tuple(cell) if isinstance(cell, list) else cell for cell in one) for one in data["facts"])
    by_path: dict[str, tuple[Row, ...]] = {}
    for one in rows:
        by_path[one.path] = (*by_path.get(one.path, ()), one)
    return Table(rows, by_path, {cells[0]: Country(*cells) for cells in data["countries"]})


def generic(path: str) -> str:
    """Return the path of the row: numbers left out, owners of owners as owners of a party.

    `parties[0].owners[2].owners[0].name` gives `parties[].owners[].name`.
    """
    steps: list[str] = []
    for step in path.split("."):
        name, bracket, _ = step.partition("[")
        plain = f"{name}[]" if bracket else name
        if not (bracket and steps and steps[-1] == plain):
            steps.append(plain)
    return ".".join(steps)


def row(path: str, kind: str = "") -> Row | None:
    """Return the row of a path, with numbers or generic.

    Args:
        path: Path of a fact.
        kind: Kind of act, where the words of the fact depend on it; without it the first row.

    Returns:
        The row, or None where no such fact exists or the kind of act does not have it.
    """
    found = table().by_path.get(generic(path), ())
    return next((one for one in found if not kind or kind in one.kinds), None)


def rows(kind: str) -> tuple[Row, ...]:
    """Return the rows of one kind of act, in the order of the table."""
    return tuple(one for one in table().rows if kind in one.kinds)


def country(code: str) -> Country | None:
    """Return a country or region by its code, or None where there is no such code."""
    return table().countries.get(code)


def nearest(word: str, words: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the valid word nearest to a misspelled one, or an empty string where none is near (0 to 1)."""
    from difflib import get_close_matches  # needed on error paths only

    by_key = {_key(one): one for one in reversed(tuple(words))}
    found = get_close_matches(_key(word), by_key, n=1, cutoff=cutoff)
    return by_key[found[0]] if found else ""


def _key(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")


def question(path: str, act: Act | None = None, *, kind: str = "") -> str:
    """Return the plain question for a fact, with the names of the records that it is about.

    Args:
        path: Path of a fact, with numbers where the records are meant (`parties[0].owners[1].share_pct`).
        act: The act as far as it is stated; without it, or without a name, a record is called `party 1`.
        kind: Kind of act, where there is no act yet.

    Returns:
        The question, or an empty string where no such fact exists.
    """
    one = row(path, act.kind if act is not None else kind)
    if one is None:
        return ""
    steps = [place for place in _records(path) if place != path]
    name = called(steps[-1], act) if steps else ""
    parent = called(steps[-2], act) if len(steps) > 1 else ""
    return one.question.replace("{name}", name).replace("{parent}", parent)


def _records(path: str) -> list[str]:
    """Return the paths of the records that a path goes through, outermost first."""
    steps = path.split(".")
    return [".".join(steps[: n + 1]) for n, step in enumerate(steps) if step.endswith("]")]


def called(record: str, act: Act | None = None) -> str:
    """Return what a record is called: its stated name, else `party 1`, or `the party` for a generic path."""
    stated = act.get(f"{record}.name") if act is not None else None
    if isinstance(stated, str) and stated != "undeterminable":
        return stated
    name, _, number = record.rpartition(".")[2].rstrip("]").partition("[")
    noun = NOUNS.get(name, name)
    return f"{noun} {int(number) + 1}" if number else f"the {noun}"
