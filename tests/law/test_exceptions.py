"""License exceptions: each limb of 740.2 and each term on either side, each change on the day before, on it, after."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from chart_acts import CASES, RAW, SOURCES, TABLE_DAY, case_of, classified, needs_raw, simple
from licet.cases.read import read_cases
from licet.engine.fork import Leaf
from licet.engine.formula import Least, Most, reach, trees
from licet.law.case import Claim
from licet.law.rule import Subject
from licet.law.us_ear import exceptions, part_742, part_744, part_744_supp7, part_750, tables
from licet.law.us_ear.compile_exceptions import compile_exceptions
from licet.law.us_ear.exception_lines import line
from licet.law.us_ear.exception_standings import standings
from licet.law.us_ear.exception_terms import TERMS
from licet.law.us_ear.part_740 import SYMBOLS
from licet.model.act import Act
from licet.model.errors import LawbookError
from licet.model.outcome import TOP, outcome_of
from licet.model.vocabulary import row

if TYPE_CHECKING:
    from types import ModuleType

    from licet.engine.fork import Tree
    from licet.law.case import Case, Ruled
    from licet.model.answer import Standing

TABLES = Path(exceptions.__file__).parent / "tables"
ITEM = "items[0]"
ONE_DAY = timedelta(days=1)
TGL = (part_744_supp7.existing_network, part_744_supp7.existing_handset)


@dataclass
class Said:
    """What step (6) and the exceptions say together of the first item."""

    case: Case
    at_least: str
    at_most: str
    exceptions: exceptions.Exceptions
    claims: list[Claim]

    @property
    def outcome(self) -> str:
        """The outcome where both ends agree, else REFER."""
        return self.at_least if self.at_least == self.at_most else "REFER"

    def standing(self, symbol: str) -> Standing:
        """Return how one exception stands."""
        return standings({ITEM: self.exceptions}, self.claims)[symbol]

    @property
    def words(self) -> dict[str, str]:
        """The word for each exception that is shown."""
        return {symbol: one.word for symbol, one in standings({ITEM: self.exceptions}, self.claims).items()}

    @property
    def asked(self) -> set[str]:
        """Paths behind the open questions of the lifts."""
        lifts = [lift for claim in self.claims for lift in claim.overcome_by]
        return {self.case.stock.behind(fact).path for lift in lifts for one in trees(lift.tree) for fact in _facts(one)}


def _facts(tree: Tree) -> list[str]:
    return [] if isinstance(tree, Leaf) else [tree.fact, *_facts(tree.yes), *_facts(tree.no)]


def listed(case: Case) -> list[Claim]:
    """Return the claims of 744.11, each with the heads of the general license of 2019."""
    found = []
    for party in case.parties:
        for candidate in case.listings(party, "entity_list"):
            subject = Subject(ITEM, party, candidate)
            heads = tuple(case.ground(rule, subject) for rule in TGL)
            found.append(Claim(case.ground(part_744.entity_list, subject), heads))
    return found


def of_case(case: Case) -> Said:
    """Return what the chart and the exceptions say of a case."""
    found = exceptions.Exceptions(case, ITEM, listed(case))
    claims = [
        Claim(case.ground(rule, Subject(ITEM)), found.lifts(rule.section)) for rule in part_742.grounds(case, ITEM)
    ]
    each = (Least((claim.ground, *map(exceptions.whole, claim.overcome_by))) for claim in claims)
    low, high = reach(Most(tuple(each)))
    return Said(case, outcome_of(low).name, outcome_of(high).name, found, claims)


def say(eccn: str, to: str, claim: str = "", day: date = TABLE_DAY, **more: object) -> Said:
    """Return what is said of one item to a destination, with an exception claimed and its conditions met."""
    stated = {"exception_claimed": claim, "exception_conditions_met": "yes"} if claim else {}
    return of_case(case_of(without_none(simple(eccn, to, **{**stated, **more})), day))


def without_none(facts: dict[str, object]) -> dict[str, object]:
    """Return the facts that are stated: those given as None are left out."""
    return {
        name: without_none(value) if isinstance(value, dict) else value
        for name, value in facts.items()
        if value is not None
    }


def word(symbol: str, eccn: str, to: str, day: date = TABLE_DAY, **more: object) -> str:
    """Return how an exception stands that is claimed; `not open` where it surely does not apply."""
    found = say(eccn, to, symbol, day, **more).exceptions.of(symbol)
    low, high = reach(exceptions.whole(found))
    return "not open" if low == TOP else "open" if high < TOP else "may be"


def why(symbol: str, eccn: str, to: str, day: date = TABLE_DAY, **more: object) -> str:
    """Return why an exception that is claimed does not apply, with the citation."""
    (leaf,) = trees(say(eccn, to, symbol, day, **more).exceptions.of(symbol).tree)
    assert isinstance(leaf, Leaf)
    assert leaf.finding.value == TOP
    return f"{leaf.finding.says} [{', '.join(leaf.finding.cites)}]"


def around(day: date) -> tuple[date, date, date]:
    """Return the day before, the day, and the day after."""
    return day - ONE_DAY, day, day + ONE_DAY


def controls(*columns: str, **more: object) -> dict[str, Any]:
    """Return an item with reasons as classified."""
    return {"item": {"controls": list(columns), **more}}


NS = controls("NS 2", "AT 1", gbs_eligible="yes")


# -- the table of lines


@pytest.fixture(scope="module")
def made() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "tools" / "make_exceptions.py"
    spec = importlib.util.spec_from_file_location("make_exceptions", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@needs_raw
def test_the_table_is_what_the_source_gives(made: ModuleType) -> None:
    assert (TABLES / "exceptions.csv").read_text("utf-8") == made.made(RAW)


def test_the_compiled_table_is_what_its_source_gives() -> None:
    text = (TABLES / "exceptions.csv").read_text("utf-8")
    assert (TABLES / "exceptions.json").read_text("utf-8") == compile_exceptions(text)


def test_a_cell_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(LawbookError, match="3A001 LVS"):
        compile_exceptions("eccn,LVS,GBS,TSR\n3A001,$5000,-,\n")


@pytest.mark.parametrize(
    ("code", "name", "said", "certain"),
    [
        ("3A001.a.2", "GBS", {"yes"}, True),
        ("3A001.a.5.a", "GBS", {"yes"}, True),
        ("3A001.z", "GBS", {"?"}, False),
        ("3A001.e", "GBS", set(), True),
        ("3A001", "GBS", {"yes", "?"}, False),
        ("1A008.d", "LVS", {"6000"}, True),
        ("1A008.b", "LVS", {"3000"}, True),
        ("3B001.a.4", "LVS", set(), True),
        ("3B001.a.1", "LVS", {"500"}, True),
        ("4A994", "LVS", {"-"}, True),
        ("3E002", "TSR", {"yes"}, True),
    ],
)
def test_a_line_is_read_by_paragraph(code: str, name: str, said: set[str], *, certain: bool) -> None:
    found = line(code, name)
    assert found is not None
    assert ({part.word for part in found.parts}, found.certain) == (said, certain)


def test_no_line_is_known_of_an_entry_that_the_table_lacks() -> None:
    assert line("2A000.a", "GBS") is None
    assert line("EAR99", "LVS") is None


# -- what holds for all


def test_every_exception_of_the_vocabulary_has_its_terms_and_cites() -> None:
    fact = row("exception_claimed", "export")
    assert fact is not None
    assert set(fact.domain) == set(SYMBOLS) == set(TERMS)
    for symbol in SYMBOLS:
        rules = (exceptions.rule_of(symbol), *exceptions.closings(symbol))
        assert all(rule.authorizes and rule.cites and rule.step == 11 for rule in rules)


def test_every_measure_that_begins_or_ends_an_exception_is_in_the_book() -> None:
    named = {name for terms in TERMS.values() for name in (terms.since, terms.until) if name}
    assert named <= set(SOURCES.book)


@pytest.mark.parametrize("day", [date(2018, 3, 1), date(2020, 7, 5), date(2022, 11, 1), TABLE_DAY])
@pytest.mark.parametrize("eccn", ["", "3A001", "9A610", "0A501", "4A003.z", "3E001", "7A103", "2B999"])
def test_no_tree_has_more_than_64_leaves_with_nothing_known(eccn: str, day: date) -> None:
    act: dict[str, object] = {"items": [{"name": "x", **({"eccn": eccn} if eccn else {})}]}
    case = case_of({**act, "parties": [{"name": "A"}, {"name": "B"}]}, day)
    found = exceptions.Exceptions(case, ITEM)
    for symbol in SYMBOLS:
        found.of(symbol)
        pieces = [case.ground(rule, Subject(ITEM)) for rule in exceptions.closings(symbol)]
        assert all(_leaves(tree) <= 64 for piece in pieces for tree in trees(piece.tree)), symbol


def _leaves(tree: Tree) -> int:
    return 1 if isinstance(tree, Leaf) else _leaves(tree.yes) + _leaves(tree.no)


# -- what is claimed


def test_an_exception_that_is_claimed_and_met_overcomes_the_chart() -> None:
    said = say("2A000.a", "TD", "GBS", **NS)
    assert said.outcome == "AUTHORIZED"
    assert said.standing("GBS").word == "available"
    assert {lift.rule.section for claim in said.claims for lift in claim.overcome_by} == {"us_ear/740.4"}


def test_none_claimed_overcomes_nothing_and_names_the_candidates() -> None:
    said = say("2A000.a", "TD", **NS)
    assert said.outcome == "LICENSE_REQUIRED"
    assert not any(claim.overcome_by for claim in said.claims)
    assert said.words["GBS"] == "candidate"


def test_not_stated_is_open() -> None:
    said = say("2A000.a", "TD", exception_claimed=None, **NS)
    assert (said.at_least, said.at_most) == ("AUTHORIZED", "LICENSE_REQUIRED")
    assert said.asked == {"exception_claimed"}


def test_not_stated_is_decided_where_every_exception_is_closed() -> None:
    assert say("0A981", "IR", exception_claimed=None, **controls("NS 1")).exceptions.lifts("us_ear/738.4 NS 1") == ()


def test_what_cannot_be_known_is_not_claimed() -> None:
    assert say("2A000.a", "TD", exception_claimed="undeterminable", **NS).outcome == "LICENSE_REQUIRED"


def test_an_item_can_claim_another_exception_than_the_act() -> None:
    item = {"controls": ["NS 2", "AT 1"], "gbs_eligible": "yes", "exception_claimed": "GBS"}
    assert say("2A000.a", "TD", "TSU", item=item).outcome == "AUTHORIZED"
    assert say("2A000.a", "TD", "GBS", item={**item, "exception_claimed": "none"}).outcome == "LICENSE_REQUIRED"


@pytest.mark.parametrize(
    ("stated", "outcome"),
    [("yes", "AUTHORIZED"), ("no", "LICENSE_REQUIRED"), (None, "REFER"), ("undeterminable", "LICENSE_REQUIRED")],
)
def test_the_exporters_word_decides_what_is_no_fact_of_the_act(stated: str | None, outcome: str) -> None:
    said = say("2A000.a", "TD", "TMP", exception_conditions_met=stated, **NS)
    assert said.outcome == outcome
    assert stated is not None or said.asked == {"exception_conditions_met"}


def test_gbs_asks_for_no_word_but_hears_one() -> None:
    assert say("2A000.a", "TD", "GBS", exception_conditions_met=None, **NS).outcome == "AUTHORIZED"
    assert say("2A000.a", "TD", "GBS", exception_conditions_met="no", **NS).outcome == "LICENSE_REQUIRED"


def test_the_word_on_one_exception_says_nothing_of_another() -> None:
    said = say("2A000.a", "TD", "GBS", exception_conditions_met="no", **NS)
    assert said.words["GBS"] == "unavailable"
    assert said.words["TMP"] == "candidate"


def test_an_exception_whose_terms_are_not_modeled_is_open_with_its_section() -> None:
    said = say("2A000.a", "DE", "STA", **controls("NS 1"))
    assert (said.at_least, said.at_most) == ("AUTHORIZED", "LICENSE_REQUIRED")
    assert said.asked == {"us_ear/740.20"}
    assert said.standing("STA")[:3] == ("STA", "740.20", "candidate")
    assert word("STA", "2A000.a", "CN", **controls("NS 2")) == "not open"


def test_an_item_that_is_not_classified_is_not_authorized() -> None:
    act = {**simple("EAR99", "TD"), "exception_claimed": "TMP", "exception_conditions_met": "yes"}
    act["items"] = [{"name": "it", "kind": "commodity", "us_origin": "yes"}]
    said = of_case(case_of(act))
    assert said.at_most == "LICENSE_REQUIRED"


# -- 740.3 LVS


@pytest.mark.parametrize(("value", "outcome"), [(5000, "AUTHORIZED"), (5000.01, "LICENSE_REQUIRED"), (None, "REFER")])
def test_lvs_reaches_the_limit_of_the_entry(value: float | None, outcome: str) -> None:
    item = {"controls": ["NS 2"], "lvs_limit_usd": 5000, **({} if value is None else {"value_usd": value})}
    said = say("2A000.a", "TD", "LVS", item=item)
    assert said.outcome == outcome
    assert value is not None or said.asked == {"items[0].value_usd"}


def test_lvs_takes_the_limit_of_the_table() -> None:
    assert word("LVS", "1A008.d", "BR", item={"value_usd": 6000}) == "open"
    assert word("LVS", "1A008.d", "BR", item={"value_usd": 6001}) == "not open"
    assert word("LVS", "1A008.b", "BR", item={"value_usd": 6000}) == "not open"
    assert word("LVS", "3A002.b", "BR", item={"value_usd": 1}) == "not open"


def test_lvs_asks_for_a_limit_that_the_table_lacks() -> None:
    said = say("3A001.a.2", "BR", "LVS", item={"value_usd": 100})
    assert said.outcome == "REFER"
    assert said.asked == {"items[0].lvs_limit_usd"}
    assert word("LVS", "3A001.a.2", "BR", item={"value_usd": 100, "lvs_limit_usd": "none"}) == "not open"


def test_lvs_asks_for_the_paragraph() -> None:
    said = say("3B001", "BR", "LVS", item={"value_usd": 100, "controls": ["NS 2"]})
    assert said.asked == {"items[0].eccn"}


def test_lvs_adds_the_items_of_one_entry() -> None:
    act = simple("2A000.a", "TD", exception_claimed="LVS", exception_conditions_met="yes")
    one: dict[str, object] = {
        "name": "a",
        "kind": "commodity",
        "eccn": "2A000.a",
        "us_origin": "yes",
        "controls": ["NS 2"],
    }
    one |= {"lvs_limit_usd": 5000, "value_usd": 3000}
    same, other = {**one, "name": "b", "eccn": "2A000.b"}, {**one, "name": "b", "eccn": "2A001"}
    assert of_case(case_of({**act, "items": [one, same]})).outcome == "LICENSE_REQUIRED"
    assert of_case(case_of({**act, "items": [one, other]})).outcome == "AUTHORIZED"
    assert of_case(case_of({**act, "items": [one, {**same, "value_usd": 2000}]})).outcome == "AUTHORIZED"


def test_lvs_leaves_out_reasons_and_groups_that_the_line_names() -> None:
    assert word("LVS", "2A001", "BR", item={"value_usd": 1, "controls": ["NS 2"]}) == "open"
    assert word("LVS", "1B001.b", "BR", item={"value_usd": 1, "controls": ["NS 2", "NP 1"]}) == "open"
    assert word("LVS", "1C010.a", "BR", item={"value_usd": 1, "controls": ["NS 2", "NP 1"]}) == "not open"
    assert word("LVS", "2B350", "BR", item={"value_usd": 1}) == "open"
    assert word("LVS", "2B350", "PK", item={"value_usd": 1}) == "not open"  # Pakistan stands in B and in D:3


def test_lvs_is_for_commodities_to_country_group_b() -> None:
    item = {"controls": ["NS 2"], "lvs_limit_usd": 5000, "value_usd": 1}
    assert word("LVS", "2A000", "TD", item=item) == "open"
    assert word("LVS", "2A000", "CN", item=item) == "not open"
    assert word("LVS", "2A000", "TD", item={**item, "kind": "technology"}) == "not open"


# -- 740.4 GBS, 740.6 TSR


def test_gbs_is_for_national_security_alone() -> None:
    assert word("GBS", "2A000.a", "TD", **NS) == "open"
    assert word("GBS", "2A000.b", "TD", **controls("NS 2", "NP 1", gbs_eligible="yes")) == "not open"
    # Brazil has no mark in NP 1: there the chart asks for national security alone
    assert word("GBS", "2A000.b", "BR", **controls("NS 2", "NP 1", gbs_eligible="yes")) == "open"


def test_gbs_does_not_lift_other_columns() -> None:
    found = say("2A000.a", "TD", "GBS", **NS).exceptions
    assert [len(found.lifts(f"us_ear/738.4 {one}")) for one in ("NS 1", "NS 2", "RS 1")] == [1, 1, 0]


@pytest.mark.parametrize(("to", "open_"), [("TD", True), ("SD", False), ("UA", False), ("CN", False)])
def test_gbs_leaves_out_sudan_and_ukraine(to: str, *, open_: bool) -> None:
    assert word("GBS", "2A000.a", to, **NS) == ("open" if open_ else "not open")


def test_gbs_takes_the_line_of_the_entry() -> None:
    assert word("GBS", "3A001.a.2", "BR") == "open"
    assert word("GBS", "3A001.e.1", "BR") == "not open"
    assert word("GBS", "3A001.b.2", "BR", **controls("NS 2")) == "may be"
    assert say("2A000.a", "TD", "GBS", **controls("NS 2")).asked == {"items[0].gbs_eligible"}


def test_country_group_b_has_its_history() -> None:
    days = around(date(2020, 2, 24))
    assert [word("GBS", "2A000.a", "YE", day, **NS) for day in days] == ["open", "not open", "not open"]


def test_tsr_needs_technology_country_group_b_and_the_assurance() -> None:
    item = {"kind": "technology", "controls": ["NS 1", "AT 1"]}
    assert word("TSR", "3E002", "BR", item=item) == "open"
    assert word("TSR", "3E002", "CN", item=item) == "not open"
    assert word("TSR", "3E002", "BR", item={**item, "kind": "commodity"}) == "not open"
    assert word("TSR", "3E002", "BR", exception_conditions_met=None, item=item) == "may be"
    assert word("TSR", "1E002.e", "BR", item=item) == "not open"
    assert word("TSR", "2E002", "BR", item={**item, "controls": ["NS 1", "MT 1"]}) == "not open"


# -- 740.5 CIV, SPP


def test_civ_ended_on_2020_06_28() -> None:
    users = {"party": {"military_end_user": "no"}, **controls("NS 2", "AT 1")}
    days = around(date(2020, 6, 29))
    assert [word("CIV", "3A001.a.2", "CN", day, **users) for day in days] == ["open", "not open", "not open"]
    assert "85 FR 23470" in why("CIV", "3A001.a.2", "CN", days[1], **users)
    assert [say("3A001.a.2", "CN", "CIV", day, **users).outcome for day in days[:2]] == [
        "AUTHORIZED",
        "LICENSE_REQUIRED",
    ]


def test_civ_is_for_civil_users_and_uses_in_d1_without_north_korea() -> None:
    day, users = date(2020, 6, 1), {"party": {"military_end_user": "no"}, **controls("NS 2", "AT 1")}
    assert word("CIV", "3A001.a.2", "VN", day, **users) == "open"
    assert word("CIV", "3A001.a.2", "TD", day, **users) == "not open"
    assert word("CIV", "3A001.a.2", "KP", day, **users) == "not open"
    assert word("CIV", "3A001.a.2", "CN", day, **{**users, "end_use": {"known": ["military"]}}) == "not open"
    assert word("CIV", "3A001.a.2", "CN", day, **{**users, "party": {"military_end_user": "yes"}}) == "not open"
    assert say("3A001.a.2", "CN", "CIV", day, **controls("NS 2")).asked == {"parties[0].military_end_user"}
    assert word("CIV", "2A000.a", "CN", day, **{**users, **controls("NS 2", "RS 1")}) == "not open"


def test_spp_opens_syria_for_ear99() -> None:
    days = around(date(2025, 9, 2))
    assert [word("SPP", "EAR99", "SY", day) for day in days] == ["not open", "open", "open"]
    assert word("SPP", "EAR99", "CU") == "not open"
    assert word("SPP", "3A991", "SY") == "not open"
    found = say("EAR99", "SY", "SPP").exceptions
    assert len(found.lifts("us_ear/746.9")) == 1
    assert found.lifts("us_ear/738.4 AT 1") == ()


# -- 740.10 to 740.17


def test_rpl_tsu_and_apr_by_kind_and_activity() -> None:
    assert word("RPL", "2A000", "CN", **controls("NS 2")) == "open"
    assert word("RPL", "3E001", "CN", **controls("NS 1", kind="technology")) == "not open"
    assert word("RPL", "2A000", "CN", **controls("NS 2"), end_use={"known": ["nuclear"]}) == "may be"
    assert word("TSU", "5D001", "CN", **controls("NS 1", kind="software")) == "open"
    assert word("TSU", "5A001", "CN", **controls("NS 1")) == "not open"
    assert word("APR", "2A000", "CN", **controls("NS 2")) == "not open"
    assert word("APR", "2A000", "CN", activity="reexport", **controls("NS 2")) == "open"
    assert word("APR", "6A003.a.1", "DE", **controls("NS 2")) == "open"


def test_enc_is_for_encryption_items_and_not_for_e1_and_e2() -> None:
    assert word("ENC", "5A002.a", "CN", **controls("NS 1", "EI")) == "open"
    assert word("ENC", "5A001.a", "CN", **controls("NS 1")) == "not open"
    assert word("ENC", "5A002.a", "CU", **controls("NS 1", "EI")) == "not open"
    assert say("5A002.a", "CN", "ENC", **controls("NS 1", "EI")).outcome == "AUTHORIZED"
    last, first, _ = around(date(2021, 1, 14))  # Sudan left E:1
    assert [word("ENC", "5A002.a", "SD", day, **controls("NS 1", "EI")) for day in (last, first)] == [
        "not open",
        "open",
    ]


@pytest.mark.parametrize(
    ("symbol", "eccn", "to", "first"),
    [
        ("ACE", "4A005", "BR", date(2022, 3, 7)),
        ("NAC", "4A090", "CN", date(2023, 11, 17)),
        ("ACA", "4A090", "IL", date(2024, 4, 4)),
        ("MED", "EAR99", "RU", date(2024, 4, 29)),
        ("IEC", "3A901", "DE", date(2024, 9, 6)),
        ("HBM", "3A090.c", "CN", date(2024, 12, 2)),
        ("LPP", "3A090.a", "BR", date(2025, 1, 13)),
        ("CCD", "EAR99", "SY", date(2025, 9, 2)),
    ],
)
def test_younger_exceptions_have_their_first_day(symbol: str, eccn: str, to: str, first: date) -> None:
    more = {"party": {"headquarters": "US", "ultimate_parent_headquarters": "US"}}
    found = [word(symbol, eccn, to, day, **more) for day in around(first)]
    assert found == ["not open", "may be", "may be"]


# -- 740.2, limb by limb

Asked = tuple[str, str, str, dict[str, Any]]
LIMBS: tuple[tuple[str, Asked, Asked], ...] = (
    ("(a)(3)", ("TMP", "5A980", "DE", {}), ("GOV", "5A980", "DE", {})),
    ("(a)(3)", ("GOV", "5E980", "DE", {"item": {"kind": "technology"}}), ("GOV", "5D980", "DE", {})),
    ("(a)(4)", ("TMP", "3A981", "HN", controls("CC 1")), ("TMP", "3A981", "JP", controls("CC 1"))),
    ("(a)(4)", ("LVS", "0A982", "BR", {}), ("GOV", "0A982", "BR", {})),
    (
        "(a)(5)(i)",
        ("LVS", "7A103", "BR", controls("MT 1", lvs_limit_usd=9, value_usd=1)),
        ("RPL", "7A103", "BR", controls("MT 1")),
    ),
    ("(a)(5)(ii)", ("RPL", "9A101", "CN", controls("MT 1")), ("RPL", "7A103", "CN", controls("MT 1"))),
    ("(a)(5)(ii)", ("TSU", "2A101", "CN", controls("MT 1", kind="software")), ("RPL", "2A101", "CN", controls("MT 1"))),
    (
        "(a)(7)",
        ("TSU", "6E001", "DE", controls("NS 1", kind="technology")),
        ("GOV", "6E001", "DE", controls("NS 1", kind="technology")),
    ),
    ("(a)(8)", ("TMP", "2A983", "DE", {}), ("RPL", "2A983", "DE", {})),
    ("(a)(9)(i)", ("TMP", "3B001.a.4", "CN", {}), ("GOV", "3B001.a.4", "CN", {})),
    ("(a)(9)(ii)", ("LVS", "4A090.a", "CN", {}), ("TMP", "4A090.a", "CN", {})),
    ("(a)(10)", ("GOV", "0A983", "DE", {}), ("GOV", "0A982", "DE", {})),
    ("(a)(11)", ("TMP", "0A919", "DE", {}), ("GOV", "0A919", "DE", {})),
    ("(a)(12)", ("RPL", "9A610.x", "CN", {}), ("RPL", "9A610.x", "DE", {})),
    ("(a)(12)", ("RPL", "9A610.x", "DE", {"from": "CN"}), ("GOV", "9A610.x", "DE", {"from": "CN"})),
    ("(a)(12)", ("TMP", "1A613.a", "IQ", {}), ("TMP", "1A613.d", "IQ", {})),
    ("(a)(13)", ("ENC", "9A610.x", "DE", {}), ("RPL", "9A610.x", "DE", {})),
    (
        "(a)(13)",
        ("TSU", "9E610.b", "DE", controls("NS 1", kind="technology")),
        ("GOV", "9E610.b", "DE", controls("NS 1", kind="technology")),
    ),
    ("(a)(13), (18)", ("STA", "9A610.x", "DE", controls("MT 1")), ("STA", "9A610.a", "DE", controls("MT 1"))),
    ("(a)(14)", ("TMP", "0A521", "DE", {}), ("GOV", "0A521", "DE", {})),
    ("(a)(22)", ("LVS", "3A901", "DE", {}), ("TMP", "3A901", "DE", {})),
    ("(a)(25)", ("TSU", "3A992", "PK", controls("RS", kind="software")), ("TMP", "3A992", "PK", {})),
)


@pytest.mark.parametrize(("limb", "closed", "open_"), LIMBS)
def test_a_limb_of_740_2_closes_what_it_reaches_and_leaves_the_rest(limb: str, closed: Asked, open_: Asked) -> None:
    symbol, eccn, to, more = closed
    if limb == "(a)(7)":  # which detector is no fact of the act
        assert word(symbol, eccn, to, **more) == "may be"
    else:
        assert f"15 CFR 740.2{limb}" in why(symbol, eccn, to, **more)
    symbol, eccn, to, more = open_
    assert word(symbol, eccn, to, **more) in {"open", "may be"}


@pytest.mark.parametrize(
    ("symbol", "eccn", "to", "before", "after"),
    [
        ("GOV", "7A103", "BR", "not open", "open"),
        ("RPL", "7A103", "BR", "open", "open"),
        ("RPL", "9A101", "BR", "not open", "open"),
        ("RPL", "9A101", "CN", "not open", "not open"),
        ("TMP", "2A101", "BR", "open", "open"),
        ("LVS", "7A103", "BR", "not open", "not open"),
    ],
)
def test_missile_technology_on_2023_12_08(symbol: str, eccn: str, to: str, before: str, after: str) -> None:
    more = controls("MT 1", lvs_limit_usd=9, value_usd=1)
    found = [word(symbol, eccn, to, day, **more) for day in around(date(2023, 12, 8))]
    assert found == [before, after, after]


def test_crime_control_to_a_young_member_of_nato_is_open() -> None:
    last, first, _ = around(date(2024, 3, 7))
    assert word("TMP", "0A982", "SE", last) == "not open"
    assert word("TMP", "0A982", "SE", first) == "may be"


@pytest.mark.parametrize(
    ("to", "open_", "shut", "cite"),
    [
        ("CU", "SCP", "ENC", "15 CFR 746.2(a)(1)"),
        ("IR", "", "GOV", "15 CFR 746.7(c)"),
        ("KP", "GFT", "RPL", "15 CFR 746.4(c)"),
        ("UA-43", "GOV", "RPL", "15 CFR 746.6(c)"),
        ("UA-14", "GOV", "RPL", "15 CFR 746.6(c)"),
        ("RU", "BAG", "RPL", "15 CFR 746.8"),
        ("BY", "BAG", "RPL", "15 CFR 746.8"),
    ],
)
def test_to_sanctioned_destinations_part_746_names_the_exceptions(to: str, open_: str, shut: str, cite: str) -> None:
    assert cite in why(shut, "5A991", to)
    assert not open_ or word(open_, "5A991", to) in {"open", "may be"}


@pytest.mark.parametrize(
    ("to", "first"), [("RU", date(2022, 2, 24)), ("BY", date(2022, 3, 2)), ("UA-14", date(2022, 2, 24))]
)
def test_the_sanctions_of_2022_have_their_first_days(to: str, first: date) -> None:
    found = [word("RPL", "5A991", to, day, **controls("AT 1")) for day in around(first)]
    assert found == ["open", "not open", "not open"]


def test_categories_0_to_2_to_russia_follow_in_april_2022() -> None:
    found = [word("RPL", "2A991", "RU", day, **controls("AT 1")) for day in around(date(2022, 4, 8))]
    assert found == ["open", "not open", "not open"]


def test_syria_has_more_exceptions_since_2025_09_02() -> None:
    days = around(date(2025, 9, 2))
    assert [word("RPL", "5A991", "SY", day) for day in days] == ["not open", "open", "open"]
    assert [word("GOV", "5A991", "SY", day) for day in days] == ["open", "open", "open"]
    # what was not read of the list stays open
    assert [word("APR", "5A991", "SY", day, activity="reexport") for day in days] == ["not open", "may be", "may be"]


def test_hong_kong_from_2020_06_30() -> None:
    more = {**NS, "dates": {"en_route_since": "none"}}
    found = [word("GBS", "2A000.a", "HK", day, **more) for day in around(date(2020, 6, 30))]
    assert found == ["open", "not open", "not open"]
    on_its_way = {**NS, "dates": {"en_route_since": date(2020, 6, 30)}}
    assert word("GBS", "2A000.a", "HK", date(2020, 7, 1), **on_its_way) == "open"
    late = {**NS, "dates": {"en_route_since": date(2020, 7, 1)}}
    assert word("GBS", "2A000.a", "HK", date(2020, 7, 1), **late) == "not open"
    # HK-2020: Hong Kong leaves Country Group B
    days = around(date(2020, 12, 23))
    said = [why("GBS", "2A000.a", "HK", day, **on_its_way) for day in days[1:]]
    assert all("Country Group B" in one for one in said)
    assert word("GBS", "2A000.a", "HK", days[0], **on_its_way) == "open"


def test_hong_kong_asks_for_its_papers() -> None:
    day = date(2020, 1, 15)
    assert word("GBS", "2A000.a", "HK", day, exception_conditions_met=None, **NS) == "may be"
    assert word("GBS", "2A000.a", "SG", day, exception_conditions_met=None, **NS) == "open"


def test_chips_of_2022_and_2023() -> None:
    chip = {"party": {"headquarters": "CN", "ultimate_parent_headquarters": "CN"}}
    first = [word("TMP", "4A090.a", "CN", day, **chip) for day in around(date(2022, 10, 21))[1:]]
    assert first == ["not open", "not open"]
    assert word("RPL", "4A090.a", "CN", date(2022, 10, 21), **chip) == "open"
    later = [word("TMP", "4A090.a", "CN", day, **chip) for day in around(date(2023, 11, 17))]
    assert later == ["not open", "open", "open"]


def test_chips_by_headquarters() -> None:
    at_home = {"headquarters": "DE", "ultimate_parent_headquarters": "DE"}
    assert word("LVS", "4A090.a", "DE", party={**at_home, "ultimate_parent_headquarters": "CN"}) == "not open"
    assert "740.2(a)(9)(ii)" in why("LVS", "4A090.a", "DE", party={**at_home, "ultimate_parent_headquarters": "CN"})
    assert "740.2(a)(9)(ii)" not in why("LVS", "4A090.a", "DE", party=at_home)


def test_entries_that_740_2_names_count_whatever_reasons_are_stated() -> None:
    stated = controls("NS 1", "AT 1")
    at_home = {"headquarters": "DE", "ultimate_parent_headquarters": "DE"}
    assert "740.2(a)(9)(i)" in why("RPL", "3B001.a.4", "CN", **stated)
    assert "740.2(a)(9)(ii)" in why("LVS", "3A090.a", "CN", **stated)
    assert "740.2(a)(9)(ii)" in why("ENC", "5A992.z", "DE", **stated, party={**at_home, "headquarters": "MO"})
    assert "740.2(a)(25)" in why("TSU", "3A992", "PK", **stated)
    assert "740.2(a)(25)" not in why("TSU", "2B999.h.2", "PK", **stated)
    assert "740.2(a)(9)" not in why("ENC", "5A992.z", "DE", **stated, party=at_home)


def test_an_unverified_party_closes_every_exception() -> None:
    party = {"listings": [{"list": "unverified_list", "since": date(2020, 1, 1)}]}
    assert "740.2(a)(17)" in why("GBS", "2A000.a", "TD", **NS, party=party)
    assert word("GBS", "2A000.a", "TD", **NS, party={**party, "role": ["carrier"]}) == "open"


def test_sta_to_the_emirates_needs_an_approval() -> None:
    more = controls("NS 2")
    approved = {"listings": [{"list": "supp8_part740", "since": date(2026, 7, 10)}]}
    days = around(date(2026, 7, 10))
    assert [word("STA", "2A000", "AE", day, **more) for day in days] == ["not open", "not open", "not open"]
    assert "740.2(a)(26)" in why("STA", "2A000", "AE", days[1], **more)
    assert "740.20" in why("STA", "2A000", "AE", days[0], **more)
    assert word("STA", "2A000", "AE", days[1], **more, party=approved) == "may be"


# -- listed parties


def huawei(day: date, **more: object) -> Said:
    """Return what is said of a correction of errors for Huawei's network, License Exception TSU claimed."""
    act = {
        "activity": "export",
        "from": "US",
        "to": "CN",
        "purpose": "existing_network",
        "network": {"country": "DE", "contract": date(2018, 3, 1), "fully_operational": "yes", "adds_capacity": "no"},
        "certifications": [{"by": "exporter", "day": date(2019, 5, 20)}],
        "parties": [{"role": ["end_user"], "name": "Huawei Technologies Co., Ltd.", "country": "CN"}],
        "items": [{"name": "fix", "kind": "software", "eccn": "5D001.a", "us_origin": "yes", "controls": ["NS 1"]}],
        "licenses": [],
        "exception_claimed": "TSU",
        "exception_conditions_met": "yes",
        "end_use": {"known": "none"},
        **more,
    }
    act["network"] = {**dict(act["network"]), "run_by_third_party": "yes", **dict(more.get("network") or {})}  # type: ignore[call-overload]
    return of_case(case_of(without_none(act), day))


