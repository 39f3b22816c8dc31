"""What holds for the folder of every list: its description, its sample, its parser."""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from licet.lists import folder
from licet.lists.reading import fields_of, local
from licet.lists.source import Source, listed_is_effect, read_source, recognize, recognized, source, sources
from licet.model.errors import SourceError
from licet.model.outcome import Policy
from licet.model.vocabulary import country

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from licet.lists.entry import Entry, Parsed

IDS = folder.source_ids()
KINDS = {"entity", "person", "vessel", "aircraft", "address", "unknown"}
NAME_KINDS = {"primary", "alias", "weak_alias", "former"}
SCOPES = {"", "all", "ccl_and_supp7_part746", "text"}
UNHEARD = "UNHEARD_OF"
HTML = b"<!DOCTYPE html>\n<html><head><title>Service unavailable</title></head><body>Try again later.</body></html>\n"
DELIMITERS = {".csv": ",", ".txt": "\t"}

each = pytest.mark.parametrize("id_", IDS)


def sample(id_: str) -> dict[str, bytes]:
    return folder.samples(id_)


def parsed(id_: str) -> Parsed:
    return source(id_).parse(sample(id_))


def known(one: Source) -> set[str]:
    return {*one.used, *one.ignored}


# The folder


def test_every_folder_is_a_source_and_every_source_loads() -> None:
    folders = {path.name for path in folder.HERE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == set(IDS) == set(sources())


@each
def test_the_folder_has_its_four_parts(id_: str) -> None:
    names = {path.name for path in (folder.HERE / id_).iterdir() if path.name != "__pycache__"}
    samples = set(sample(id_))
    assert samples
    assert names == {"__init__.py", "source.yaml", "parse.py", *samples}
    assert sum(map(len, sample(id_).values())) < 50_000


@each
def test_the_description_is_whole_and_agrees_with_the_parser(id_: str) -> None:
    one = source(id_)
    assert one.id == id_
    assert known(one) == one.parser.FIELDS
    assert not set(one.used) & set(one.ignored)
    assert "issued" in one.dates
    assert any(form.kind == "official" for form in one.formats) or "re-encoding" in one.formats[0].kind
    assert set(one.counts) <= set(parsed(id_).counts)
    for text in (one.title, one.means, one.license, one.complete.why, *one.traps, *one.dates.values()):
        assert "TODO" not in text


def test_which_days_of_listing_are_days_of_effect() -> None:
    """Those of the Consolidated Screening List are days of publication; three sources print no such day."""
    assert {id_ for id_ in IDS if not source(id_).listed_is_effect} == {
        *("csl", "entity_list", "meu_list", "unverified_list"),
    }
    assert listed_is_effect("entity_list"), "a rule that feeds it states its day of effect"
    assert not listed_is_effect("meu_list")


@each
def test_a_day_of_listing_is_explained_where_it_is_read(id_: str) -> None:
    one = source(id_)
    assert "listed" in one.dates or not one.listed_is_effect
    assert "listed" in one.dates or not any(entry.listed for entry in parsed(id_).entries)


@each
def test_a_description_with_an_unknown_or_missing_field_is_refused(id_: str) -> None:
    text = folder.description(id_)
    with pytest.raises(SourceError, match="unheard_of"):
        read_source(text + "\nunheard_of: x\n", id_)
    with pytest.raises(SourceError, match="means"):
        read_source(re.sub(r"(?m)^means:(.*\n)(?:[ ].*\n)*", "", text), id_)
    with pytest.raises(SourceError, match="as its folder is called"):
        read_source(text, "another")


# The sample


@each
def test_the_sample_parses_without_noise(id_: str) -> None:
    found = parsed(id_)
    assert found.noises == ()
    assert found.entries
    assert found.list == source(id_).feeds


@each
def test_ids_are_unique_and_parts_belong_to_an_entry(id_: str) -> None:
    entries = parsed(id_).entries
    ids = [entry.id for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"\S+", one) for one in ids)
    assert {entry.part_of for entry in entries if entry.part_of} <= set(ids)
    assert all(entry.part_of != entry.id for entry in entries)


@each
def test_names_kinds_and_words_are_of_the_closed_lists(id_: str) -> None:
    for entry in parsed(id_).entries:
        assert entry.kind in KINDS
        assert entry.names or (entry.kind == "address" and entry.addresses)
        assert {name.kind for name in entry.names} <= NAME_KINDS
        assert [name.kind for name in entry.names].count("primary") == (1 if entry.names else 0)
        assert not entry.names or entry.names[0].kind == "primary"
        assert entry.scope in SCOPES
        assert entry.policy in {"", *Policy.__members__}


