"""Whom a rule takes off the Entity List: the wording of its instructions, read only where there is no doubt."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from licet.lists import folder
from licet.lists.bis_orders import Order, orders_of
from licet.lists.guards import guard
from licet.lists.source import recognize, source
from licet.model.errors import SourceError

if TYPE_CHECKING:
    from licet.lists.entry import Parsed

rule = source("federal_register_rule")
MAIN = "1. Supplement No. 4 to part 744 is amended:"
PUBLISHED = date(2024, 3, 4)


def quoted(text: str) -> str:
    """Turn the plain signs of this file into quotation marks."""
    return text.replace("<", "\N{LEFT DOUBLE QUOTATION MARK}").replace(">", "\N{RIGHT DOUBLE QUOTATION MARK}")


def orders(*texts: str) -> list[tuple[str, str, str]]:
    found = orders_of(map(quoted, texts))
    assert not found.unread, found.unread
    return [(one.action, one.code, one.name) for one in found.orders]


def issue(*instructions: str, tables: bool = True) -> Parsed:
    """Parse the sample with other instructions, with its tables or without."""
    (data,) = folder.samples(rule.id).values()
    text = data.decode()
    paragraphs = "".join(f"<AMDPAR>{quoted(one)}</AMDPAR>" for one in instructions)
    text = re.sub(r"<AMDPAR>.*</AMDPAR>", lambda _: paragraphs, text, flags=re.DOTALL)
    if not tables:
        text = re.sub(r"<GPOTABLE.*</GPOTABLE>", "", text, flags=re.DOTALL)
    return rule.parse({"rule.xml": text.encode()}, issued=PUBLISHED)


@pytest.mark.parametrize(
    ("texts", "removed"),
    [
        (
            ["a. Under CHINA, PEOPLE'S REPUBLIC OF, by removing the entry for <Opal Co., Ltd.>;"],
            [("CN", "Opal Co., Ltd.")],
        ),
        (["a. Under RUSSIA, by removing the entries for <Opal>; <Onyx>; and <Agate>;"], [*"RU"]),
        (["a. Under RUSSIA, by:", "i. Removing the entry for <Opal>;"], [("RU", "Opal")]),
        (["a. By removing, under Russia, one Russian entity: <Opal>; and"], [("RU", "Opal")]),
        (["By removing under Iran the following two entities: <Opal> and <Onyx>."], [("IR", "Opal"), ("IR", "Onyx")]),
        (
            ["(1) By removing, under Russia, one entity, <Opal>; and under Hong Kong, two entities, <Onyx>; <Agate>;"],
            [("RU", "Opal"), ("HK", "Onyx"), ("HK", "Agate")],
        ),
        (["a. By removing the entity <Opal Ltd.> under Hong Kong;"], [("HK", "Opal Ltd.")]),
        (["a. Under China:", "i. By removing the entry for <Opal FZE> from under Hong Kong"], [("HK", "Opal FZE")]),
        (
            ["a. Under CHINA, by removing the entry for <Opal>; and under RUSSIA, by removing the entry for <Onyx>;"],
            [("CN", "Opal"), ("RU", "Onyx")],
        ),
        (["a. Under RUSSIA, by removing the entry for <JSC <Opal> Works>."], [("RU", quoted("JSC <Opal> Works"))]),
    ],
)
def test_a_removal_in_a_known_form_is_read(texts: list[str], removed: list[tuple[str, str]]) -> None:
    if removed == [*"RU"]:
        removed = [("RU", name) for name in ("Opal", "Onyx", "Agate")]
    assert orders(*texts) == [("removing", *one) for one in removed]


def test_an_entry_that_another_takes_the_place_of() -> None:
    assert orders("a. Under TURKEY, by removing the entry for <Opal> and adding in its place an entry for <Onyx>;") == [
        ("removing", "TR", "Opal"),
        ("adding", "TR", "Onyx"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a. Under INDIA, by removing the alias <Opal> from the entry for <Onyx>;",
        "a. Under INDIA, by removing the duplicate entry for <Opal>;",
        "a. Under INDIA, by removing the address in the entry for <Opal>;",
        "a. Under INDIA, by removing the entry for <Opal>, and the alias <Onyx>;",
        "a. Under INDIA, by removing the last two addresses;",
        "a. By removing the heading for ATLANTIS;",
        "a. Under ATLANTIS, by removing the entry for <Opal>;",
        "a. By removing the entry for <Opal>;",
        "a. Under CHINA, by removing the entry for <Opal> under RUSSIA;",
        "a. The entry for <Opal>;",
    ],
)
def test_what_leaves_a_doubt_is_said_and_removes_nobody(text: str) -> None:
    found = orders_of([quoted(text)])
    assert found.orders == ()
    assert len(found.unread) == 1
    assert any("an instruction is in no form that is known" in noise for noise in issue(MAIN, text).noises)


def test_after_a_doubt_about_the_country_the_next_one_has_none() -> None:
    found = orders_of(
        [quoted("a. Under CHINA, by removing the entry for <A> under RUSSIA; and removing the entry for <B>")]
    )
    assert (found.orders, len(found.unread)) == ((), 2)


def test_a_removal_has_the_id_of_the_code_and_the_last_day() -> None:
    found = issue(MAIN, "a. Under CHINA, PEOPLE'S REPUBLIC OF, by removing the entry for <Opal Co., Ltd.>;")
    (gone,) = found.removed
    assert (gone.id, gone.names[0].text, gone.countries) == ("cn-opal-co-ltd", "Opal Co., Ltd.", ("CN",))
    assert gone.until == date(2024, 2, 29), "the rule takes effect on 2024-03-01"
    assert found.counts["removing"] == 1
    assert [noise for noise in found.noises if "removes Opal Co., Ltd." in noise]


def test_another_list_that_the_rule_amends_removes_nobody_from_this_one() -> None:
    found = issue(
        MAIN,
        "a. Under RUSSIA, by removing the entry for <Opal>;",
        "2. Supplement No. 6 to part 744 is amended under RUSSIA by removing the entry for <Onyx>;",
        "b. Under INDIA, by removing the entry for <Agate>;",
    )
    assert [one.names[0].text for one in found.removed] == ["Opal"]


def test_whom_the_tables_have_is_not_removed() -> None:
    found = issue(MAIN, "a. Under UNITED ARAB EMIRATES, by removing the entry for <Marble Circuit Trading FZE>;")
    assert found.removed == ()
    assert [noise for noise in found.noises if "look which of the two holds" in noise]


def test_a_rule_that_only_removes_is_read() -> None:
    found = issue(MAIN, "a. Under RUSSIA, by removing the entry for <Opal>;", tables=False)
    assert (found.entries, len(found.removed), found.issued) == ((), 1, PUBLISHED)
    assert rule.out_of_bounds(found) == ()
    reasons = guard(found, None, rule, accept=False, today=PUBLISHED)
    assert [reason.message for reason in reasons if "no entry in it" in reason.message] == []
    assert len(reasons) == 1, "the removal waits for someone to look at it"
    assert guard(found, None, rule, accept=True, today=PUBLISHED) == []


def test_a_rule_that_does_nothing_is_refused() -> None:
    with pytest.raises(SourceError, match="no entry in its tables, and removes none"):
        issue(MAIN, "a. Under RUSSIA, by removing the alias <Opal>;", tables=False)


def test_the_sample_removes_nobody() -> None:
    found = rule.parse(folder.samples(rule.id))
    assert (found.removed, found.counts["removing"], found.counts["revising"]) == ((), 0, 1)
    assert recognize(folder.samples(rule.id)) is rule
    assert Order("adding", "RUSSIA", "X").code == "RU"
