"""Acts made up from the table of facts, well formed or with junk in them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from licet.formats.shape import Shape, act_shape
from licet.model import vocabulary
from licet.model.vocabulary import LIST_TYPES, RECORDS

if TYPE_CHECKING:
    from licet.model.vocabulary import Row

KINDS = ("export", "connection", "update")
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp")), min_size=1, max_size=12)
SPECIAL = ("none", "undeterminable")
NAMES = st.one_of(
    st.sampled_from(
        ["NO", "yes", "5E001", "0710", "null", "~", "a: b", "- x", "#", "华为技术有限公司", 'O\'Neil "B" & Co.']
    ),
    WORDS.filter(lambda text: text.strip() not in ("", *SPECIAL)),
)
TEXTS = st.one_of(NAMES, st.sampled_from(["two\nlines", "tab\there", "- a\n- b: c\n"]))
PLAIN: dict[str, st.SearchStrategy[object]] = {
    "yes_no": st.one_of(st.sampled_from(["yes", "no", "true", "NO"]), st.booleans()),
    "day": st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(str),
    "code": st.sampled_from(["CN", "NO", "US", "HK", "UA-43", "XK"]),
    "name": NAMES,
    "text": TEXTS,
    "number": st.one_of(
        st.integers(0, 10**15 - 1), st.floats(0, 1e14), st.sampled_from([0, "0", "12.50", "999999999999999", 1e-7])
    ),
    "integer": st.one_of(st.integers(1, 40), st.sampled_from(["3", 2.0])),
    "pct": st.one_of(st.integers(0, 100), st.floats(0, 100), st.sampled_from(["100", "100.0", "33.3", 0])),
    "eccn": st.sampled_from(["EAR99", "3A001", "3A001.a.2", "5E001", "9A515.y", "3A090.a"]),
    "hts": st.sampled_from(["0710", "8471.30", "847130", "8542.31.00.01", "8542.31.0001"]),
    "id": st.sampled_from(["entity_list", "sdn", "supp8_part740", "gb_consolidated"]),
}
PLAIN["usd"] = PLAIN["number"]
PLAIN["yes_no_undeterminable"] = PLAIN["yes_no"]
ORIGINS = st.fixed_dictionaries({}, optional={"by": NAMES, "day": PLAIN["day"], "source": NAMES})
JUNK: st.SearchStrategy[object] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 200),
    st.floats(-10, 200),
    st.sampled_from(
        [
            *("", " ", "none", " none ", "undeterminable", "yes", "no", "Yes", "YeS", "on", "maybe", "-1", "-0", "101"),
            *("1e4", "10,000", "5%", "007", "3A001", "3a001", "ear99", "cn", "CN", "China", "UK", "2019-02-30"),
            *(
                "2019-13-01",
                "2019-05-16T10:00",
                "2019-5-6",
                "16.05.2019",
                "0019-05-16",
                "two\nlines",
                "a\x07b",
                "x" * 501,
            ),
            *(
                [],
                ["none"],
                ["CN", "CN"],
                ["yes"],
                [None],
                [[]],
                [{}],
                {},
                {"value": "CN"},
                {"value": None},
                {"by": "x"},
            ),
            *({"value": "yes", "by": ""}, {"value": "yes", "day": "2019-02-30"}, {"value": "no", "sauce": "x"}, [3, 4]),
        ]
    ),
)


def acts(*, junk: bool = False) -> st.SearchStrategy[dict[str, object]]:
    """Return acts of every kind as Python values; with junk, most have something wrong in them."""
    return st.sampled_from(KINDS).flatmap(lambda kind: _act(kind, junk=junk))


@st.composite
def _act(draw: st.DrawFn, kind: str, *, junk: bool) -> dict[str, object]:
    facts = draw(_facts(act_shape(), kind, 3, junk=junk))
    said: object = draw(st.sampled_from([*[kind] * 12, "exprt", None])) if junk else kind
    return {**facts, "kind": said} if said else {name: value for name, value in facts.items() if name != "kind"}


@st.composite
def _facts(draw: st.DrawFn, shape: Shape, kind: str, depth: int, *, junk: bool) -> dict[str, object]:
    """Some facts of a group or a record, and all that a record needs."""
    astray = junk and not draw(st.integers(0, 19))
    places = {name: child for name, child in shape.children.items() if astray or kind in child.kinds}
    places = places or dict(shape.children)  # in a group that another kind of act has
    places.pop("kind" if shape is act_shape() else "", None)
    needed = [name for name, child in places.items() if child.rows and child.rows[0].required]
    names = draw(st.lists(st.sampled_from(sorted(places)), unique=True, max_size=6))
    if junk:
        needed = [name for name in needed if draw(st.integers(0, 19))]
        names += ["nme"] if not draw(st.integers(0, 49)) else []
    out: dict[str, object] = {}
    for name in dict.fromkeys([*needed, *names]):
        if name == "nme" or (junk and not draw(st.integers(0, 24))):
            out[name] = draw(JUNK)
        else:
            out[name] = draw(_place(places[name], kind, depth, junk=junk))
    return out


def _place(shape: Shape, kind: str, depth: int, *, junk: bool) -> st.SearchStrategy[object]:
    row = shape.row(kind) or shape.row("")
    if row is None:
        return _facts(shape, kind, depth, junk=junk)
    if row.type != RECORDS:
        return _with_origin(values(row))
    empty = [st.sampled_from([*(["none", []] if row.none else []), "undeterminable"])]
    if depth == 0:
        return _with_origin(empty[0])
    record: st.SearchStrategy[object] = _facts(shape, kind, depth - 1, junk=junk)
    if row.path == "red_flags":
        record = st.one_of(record, PLAIN["integer"])
    return _with_origin(st.one_of(*empty, st.lists(record, min_size=1, max_size=3)))


def _with_origin(value: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(value, st.builds(lambda one, origin: {"value": one, **origin}, value, ORIGINS))


def values(row: Row) -> st.SearchStrategy[object]:
    """Return values of every form that a fact may have, without an origin."""
    kind = LIST_TYPES.get(row.type, row.type)
    special = st.sampled_from([*(["none"] if row.none else []), "undeterminable"])
    if kind == "covers":
        return st.one_of(special, PLAIN["yes_no"], st.lists(NAMES, min_size=1, max_size=3))
    plain = st.sampled_from(list(row.domain)) if kind == "word" else PLAIN[kind]
    if row.type not in LIST_TYPES:
        return st.one_of(plain, special, *([st.sampled_from(list(row.domain))] if row.domain else []))
    return st.one_of(plain, special, st.lists(plain, min_size=0 if row.none else 1, max_size=3))


def every_row() -> tuple[Row, ...]:
    """Return every row of the table that holds values."""
    return tuple(row for row in vocabulary.table().rows if row.type != RECORDS)
