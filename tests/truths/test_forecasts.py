"""Answering a missing fact lands inside its forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from licet.formats.act import read_act
from licet.model import vocabulary
from licet.model.vocabulary import LIST_TYPES, RECORDS
from truths.answers import by_word, of_class
from truths.ground import BOOK, Asked, answered, decided, every_act, show, stating, within
from truths.made_up import DAYS, WHOLE, left_out, small_acts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.model.answer import Choice, Missing, Span

ASKED = [asked for asked in every_act() if asked.day <= BOOK.verified_through]


def forecasts(asked: Asked, missing: Missing) -> Iterator[tuple[object, Span]]:
    """Walk through concrete answers to a missing fact, each with the range that was forecast for it."""
    decision = decided(asked)
    row = vocabulary.row(missing.path, asked.act.kind)
    if row is None or row.type == RECORDS:
        return
    by_label: dict[str, Choice] = {choice.value: choice for choice in missing.choices}
    stock = decision.case.stock
    facts = [node.fact for node in decision.open if stock.behind(node.fact).path == missing.path]
    if row.type in LIST_TYPES and all(fact.startswith(f"{missing.path}:") for fact in facts):
        words = [fact.removeprefix(f"{missing.path}:") for fact in dict.fromkeys(facts)]
        for label, value in by_word(row, words).items():
            yield value, by_label[label].span
    elif missing.path in facts:
        classes = decision.table.classes[decision.table.number[missing.path]]
        assert len(classes) == len(missing.choices), (missing.path, [choice.value for choice in missing.choices])
        for part, choice in zip(classes, missing.choices, strict=True):
            for value in of_class(part, row):
                if row.type != "code" or vocabulary.country(str(value)):
                    yield value, choice.span


@pytest.mark.slow
def test_each_forecast_holds() -> None:
    seen = 0
    broken = []
    for asked in ASKED:
        for missing in answered(asked).missing:
            for value, forecast in forecasts(asked, missing):
                seen += 1
                found = decided(asked._replace(act=stating(asked.act, missing.path, value))).span
                if not within(found, forecast):
                    broken.append(f"{missing.path}: {value}: {show(asked, found)} is not in {forecast}")
    assert not broken, "\n".join(broken[:20])
    assert seen > 100


@pytest.mark.slow
@given(small_acts())
@settings(max_examples=100)
def test_each_forecast_of_a_made_up_act_holds(asked: Asked) -> None:
    for missing in answered(asked).missing:
        for value, forecast in forecasts(asked, missing):
            found = decided(asked._replace(act=stating(asked.act, missing.path, value))).span
            assert within(found, forecast), (missing.path, value, show(asked, found), forecast)


@pytest.mark.slow
def test_each_forecast_holds_where_one_fact_is_left_out() -> None:
    seen = set()
    broken = []
    whole = read_act(WHOLE)
    unlisted = stating(whole, "parties[0].listings", "none")
    starts = (
        whole,
        unlisted,
        stating(unlisted, "items[0].eccn", "5A992.c"),
        stating(unlisted, "to", "CU"),
        stating(whole, "activity", "reexport"),
        stating(whole, "activity", "deemed_export"),
    )
    for start in starts:
        for path in sorted({*start.facts, *start.counts}):
            row = vocabulary.row(path, "export")
            if row is None or row.required or path in {"kind", "parties"}:  # a party must have a name
                continue
            for day in DAYS[::2]:
                asked = Asked(f"made up, without {path}", left_out(start, path), day)
                for missing in answered(asked).missing:
                    for value, forecast in forecasts(asked, missing):
                        seen.add(missing.path)
                        found = decided(asked._replace(act=stating(asked.act, missing.path, value))).span
                        if not within(found, forecast):
                            broken.append(f"{missing.path}: {value}: {show(asked, found)} is not in {forecast}")
    assert not broken, "\n".join(broken[:10])
    assert len(seen) > 17, sorted(seen)


def test_a_forecast_lies_inside_the_range_that_it_would_narrow() -> None:
    for asked in ASKED:
        answer = answered(asked)
        for missing in answer.missing:
            spans = [choice.span for choice in missing.choices]
            assert spans, missing.path
            for span in spans:
                # Bounded without joining, a forecast may be wider than the exact range, never beside it.
                assert span.low <= answer.span.high
                assert answer.span.low <= span.high
            assert min(span.low for span in spans) <= answer.span.low
            assert max(span.high for span in spans) >= answer.span.high


def test_what_settles_the_answer_settles_it() -> None:
    seen = 0
    for asked in ASKED:
        for missing in answered(asked).missing:
            for value, forecast in forecasts(asked, missing):
                if forecast.decided:
                    seen += 1
                    found = decided(asked._replace(act=stating(asked.act, missing.path, value))).span
                    assert found.outcome == forecast.outcome, (show(asked, found), missing.path, value)
    assert seen > 20