@each
def test_countries_are_codes(id_: str) -> None:
    for entry in parsed(id_).entries:
        codes = [
            *entry.countries,
            *(one.country for one in entry.addresses),
            *(one.country for one in entry.identifiers),
        ]
        assert all(country(code) for code in codes if code), codes
        assert all(entry.countries)


@each
def test_texts_are_clean(id_: str) -> None:
    for entry in parsed(id_).entries:
        for text in texts(entry):
            assert text == text.strip()
            assert text
            assert not re.search(r"[\x00-\x1f\x7f\u00a0\u200b]|  ", text), text


def texts(entry: Entry) -> Iterator[str]:
    """Yield what must not be empty, and what may be where it is not."""
    yield entry.id
    for name in entry.names:
        yield name.text
    for address in entry.addresses:
        yield address.text
    for one in entry.identifiers:
        yield from (one.kind, one.value)
    for cite in entry.cites:
        yield cite.text
    yield from (*entry.programs, *entry.footnotes)
    yield from filter(None, (entry.scope_text, entry.policy_text, entry.remarks))


@each
def test_every_field_of_the_sample_is_used_or_ignored_by_name(id_: str) -> None:
    fields = set().union(*(fields_in(id_, name, data) for name, data in sample(id_).items()))
    assert fields - known(source(id_)) == set()


def fields_in(id_: str, name: str, data: bytes) -> set[str]:
    """Return the fields of a sample: tags and attributes, keys, or columns."""
    end = Path(name).suffix
    if end == ".xml":
        return fields_of(tree(data))
    if end == ".json":
        return set(keys_in(json.loads(data)))
    return set(columns_of(id_, name)) or set(
        next(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=DELIMITERS[end]))
    )


def tree(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314 - our own


def columns_of(id_: str, name: str) -> tuple[str, ...]:
    """Return the columns of a sample without a header: `COLUMNS` of a parser gives them by the name of the sample."""
    columns: dict[str, tuple[str, ...]] = getattr(source(id_).parser, "COLUMNS", {})
    return columns.get(name, ())


def keys_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_in(inner)


# The parser


@each
def test_the_sample_is_recognized_by_its_content_and_by_its_source_alone(id_: str) -> None:
    files = {f"download-{number}": data for number, data in enumerate(sample(id_).values())}
    found = recognize(files)
    assert found is not None
    assert found.id == id_
    assert source(id_).parse(files).entries == parsed(id_).entries


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", HTML, b"{}", b"[]", b"<x/>", b"a,b\n1,2\n", b"\xff\xfe<\x00", b"PK\x03\x04"]
)
def test_nothing_recognizes_what_is_no_list(data: bytes) -> None:
    assert recognized({"download": data}) == ()
    assert recognized({}) == ()


@each
def test_another_list_is_refused(id_: str) -> None:
    for other in IDS:
        if other != id_:
            with pytest.raises(SourceError):
                source(id_).parse(sample(other))
    with pytest.raises(SourceError):
        source(id_).parse({})


