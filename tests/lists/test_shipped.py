"""The lists that ship: whole, without sentences of their sources, and what the official texts say."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from licet.law.book import load
from licet.lists import shipped
from licet.lists.effect import Register, brought_in
from licet.lists.entry import Address, Citation, Entry, Name
from licet.lists.kept import pack
from licet.lists.merge import merge
from licet.lists.shipped import Block, Head, Removed, blocks, issues, read, removed, write, write_removed
from licet.lists.source import source
from licet.model.errors import SourceError
from real_lists import DATA, real

if TYPE_CHECKING:
    from types import ModuleType

TOOL = Path(__file__).parents[2] / "tools" / "make_shipped.py"
SPRING, SUMMER = date(2026, 3, 25), date(2026, 7, 23)
PART_744 = ("entity_list", "unverified_list", "meu_list")
ALPHA = Entry("cn-alpha", "entity", (Name("Alpha Co., Ltd."), Name("A", "alias")), ("CN",), scope="all")
BETA = Entry("cn-beta", "entity", (Name("Beta"),), ("CN",), cites=(Citation("84 FR 22963", date(2019, 5, 21)),))
HEAD = Head("a", "a", (SPRING, SUMMER), ("00", "11"), {"entries": 2}, "")


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Load `tools/make_shipped.py`."""
    spec = importlib.util.spec_from_file_location("make_shipped", TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# What ships


def test_the_lists_and_their_issues() -> None:
    days = {list_: [one.issued for one in each] for list_, each in issues().items()}
    assert days == {
        "denied_persons_list": [date(2019, 6, 12), date(2022, 9, 2), date(2023, 11, 28)],
        "fcc_covered_list": [date(2026, 7, 9)],
        **{list_: [SPRING, SUMMER] for list_ in PART_744},
    }
    assert {list_: len(issues()[list_][-1].entries) for list_ in PART_744} == {
        "entity_list": 3464, "unverified_list": 186, "meu_list": 70
    }  # fmt: skip
    assert all(one.known == one.issued for each in issues().values() for one in each)


def test_no_sentence_of_a_source_ships() -> None:
    for block in blocks():
        for entry in block.entries:
            assert (entry.scope_text, entry.policy_text, entry.remarks, entry.identifiers) == ("", "", "", ())
            assert block.head.list != "denied_persons_list" or not entry.addresses, "often a home or a prison"
    assert all(not (one.entry.scope_text or one.entry.policy_text or one.entry.remarks) for one in removed())


def test_every_list_may_be_passed_on_and_its_counts_hold() -> None:
    for block in blocks():
        described = source(block.head.source)
        assert described.redistribute == "yes"
        assert len(block.head.issues) == len(block.head.sha256)
        for name, bounds in described.counts.items():
            assert bounds.least <= block.head.counts[name] <= bounds.most
        assert len({entry.id for entry in block.entries}) == len(block.entries) == block.head.counts["entries"]


@pytest.mark.parametrize("list_", PART_744)
def test_the_two_issues_of_2026_are_one_state(list_: str) -> None:
    history = merge(issues()[list_])
    assert {row.appeared for row in history.rows} == {SPRING}
    assert all(row.gone is None and row.known_from == SPRING for row in history.rows)
    assert [stamp.issued for stamp in history.stamps] == [SPRING, SUMMER]


def test_huawei_and_those_inside_its_entry() -> None:
    entries = {entry.id: entry for entry in issues()["entity_list"][-1].entries}
    register = Register(load())
    main = next(one for one in entries.values() if one.names and one.names[0].text == "Huawei Technologies Co., Ltd.")
    assert (main.countries[0], main.scope, main.policy, main.footnotes) == (
        "CN",
        "all",
        "PRESUMPTION_OF_DENIAL",
        ("1", "2"),
    )
    assert brought_in(main, register, listed=False).day == date(2019, 5, 16)
    assert sum(one.part_of == main.id for one in entries.values()) == 22
    assert all(not one.part_of or one.part_of in entries for one in entries.values())


# Who was taken off


def test_who_was_taken_off_since_2022() -> None:
    by = {list_: [one for one in removed() if one.list == list_] for list_ in PART_744}
    assert {list_: len(found) for list_, found in by.items()} == {
        "entity_list": 7,
        "unverified_list": 70,
        "meu_list": 1,
    }
    names = {one.entry.names[0].text: one for one in by["entity_list"]}
    assert {name: (one.through, one.basis, one.checked) for name, one in names.items()} == {
        "Arash Dadgar": (None, "", "conflict"),
        "Hefei Bitland Information Technology Co. Ltd.": (None, "", ""),
        "Jazirah Aviation Club": (None, "", ""),
        "Nanchang O-Film Tech": (None, "", ""),
        "Ministry of Public Security?s Institute of Forensic Science of China": (date(2023, 11, 15), "rule", "memory"),
        "Mushko Electronics Pvt. Ltd.": (date(2022, 6, 27), "rule", "seen"),
        "Safe Technical Supply Co., LLC": (date(2022, 12, 7), "published", "seen"),
    }


def test_who_was_moved_from_the_unverified_list_to_the_entity_list() -> None:
    moved = [one for one in removed() if one.basis and one.list == "unverified_list"]
    assert {(one.through, one.cite, one.moved) for one in moved} == {
        (date(2022, 12, 15), "87 FR 76924", "entity_list"),
        (date(2022, 12, 15), "87 FR 77505", "entity_list"),
    }
    now = {name.text for entry in issues()["entity_list"][-1].entries for name in entry.names}
    assert all({name.text for name in one.entry.names} & now for one in moved)


def test_none_of_them_is_on_its_list_today() -> None:
    for one in removed():
        there = {
            (name.text, country) for e in issues()[one.list][0].entries for name in e.names for country in e.countries
        }
        assert not there & {(name.text, country) for name in one.entry.names for country in one.entry.countries}
        assert one.seen < (one.through or one.absent) < one.absent or one.through is None
        assert one.absent == SPRING


# The form


def test_what_is_written_is_read_again() -> None:
    text = write([Block(HEAD, (ALPHA, BETA)), Block(HEAD._replace(issues=(SUMMER,), sha256=("22",)), (BETA,))])
    first, second = read(text, "a.jsonl")
    assert (first.entries, second.entries) == ((ALPHA, BETA), (BETA,))
    assert first.head == HEAD._replace(digest=first.head.digest)
    assert first.head.digest != second.head.digest
    assert text.count("\n") == 5


def test_a_list_can_be_empty() -> None:
    (only,) = read(write([Block(HEAD, ())]), "a.jsonl")
    assert only.entries == ()


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("Beta", "Betta"),
        lambda text: "\n".join(text.splitlines()[:-1]),
        lambda text: text[: len(text) // 2],
        lambda text: "<html>" + text,
        lambda _: "",
        lambda text: text.replace('"issues": ["2026-03-25"', '"issues": ["2026-25-03"'),
    ],
)
def test_a_damaged_file_is_refused(damage: object) -> None:
    text = write([Block(HEAD, (ALPHA, BETA))])
    assert callable(damage)
    with pytest.raises(SourceError, match=r"a\.jsonl"):
        list(read(damage(text), "a.jsonl"))