def test_no_exception_is_open_to_a_listed_party_until_a_general_license_lifts_744_11() -> None:
    days = [date(2019, 5, 15), date(2019, 5, 16), date(2019, 5, 19), date(2019, 5, 20), date(2019, 8, 18)]
    found = [(huawei(day).outcome, huawei(day).standing("TSU").word) for day in days]
    shut, open_ = ("LICENSE_REQUIRED", "unavailable"), ("AUTHORIZED", "available")
    assert found == [open_, shut, shut, open_, open_]


def test_new_business_opens_no_exception_again() -> None:
    said = huawei(date(2019, 6, 1), purpose="new_business")
    assert said.outcome == "LICENSE_REQUIRED"
    (lift,) = said.exceptions.lifts("us_ear/738.4 NS 1")
    (leaf,) = trees(lift.tree)
    assert isinstance(leaf, Leaf)
    assert "listed party" in leaf.finding.says
    assert leaf.finding.cites == ("15 CFR 744.11(a)", "15 CFR 744.16(b)")


def test_where_it_is_open_whether_744_11_is_lifted_the_exception_is_open() -> None:
    said = huawei(date(2019, 6, 1), network={"fully_operational": None})
    assert (said.at_least, said.at_most) == ("AUTHORIZED", "LICENSE_REQUIRED")
    assert said.standing("TSU").word == "candidate"