@each
def test_parsing_needs_nothing_but_the_bytes(id_: str) -> None:
    tree = ast.parse((folder.HERE / id_ / "parse.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    roots = {name.partition(".")[0] for name in imported}
    assert not roots & {"os", "pathlib", "io", "sqlite3", "urllib", "socket", "random", "time", "subprocess", "shutil"}
    assert not [name for name in imported if name.startswith("licet.lists.sources.")], "sources do not know each other"
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in {"open", "eval", "exec"}]


def test_parsing_is_the_same_in_every_process() -> None:
    code = (
        "from licet.lists import folder\nfrom licet.lists.source import source\n"
        "print([source(i).parse(folder.samples(i)) for i in folder.source_ids()])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1


@each
def test_parsing_leaves_its_input_alone(id_: str) -> None:
    files = sample(id_)
    before = dict(files)
    assert source(id_).parse(files) == source(id_).parse(files)
    assert files == before


# Noise and refusal


@each
def test_a_field_that_is_not_known_makes_a_noise(id_: str) -> None:
    tried = 0
    for name, data in sample(id_).items():
        for place, changed in with_unknown_field(id_, name, data):
            tried += 1
            assert noisy(id_, {**sample(id_), name: changed}), (
                f"{name}: nothing was said of an unknown field in {place}"
            )
    assert tried


def noisy(id_: str, files: dict[str, bytes]) -> bool:
    try:
        found = source(id_).parse(files)
    except SourceError:
        return True
    return any(UNHEARD in noise for noise in found.noises)


def with_unknown_field(id_: str, name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield copies of a sample, each with a field that is not known in one place, for every place that is read."""
    end = Path(name).suffix
    if end == ".xml":
        yield from xml_with_unknown(id_, data)
    elif end == ".json":
        yield from json_with_unknown(id_, data)
    else:
        delimiter = DELIMITERS[end]
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig").rstrip("\x1a")), delimiter=delimiter))
        cells = ["x" if columns_of(id_, name) else UNHEARD, *("x" for _ in rows[1:])]
        yield "a row", written([[*row, cell] for row, cell in zip(rows, cells, strict=True)], delimiter)


def written(rows: list[list[str]], delimiter: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def xml_with_unknown(id_: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Put an unknown element, and an unknown attribute, into the first element of each name that is used."""
    used = source(id_).used
    for tag in sorted({local(node.tag) for node in tree(data).iter()} & set(used)):
        for change in ("child", "attribute"):
            root = tree(data)
            node = next((node for node in root.iter() if local(node.tag) == tag and not_ignored(root, node, id_)), None)
            if node is None:
                continue
            if change == "child":
                ET.SubElement(node, UNHEARD).text = "x"
            else:
                node.set(UNHEARD, "x")
            yield f"<{tag}> ({change})", ET.tostring(root, encoding="utf-8", xml_declaration=True)


def not_ignored(root: ET.Element, node: ET.Element, id_: str) -> bool:
    """Say whether no element above a node is ignored by name."""
    above = {child: parent for parent in root.iter() for child in parent}
    while node in above:
        node = above[node]
        if local(node.tag) in source(id_).ignored:
            return False
    return True


def json_with_unknown(id_: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Put an unknown key into the first object of each place that is not ignored."""
    places: dict[str, Callable[[object], dict[str, object]]] = {}

    def walk(value: object, place: str, reach: Callable[[object], object]) -> None:
        if isinstance(value, dict):
            places.setdefault(place, reach)  # type: ignore[arg-type]
            for key, inner in value.items():
                if key not in source(id_).ignored:
                    walk(inner, f"{place}.{key}", lambda top, reach=reach, key=key: reach(top)[key])  # type: ignore[misc]
        elif isinstance(value, list):
            for number, inner in enumerate(value[:1]):
                walk(inner, f"{place}[]", lambda top, reach=reach, number=number: reach(top)[number])  # type: ignore[misc]

    walk(json.loads(data), "", lambda top: top)
    for place, reach in places.items():
        top = json.loads(data)
        reach(top)[UNHEARD] = "x"
        yield place, json.dumps(top).encode()


@each
@pytest.mark.parametrize("damage", ["empty", "blank", "html", "utf-16", "truncated", "doubled", "shuffled", "entities"])
def test_a_damaged_file_is_refused(id_: str, damage: str) -> None:
    for name, data in sample(id_).items():
        changed = damaged(damage, id_, name, data)
        if changed is not None:
            with pytest.raises(SourceError):
                source(id_).parse({**sample(id_), name: changed})


def damaged(damage: str, id_: str, name: str, data: bytes) -> bytes | None:
    """Return a damaged copy of a sample; None where its format cannot have this damage."""
    plain = {"empty": b"", "blank": b" \r\n", "html": HTML, "utf-16": data.decode("utf-8-sig").encode("utf-16")}
    if damage in plain:
        return plain[damage]
    if Path(name).suffix in DELIMITERS:
        return damaged_table(damage, id_, name, data)
    if damage == "entities" and name.endswith(".xml"):
        bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        return re.sub(rb"(<\?xml[^>]*\?>\s*)?", lambda m: m[0] + bomb, data, count=1)
    return {"truncated": data[: len(data) * 3 // 5], "doubled": data + data}.get(damage)


def damaged_table(damage: str, id_: str, name: str, data: bytes) -> bytes | None:
    delimiter = DELIMITERS[Path(name).suffix]
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig").rstrip("\x1a")), delimiter=delimiter))
    changed = {"truncated": [*rows[:-1], rows[-1][: len(rows[-1]) // 2]]}
    if not columns_of(id_, name):
        changed |= {"doubled": rows + rows, "shuffled": [[row[1], row[0], *row[2:]] for row in rows]}
    return written(changed[damage], delimiter) if damage in changed else None


# The registry


def test_an_id_that_is_no_list_is_refused_with_the_nearest() -> None:
    with pytest.raises(SourceError, match="did you mean"):
        source(IDS[0][:-1])