def test_removed_parties_are_written_and_read_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    one = Removed("a", BETA, "csl", date(2022, 4, 21), SPRING)
    other = Removed("a", ALPHA, "csl", one.seen, SPRING, date(2022, 6, 27), "rule", "87 FR 38920", "seen", "b")
    (tmp_path / "removed.jsonl").write_text(write_removed([one, other]), "utf-8")
    monkeypatch.setattr(shipped, "HERE", tmp_path)
    shipped.removed.cache_clear()
    try:
        assert removed() == (other, one)
        (tmp_path / "removed.jsonl").write_text('{"list": "a"}\n', "utf-8")
        shipped.removed.cache_clear()
        with pytest.raises(SourceError, match="removed"):
            removed()
    finally:
        shipped.removed.cache_clear()


# The tool


def test_the_files_are_what_the_official_texts_say(tool: ModuleType) -> None:
    real("ecfr/title-15_part-744_2026-07-23.xml")
    texts = tool.files(DATA)
    there = {path.name: path.read_text("utf-8") for path in shipped.HERE.glob("*.jsonl")}
    assert sorted(texts) == sorted(there)
    stale = [name for name in there if texts[name] != there[name]]
    assert not stale, "run tools/make_shipped.py"


def listed(name: str, country: str = "CN", cite: str = "84 FR 22961", id_: str = "") -> Entry:
    """Return an entry as an older copy has it."""
    cites = (Citation(cite, date(2019, 5, 21)),) if cite else ()
    return Entry(
        id_ or f"entity_list:{name}", "unknown", (Name(name),), (country,), cites=cites, listed=date(2022, 4, 21)
    )


