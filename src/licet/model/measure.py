"""A measure: a rule, list, license, order or statement, with its six different days kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Status(StrEnum):
    """What a measure is on a day, in the order of a life; `not_enforced` still stands."""

    NOT_YET = "not_yet"
    """Before its first known day."""
    ANNOUNCED = "announced"
    """Said, no text; the only status of a record without legal force."""
    PUBLISHED = "published"
    """Text out, no day of effect in it."""
    SCHEDULED = "scheduled"
    """Text out, day of effect to come."""
    IN_FORCE = "in_force"
    STAYED = "stayed"
    ENDED = "ended"
    NOT_ENFORCED = "not_enforced"
    """The text stands; the authority has said that it does not enforce it."""


class Stay(NamedTuple):
    """Days on which a measure in force does not apply, inclusive at both ends."""

    from_: date
    through: date
    by: str
    """Id of the measure that stays it, or the body that did."""


class Story(NamedTuple):
    """How the demo shows the measure: one line, and a citation short enough for its right edge."""

    line: str
    cite: str
    show: bool
    """False: only where all measures are shown."""
    on: date | None
    """Day where the line is drawn, where it is not the measure's own first day (such as the end of a license)."""


class Effect(NamedTuple):
    """What a what-if measure does to a ground, as data; the rules of the regime carry it out."""

    verb: str
    """`relieves` or `restores`."""
    ground: str
    """Id of the ground, such as `us_ear/744.11`."""
    entries: tuple[str, ...]
    """Ids of the measures whose entries are meant."""
    items: str
    """For `relieves`: `all`, or `not_said` where the text does not say which items."""
    bars_relief: bool
    """For `restores`: nothing but an Act may relieve these entries."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One record of the lawbook; days are whole and inclusive at both ends."""

    id: str
    regime: str
    kind: str
    """list · rule · general_license · order · denial_order · statute · bill · announcement · guidance · practice ·
    enforcement."""
    title: str
    what: str
    legal_force: bool
    """False: shown, never decides."""
    cites: tuple[str, ...]
    """Where it stands; the first one is the citation to print."""
    confidence: str
    """high · medium · low."""
    checked: str
    """seen · memory: whether the days and the content were read, or one of them is still to be verified."""
    source: str
    announced: date | None = None
    published: date | None = None
    in_force_from: date | None = None
    in_force_through: date | None = None
    stated_through: date | None = None
    """The end that its own text named, where something else may have ended it earlier."""
    ended_by: str | None = None
    applies_from: date | None = None
    """First day to which it applies, where that lies before its day of effect."""
    compliance_from: date | None = None
    """In force earlier, to be complied with from this day on."""
    not_enforced_from: date | None = None
    terms_through: date | None = None
    """Last day of a term inside the measure, after which a part of it no longer works."""
    hour: str = ""
    """The hour where the text names one; the whole day takes the stricter answer."""
    stays: tuple[Stay, ...] = ()
    amends: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    """Ids of the measures whose subject it concerns without amending them."""
    count: int | None = None
    note: str = ""
    story: Story | None = None
    effect: Effect | None = None
    """Only in a what-if."""
