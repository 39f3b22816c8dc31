"""The screen and the act files: well formed, sourced, and short enough for their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from licet.formats.read import package_text
from licet.model.errors import FactsError, SourceError
from licet.story_data import Screen, read_screen

ACTS = Path(__file__).parents[2] / "src" / "licet" / "story_data" / "acts"
HEADING, TEXT_AND_CITE = 13, 77


def act_text(name: str) -> str:
    return (ACTS / name).read_text("utf-8")


@pytest.fixture(scope="module")
def text() -> str:
    return package_text("story_data", "screen.yaml")


def test_headings_and_lines_fit_their_places(shown: Screen) -> None:
    assert all(len(one) <= HEADING for column in shown.columns for one in column.heading)
    endings = [(line, end) for line in shown.lines for end in (line.if_same, line.if_other)]
    assert all(len(line.text) + len(end) + len(line.cite) <= TEXT_AND_CITE for line, end in endings)


def test_every_act_file_is_a_column(shown: Screen) -> None:
    assert sorted(column.file for column in shown.columns) == sorted(path.name for path in ACTS.glob("*.yaml"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title:", "titel:", "title is missing; titel is no field here"),
        ("    drawn: law", "    drawn: lawful", 'found "lawful"; allowed: law, said, due'),
        ("- 2018-05-15", "- 2018-05-35", 'found "2018-05-35", which is no day'),
        ('    cite: "83 FR 17644"\n', "", "cite is missing"),
        ("measures: [ZTE-DO]", "measures: ZTE-DO", "is no list of texts"),
        ("  REFER: {", "  REFFER: {", "REFER is missing; REFFER is no field here"),
    ],
)
def test_what_is_wrong_in_the_screen_is_named_with_its_place(text: str, old: str, new: str, said: str) -> None:
    assert old in text
    with pytest.raises(SourceError) as error:
        read_screen(text.replace(old, new, 1), act_text)
    assert said in str(error.value)
    assert "screen.yaml" in str(error.value)


def test_an_act_file_is_read_like_any_other(text: str) -> None:
    with pytest.raises(FactsError, match="purpos"):
        read_screen(text, lambda name: act_text(name).replace("purpose:", "purpos:"))


def test_facts_about_real_companies_have_a_source(shown: Screen) -> None:
    for column in shown.columns:
        facts = column.act.facts
        shares = {path: fact for path, fact in facts.items() if path.endswith("share_pct")}
        assert all(fact.source and fact.by and fact.day for fact in shares.values()), column.id
        unlisted = [path for path, count in column.act.counts.items() if path.endswith("listings") and not count]
        assert all(f"{path.removesuffix('listings')}screened_against" in facts for path in unlisted), column.id


def test_the_listings_of_the_parties_themselves_are_looked_up(shown: Screen) -> None:
    assert all(column.act.count("parties[0].listings") is None for column in shown.columns)


def test_the_owners_of_zte_are_its_real_ones_and_make_a_hundred(shown: Screen) -> None:
    act = next(column.act for column in shown.columns if column.id == "zte")
    count = act.count("parties[0].owners") or 0
    shares = [act.get(f"parties[0].owners[{number}].share_pct") for number in range(count)]
    assert count == 11
    assert sum(share for share in shares if isinstance(share, int | float)) == pytest.approx(100)


@pytest.mark.parametrize("name", ["network-upkeep.yaml", "handset-patch.yaml", "standard-5g.yaml"])
def test_acts_two_to_four_carry_both_certifications(shown: Screen, name: str) -> None:
    act = next(column.act for column in shown.columns if column.file == name)
    made = {(act.get(f"certifications[{i}].by"), str(act.get(f"certifications[{i}].day"))) for i in range(2)}
    assert made == {("exporter", "2019-05-20"), ("recipient", "2019-08-19")}