def test_a_listed_party_that_is_no_party_to_the_transaction_closes_nothing() -> None:
    listing = {"list": "entity_list", "since": date(2020, 1, 1), "scope": "all", "policy": "DENIAL"}
    party = {"role": ["carrier"], "listings": [listing]}
    assert word("GBS", "2A000.a", "TD", **NS, party=party) == "open"
    assert word("GBS", "2A000.a", "TD", **NS, party={**party, "role": ["end_user"]}) == "not open"


def test_an_entry_that_does_not_reach_the_item_closes_nothing() -> None:
    party = {"listings": [{"list": "entity_list", "since": date(2020, 1, 1), "scope": "ccl_and_supp7_part746"}]}
    assert word("TMP", "EAR99", "TD", item={"listed_in": []}, party=party) == "open"
    assert word("TMP", "2A000.a", "TD", **NS, party=party) == "not open"


def test_a_party_that_may_be_listed_leaves_the_exception_open() -> None:
    party = {"listings": [{"list": "entity_list"}]}
    said = say("2A000.a", "TD", "GBS", **NS, party=party)
    assert (said.at_least, said.at_most) == ("AUTHORIZED", "LICENSE_REQUIRED")
    lifts: set[Ruled] = {lift for claim in said.claims for lift in claim.overcome_by}
    assert all(isinstance(lift, exceptions.Excepted) for lift in lifts)