@pytest.mark.parametrize(
    "name",
    [
        "ALPHA CO LTD",
        "Alpha Co., Ltd., Shenzhen, Guangdong",
        "Omega (OM). Affiliated Entity: Alpha Co., Ltd.",
        "Omega (OM). Subordinate Institution - Alpha Co., Ltd.",
        "Alphaa Company Limited",
        "Alpha",
        "Alpha Co., Ltd. Room 5",
    ],
)
def test_a_respelling_is_no_removal(tool: ModuleType, name: str) -> None:
    today = {"entity_list": (ALPHA._replace(cites=(Citation("84 FR 22963"),)), BETA)}
    assert not tool.removals({"entity_list": (listed(name),)}, today, SPRING)


@pytest.mark.parametrize(
    ("name", "country", "cite"),
    [
        ("Gamma Co., Ltd.", "CN", "84 FR 22961"),
        ("Alpha Co., Ltd.", "HK", "84 FR 22961"),
        ("Alphaa Co., Ltd.", "CN", "84 FR 43493"),
        ("Alphabet Co., Ltd.", "CN", "84 FR 22961"),
    ],
)
def test_a_removal(tool: ModuleType, name: str, country: str, cite: str) -> None:
    today = {"entity_list": (ALPHA._replace(cites=(Citation("84 FR 22963"),)), BETA)}
    (one,) = tool.removals({"entity_list": (listed(name, country, cite),)}, today, SPRING)
    assert (one.list, one.entry.id, one.seen, one.absent, one.through) == (
        "entity_list", name, date(2022, 4, 21), SPRING, None
    )  # fmt: skip


def test_a_party_that_went_to_another_list_says_so(tool: ModuleType) -> None:
    now = Entry("ru-x", "entity", (Name("Intercom Ltd."),), ("RU",), cites=(Citation("87 FR 76926"),))
    older = {"unverified_list": (listed("Intercom Ltd.", "RU", ""),), "entity_list": ()}
    (one,) = tool.removals(older, {"unverified_list": (), "entity_list": (now,)}, SPRING)
    assert (one.through, one.basis, one.cite, one.moved) == (date(2022, 12, 15), "rule", "87 FR 76924", "entity_list")


def test_issues_that_say_the_same_are_one_block(tool: ModuleType) -> None:
    dotted = ALPHA._replace(addresses=(Address("5 Road, Town."),))
    plain = ALPHA._replace(addresses=(Address("5 Road; Town"),))
    other = ALPHA._replace(policy="DENIAL")
    base = source("entity_list").parse({"s.xml": sample()}, issued=SPRING)
    runs = [
        (base._replace(issued=day, entries=(entry,)), str(number))
        for number, (day, entry) in enumerate([(SPRING, dotted), (SUMMER, plain), (date(2026, 8, 1), other)])
    ]
    made = list(tool._blocks(runs))
    assert [block.head.issues for block in made] == [(SPRING, SUMMER), (date(2026, 8, 1),)]
    assert made[0].entries == (plain,), "the words of the last"


def sample() -> bytes:
    """Return the sample of the Entity List."""
    from licet.lists.folder import samples

    return next(iter(samples("entity_list").values()))


def test_the_tool_writes_compares_and_drops(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "TARGET", tmp_path)
    monkeypatch.setattr(tool, "files", lambda _: {"a.jsonl": "new\n"})
    (tmp_path / "b.jsonl").write_text("old\n", "utf-8")
    monkeypatch.setattr("sys.argv", ["make_shipped.py", "--check", str(tmp_path)])
    assert tool.main() == 1
    assert capsys.readouterr().out.count("differs") == 2
    monkeypatch.setattr("sys.argv", ["make_shipped.py", str(tmp_path)])
    assert tool.main() == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]
    monkeypatch.setattr("sys.argv", ["make_shipped.py", "--check", str(tmp_path)])
    assert tool.main() == 0
    monkeypatch.setattr("sys.argv", ["make_shipped.py"])
    with pytest.raises(SystemExit, match="usage"):
        tool.main()


def test_entries_are_written_as_the_store_writes_them() -> None:
    text = (shipped.HERE / "meu_list.jsonl").read_text("utf-8").splitlines()
    entries = issues()["meu_list"][-1].entries
    assert text[1:] == [pack(entry) for entry in entries]
    assert json.loads(text[0])["list"] == "meu_list"
