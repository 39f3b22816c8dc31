"""Outcomes, review policies and the reasons for an open answer: the closed words of every answer."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Outcome(IntEnum):
    """What the law says of an act, by severity."""

    NOT_SUBJECT = 0
    NO_LICENSE_REQUIRED = 1
    AUTHORIZED = 2
    LICENSE_REQUIRED = 3
    PROHIBITED = 4


class Policy(IntEnum):
    """How an application for a license is reviewed, by strictness; the strictest wins (15 CFR 744.11(a))."""

    APPROVAL = 1
    PRESUMPTION_OF_APPROVAL = 2
    CASE_BY_CASE = 3
    PRESUMPTION_OF_DENIAL = 4
    DENIAL = 5


class Because(StrEnum):
    """Why a range is open: who or what could close it."""

    FACTS = "facts"
    MATCH = "match"
    LISTS = "lists"
    NOT_MODELED = "not_modeled"
    CONFLICT = "conflict"
    OTHER_REGIME = "other_regime"


REFER = "REFER"
"""The word for an answer whose two ends differ."""

# A value orders severity first and review policy second in one small integer, so that Most and Least are max and min.
_STEP = 10
TOP = (len(Outcome)) * _STEP
"""Above every outcome: what a gate or an authorization says when it does not apply (the identity of Least)."""


def value(outcome: Outcome, policy: Policy | None = None) -> int:
    """Return the ordered value of an outcome and, for a license requirement, its review policy."""
    return int(outcome) * _STEP + (int(policy) if policy is not None else 0)


def outcome_of(number: int) -> Outcome:
    """Return the outcome of an ordered value below `TOP`."""
    return Outcome(number // _STEP)


def policy_of(number: int) -> Policy | None:
    """Return the review policy of an ordered value, or None where it has none."""
    return Policy(number % _STEP) if number % _STEP else None