# -- requirements beyond the chart


@pytest.mark.parametrize(
    ("section", "open_", "shut"),
    [
        ("us_ear/742.15", {"ENC", "LVS"}, {"GBS", "SPP", "RFF"}),
        ("us_ear/742.11", set(), {"GOV"}),
        ("us_ear/744.2", set(), {"TSU"}),
        ("us_ear/744.3", set(), {"GOV"}),
        ("us_ear/744.8(b)", set(), {"GOV"}),
        ("us_ear/744.11", {"RFF"}, {"GOV", "LVS"}),
        ("us_ear/744.17", {"GOV"}, {"TMP"}),
        ("us_ear/744.21(a)(1)", {"GOV"}, {"LVS"}),
        ("us_ear/744.22", {"GOV"}, {"TSU"}),
        ("us_ear/744.23(a)(1)", set(), {"GOV"}),
        ("us_ear/744.23(a)(3)", {"NAC", "RPL"}, {"LVS"}),
        ("us_ear/744.23(a)(3)(ii)", set(), {"NAC"}),
        ("us_ear/744.23(a)(4)", {"GOV"}, {"RPL"}),
        ("us_ear/746.7", set(), {"GOV"}),
        ("us_ear/746.8(a)(1)", {"GOV", "MED"}, {"LVS", "GBS"}),
        ("us_ear/746.8(a)(3)", set(), {"GOV"}),
        ("us_ear/754", set(), {"TMP"}),
    ],
)
def test_a_section_knows_the_exceptions_that_overcome_it(section: str, open_: set[str], shut: set[str]) -> None:
    able = exceptions.overcomes(section)
    assert open_ <= able
    assert not shut & able


