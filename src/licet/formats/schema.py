"""The JSON Schema (2020-12) of an act, generated from the table of facts.

It accepts what the reader accepts, but for three things that a schema cannot say: a day that does not exist (where
`format` is not checked), a name of a list that is nearly one of the known ones, and limits of size and depth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.formats.act import ORIGIN
from licet.formats.shape import Shape, act_shape
from licet.formats.value import ALLOWED, DAY_TEXT, ECCN, HTS, ID, MOST_NAME, MOST_TEXT, NUMERAL, UNPRINTABLE, YES_NO
from licet.model import vocabulary
from licet.model.act import NONE, UNDETERMINABLE
from licet.model.vocabulary import LIST_TYPES, RECORDS

if TYPE_CHECKING:
    from licet.model.vocabulary import Row

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
Schema = dict[str, Json]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOST = 10**15


def act_schema() -> Schema:
    """Return the schema of an act of any kind."""
    shape = act_shape()
    kinds = shape.children["kind"].rows[0].domain
    defs: Schema = {**_types()}
    for kind in kinds:
        properties = _properties(shape, kind, "", defs)
        properties["kind"] = {"const": kind, "description": shape.children["kind"].rows[0].question}
        defs[kind] = {**_object(properties), "required": ["kind"]}
    return {
        "$schema": DIALECT,
        "title": "An act",
        "description": "What licet is asked about. A fact that is left out is not stated: nobody asked.",
        "oneOf": [_ref(kind) for kind in kinds],
        "$defs": defs,
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _properties(shape: Shape, kind: str, path: str, defs: Schema) -> Schema:
    """Return the schemas of the facts of a group, of one record, or of the whole act."""
    out: Schema = {}
    for name, child in shape.children.items():
        if kind in child.kinds:
            row = child.row(kind)
            field = f"{path}.{name}" if path else name
            out[name] = _object(_properties(child, kind, field, defs)) if row is None else _fact(child, row, kind, defs)
    return out


def _fact(shape: Shape, row: Row, kind: str, defs: Schema) -> Schema:
    """Return the schema of a fact, plain or with its origin."""
    if row.type == RECORDS:
        value = _records(shape, row, kind, defs)
    elif row.type == "covers":
        value = _any(_ref("yes_no"), _special(row), _several(_ref("name")))
    elif row.type in LIST_TYPES:
        one = _plain(row)
        value = _any(one, _special(row), {**_several(one), "minItems": 0 if row.none else 1})
    else:
        value = _any(_plain(row), _special(row))
    origin = {name: _ref("day" if name == "day" else "origin") for name in ORIGIN}
    wrapped: Schema = {**_object({"value": value, **origin}), "required": ["value"]}
    said = " ".join(part for part in (vocabulary.question(row.path, kind=kind), row.help, f"({row.section})") if part)
    return {"title": row.term, "description": said, **_any(value, wrapped)}


def _any(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}


def _several(one: Schema) -> Schema:
    return {"type": "array", "items": one, "minItems": 1}


def _special(row: Row) -> Schema:
    return {"enum": [NONE, UNDETERMINABLE] if row.none else [UNDETERMINABLE]}


def _plain(row: Row) -> Schema:
    """Return the schema of one plain value, `none` and `undeterminable` left out."""
    kind = LIST_TYPES.get(row.type, row.type)
    if kind == "word":
        return {"enum": list(row.domain)}
    return _ref("yes_no" if kind == "yes_no_undeterminable" else kind)


def _records(shape: Shape, row: Row, kind: str, defs: Schema) -> Schema:
    """Return the schema of a list of records; one record is a definition, so that owners can have owners."""
    name = "_".join((kind, *row.path.replace("[]", "").replace(".owners.owners", ".owners").split(".")))
    if name not in defs:
        defs[name] = {}
        needed: list[Json] = [key for key, child in shape.children.items() if child.rows and child.rows[0].required]
        record: Schema = {**_object(_properties(shape, kind, row.path, defs)), "required": needed}
        flag = shape.children.get("flag")
        defs[name] = record if flag is None else _any(record, _any(_plain(flag.rows[0]), _special(flag.rows[0])))
    return _any(_special(row), {"type": "array", "items": _ref(name), "minItems": 0 if row.none else 1})


def _types() -> dict[str, Schema]:
    """Return the schemas of the types, by their names in the table."""
    text: Schema = {"type": "string"}
    number: Schema = {"type": "number", "minimum": 0, "exclusiveMaximum": MOST}
    whole: Schema = {"type": "integer", "minimum": 1, "exclusiveMaximum": MOST}
    unsaid = UNPRINTABLE[1:-1]
    line = rf"^[^{unsaid}\n\t]*[^\s{unsaid}][^{unsaid}\n\t]*$"
    lines = rf"^[^{unsaid}]*[^\s{unsaid}][^{unsaid}]*$"
    special: Schema = {"pattern": rf"^\s*({NONE}|{UNDETERMINABLE})\s*$"}
    percent = r"^(100(\.0{1,400})?|(0|[1-9][0-9]?)(\.[0-9]{1,400})?)$"
    schemas: dict[str, Schema] = {
        "yes_no": {"enum": [*YES_NO, True, False]},
        "day": {**text, "format": "date", "pattern": f"^{DAY_TEXT}$"},
        "code": {"enum": list(vocabulary.table().countries)},
        "name": {**text, "pattern": line, "maxLength": MOST_NAME, "not": special},
        "text": {**text, "pattern": lines, "maxLength": MOST_TEXT, "not": special},
        "origin": {**text, "pattern": lines, "maxLength": MOST_NAME},
        "number": _any(number, {**text, "pattern": f"^{NUMERAL}$"}),
        "integer": _any(whole, {**text, "pattern": r"^[1-9][0-9]{0,14}$"}),
        "pct": _any({**number, "maximum": 100}, {**text, "pattern": percent}),
        "eccn": {**text, "pattern": f"^({ECCN})$"},
        "hts": {**text, "pattern": f"^({HTS})$"},
        "id": {**text, "pattern": f"^({ID})$", "not": special},
    }
    schemas["usd"] = schemas["number"]
    return {name: {"description": ALLOWED.get(name, "text"), **schema} for name, schema in schemas.items()}