def test_claims_get_the_exceptions_that_overcome_them_beside_what_does_already() -> None:
    case = case_of(simple("2A000.a", "TD", exception_claimed="GBS", **NS))
    bare = [Claim(case.ground(rule, Subject(ITEM))) for rule in part_742.grounds(case, ITEM)]
    found = list(exceptions.with_exceptions(case, ITEM, bare))
    lifted = {claim.ground.rule.section: [one.rule.section for one in claim.overcome_by] for claim in found}
    assert [claim.ground for claim in found] == [claim.ground for claim in bare]
    assert lifted["us_ear/738.4 NS 2"] == ["us_ear/740.4"]
    assert not any(lifts for section, lifts in lifted.items() if section != "us_ear/738.4 NS 2")
    assert list(exceptions.with_exceptions(case, "", bare)) == bare


def test_a_claim_of_a_listed_party_shuts_the_exceptions_of_the_others() -> None:
    party = {"listings": [{"list": "entity_list", "since": date(2020, 1, 1), "scope": "all", "policy": "DENIAL"}]}

    def asked(*, with_listed: bool) -> Claim:
        case = case_of(simple("2A000.a", "TD", exception_claimed="GBS", party=party, **NS))
        bare = [Claim(case.ground(rule, Subject(ITEM))) for rule in part_742.grounds(case, ITEM)]
        claims = [*bare, *(listed(case) if with_listed else ())]
        found = exceptions.with_exceptions(case, ITEM, claims)
        return next(claim for claim in found if "NS 2" in claim.ground.rule.section)

    assert asked(with_listed=False).overcome_by[0].tree.high < TOP
    assert all(lift.tree.low == TOP for lift in asked(with_listed=True).overcome_by)


def test_direct_products_of_footnote_1_keep_the_exceptions_of_a_listed_party() -> None:
    said = huawei(date(2020, 9, 1))
    (for_chart,), (for_product,) = (
        said.exceptions.lifts(section) for section in ("us_ear/738.4 NS 1", "us_ear/744.11(a)(2)(i)")
    )
    assert reach(exceptions.whole(for_chart)) == (TOP, TOP)
    assert reach(exceptions.whole(for_product))[1] < TOP


def test_a_license_held_for_the_listed_party_opens_no_exception() -> None:
    held = {"number": "D1", "issued": date(2019, 5, 1), "expires": "none", "revoked_on": "none"}
    said = huawei(date(2019, 5, 18), licenses=[{**held, "covers": "yes", "conditions_met": "yes"}])
    (claim,) = listed(said.case)
    license_ = said.case.ground(part_750.license_held, Subject(ITEM, license="licenses[0]"))
    with_license = Claim(claim.ground, (*claim.overcome_by, license_))
    assert license_.tree.high < TOP
    found = exceptions.Exceptions(said.case, ITEM, [with_license])
    assert not found.is_open("TSU")


# -- known answers


@pytest.mark.skipif(not CASES.is_dir(), reason=f"the known answers are not here ({CASES})")
@pytest.mark.parametrize(
    ("file", "id_", "expected"),
    [
        ("chart", "EAR-738-SAMPLE", {"GBS": "candidate", "LVS": "unavailable"}),
        ("chart", "CHART-3A001A2-BRAZIL", {"GBS": "candidate"}),
        ("tgl", "TGL-EXCEPTION", {"TSU": "available"}),
        ("tgl", "TGL-EXCEPTION-GAP", {"TSU": "unavailable"}),
        ("tgl", "TGL-EXCEPTION-CHART", {"TSU": "unavailable"}),
    ],
)
def test_known_answers_that_name_exceptions(file: str, id_: str, expected: dict[str, str]) -> None:
    (known,) = [case for case in read_cases((CASES / f"{file}.yaml").read_text("utf-8"), file) if case.id == id_]
    assert isinstance(known.act, Act)
    said = of_case(classified(known.act, known.as_of))
    assert expected.items() <= said.words.items()


def test_standings_are_empty_where_nothing_requires_a_license() -> None:
    assert say("EAR99", "DE", "TMP").words == {}
    assert tables.group(say("EAR99", "DE").case.law, "B")
