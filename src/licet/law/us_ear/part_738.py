"""Part 738: reasons for control and the Country Chart (General Prohibitions 1 to 3). Steps (5) and (6).

`classify` is the look-up before the decision: it turns an ECCN, or the reasons stated as classified, into the facts
that the rules here and in `part_742` ask. Those are, for an item:

- `reasons`: one word for each kind of paragraph that the ECCN leaves, with its reasons for control (`3B001.q: NS 2`).
- `on_condition:MT 1`: whether a reason applies that the entry makes depend on more than the paragraph.
- `chart_unknown`: stands for all reasons where there is no ECCN to look up.

Beside the items: for a party `released_to`, and for the act `headquarters.d5_or_macau`.

The table is that of 2026-07-23; what it says of an earlier day has the changes undone that the lawbook holds.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from licet.engine.values import ANY_WORD, YES_NO, words
from licet.law.rule import At, Rule, clear, require, rule
from licet.law.us_ear import tables
from licet.law.us_ear.policy import column_policy
from licet.law.us_ear.reach import goes_to, within_a_country
from licet.model.act import NONE, UNDETERMINABLE
from licet.model.outcome import Policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from licet.engine.fork import Finding
    from licet.law.case import Case
    from licet.law.day import LawDay
    from licet.law.stock import Stock

CHART, STEP = "15 CFR 738.4(a)", "Supp. 1 to part 738"
NO_REASON, NOT_READ, NOT_LISTED, ELSEWHERE, UNKNOWN = "no reason", "not read", "not listed", "another agency", "unknown"
"""What stands in place of reasons: EAR99 · the entry's table could not be read · no such entry · not under the EAR ·
nothing is stated."""
OPEN = (NOT_READ, NOT_LISTED, ELSEWHERE, UNKNOWN)
PARTIES = ("purchaser", "intermediate_consignee", "ultimate_consignee", "end_user")
HEADQUARTERS = "headquarters.d5_or_macau"
BESIDE = {
    "EI": "EI@742.15",
    "SL": "SL@742.13",
    "SI": "SI@742.14",
    "CW": "CW@742.18",
    "UN": "UN@746.1(b)",
    "SS": "SS@754",
}
"""Reasons that stand without a column, with the section that holds them."""


# -- (5) the look-up


def classify(case: Case, item: str) -> None:
    """Put the reasons for control of an item, and say where stated ones differ from the table.

    Args:
        case: The case; its stock is filled, and its notes where the act contradicts the table.
        item: Prefix of the item, such as `items[0]`.
    """
    act, stock = case.act, case.stock
    eccn, stated = act.get(f"{item}.eccn"), act.get(f"{item}.controls")
    code = eccn if isinstance(eccn, str) and eccn != UNDETERMINABLE else ""
    controls = stated if isinstance(stated, tuple) else () if stated == NONE else None
    kinds = _kinds(case.law, code, controls)
    path = f"{item}.eccn"
    stock.put(f"{item}.reasons", words(*kinds), path)
    stock.put(f"{item}.chart_unknown", YES_NO, path)
    if eccn == UNDETERMINABLE:
        stock.undeterminable.add(f"{item}.chart_unknown")
    for column in {one[:-1] for kind in kinds for one in columns_of(kind) if one.endswith("?")}:
        stock.put(f"{item}.on_condition:{column}", YES_NO, f"{item}.controls")
        if stated == UNDETERMINABLE:
            stock.undeterminable.add(f"{item}.on_condition:{column}")
    for party in case.parties:
        _nationality(case, party)
    if any("742.6(a)(6)" in kind for kind in kinds):
        _headquarters(case)
    if code:
        case.notes.extend(disagreement(case.law, code, controls))


def _nationality(case: Case, party: str) -> None:
    """Put the country to which a release to a party counts as an export (734.13(b)): that of its nationality."""
    path = f"{party}.nationality"
    stated, status = case.act.get(path), case.act.get(f"{party}.us_status")
    role = case.act.get(f"{party}.role")
    values = ANY_WORD
    another = isinstance(role, tuple) and "recipient" not in role and _another_receives(case, party)
    at_home = status in {"citizen", "permanent_resident", "protected"}
    if another or at_home or case.act.get(f"{party}.foreign_person") == "no":
        values = words("none")
    elif isinstance(stated, tuple) and stated:
        values = words(*stated)
    elif isinstance(stated, str) and stated != UNDETERMINABLE:
        values = words(stated)
    case.stock.put(f"{party}.released_to", values, path)
    if stated == UNDETERMINABLE:
        case.stock.undeterminable.add(f"{party}.released_to")


def _headquarters(case: Case) -> None:
    """Put whether a party to the transaction, or its ultimate parent, has its headquarters in Macau or D:5.

    Parties are those of 748.5(c)-(f); one whose role is not stated counts.
    """
    codes = {*tables.group(case.law, "D:5"), "MO"}
    unknown = ""
    for party in case.parties:
        role = case.act.get(f"{party}.role")
        if isinstance(role, tuple) and not set(role) & set(PARTIES):
            continue
        for path in (f"{party}.headquarters", f"{party}.ultimate_parent_headquarters"):
            stated = case.act.get(path)
            if stated in codes:
                case.stock.put(HEADQUARTERS, words("yes"), path)
                return
            if not isinstance(stated, str) or stated == UNDETERMINABLE:
                unknown = unknown or path
                case.stock.undeterminable |= {HEADQUARTERS} if stated == UNDETERMINABLE else set()
    case.stock.put(HEADQUARTERS, YES_NO if unknown else words("no"), unknown)


def _another_receives(case: Case, party: str) -> bool:
    roles = (case.act.get(f"{other}.role") for other in case.parties if other != party)
    return any(isinstance(role, tuple) and "recipient" in role for role in roles)


def _kinds(law: LawDay, code: str, controls: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return a word for each kind of item that an ECCN and stated reasons leave."""
    if controls is not None:
        return tuple(_stated(law, code, controls))
    if code == "EAR99":
        return (f"EAR99: {NO_REASON}",)
    if not code:
        return (f"an ECCN: {UNKNOWN}",)
    found = tables.kinds(law, code)
    if found:
        return tuple(_word(", ".join(kind.paragraphs), kind.columns) for kind in found)
    entry = tables.entry(tables.split(code)[0])
    gone = entry is None or not tables.stands(law, entry)
    state = NOT_LISTED if gone or entry is None else ELSEWHERE if entry.state == "elsewhere" else NOT_READ
    return (f"{code}: {state}",)


def _stated(law: LawDay, code: str, controls: tuple[str, ...]) -> Iterator[str]:
    """Take reasons as classified; a bare one (`RS`) means what the table has for it, or may be any of its columns."""
    plain = [BESIDE.get(one, one) for one in controls if " " in one or one in BESIDE]
    bare = [one for one in controls if " " not in one and one not in BESIDE]
    kinds = tables.kinds(law, code) if bare else ()
    found = {tuple(plain + [one for one in kind.columns if one[:2] in bare]): kind.paragraphs for kind in kinds}
    if not found:
        guessed = [f"{column}?" for column in tables.columns() if column[:2] in bare]
        found = {(*plain, *guessed): ()}
    for columns, paragraphs in found.items():
        label = "as classified" if len(found) == 1 else f"as classified, {', '.join(paragraphs)}"
        yield _word(label, columns)


def _word(label: str, columns: tuple[str, ...]) -> str:
    return f"{label}: {', '.join(columns) or NO_REASON}"


@cache
def columns_of(word: str) -> tuple[str, ...]:
    """Return the reasons that a word of the fact `reasons` names; see `tables.Kind.columns`."""
    listed = word.rpartition(": ")[2]
    return () if listed in {NO_REASON, *OPEN} else tuple(listed.split(", "))


def disagreement(law: LawDay, code: str, controls: tuple[str, ...] | None) -> Iterator[str]:
    """Say what does not fit: an entry that is none on the day, stated reasons that no kind of its paragraphs has.

    Args:
        law: The law of a day.
        code: The ECCN as stated.
        controls: The reasons as stated; None where they are not stated.
    """
    if code == "EAR99":
        if controls:
            stated = ", ".join(controls)
            yield f"EAR99 has no reason for control, and {stated} is stated: the statement is taken as it is"
        return
    entry = tables.entry(tables.split(code)[0])
    if entry is None or not tables.stands(law, entry):
        yield _no_entry(law, code, entry)
        return
    kinds = tables.kinds(law, code) if controls is not None else ()
    if controls is not None and kinds and not any(_agrees(kind.columns, controls) for kind in kinds):
        table = " or ".join(dict.fromkeys(", ".join(_shown(kind.columns)) or NO_REASON for kind in kinds))
        yield (
            f"{code} is stated with {', '.join(controls) or NO_REASON}, the table of {tables.TABLE_DAY} has {table}: "
            "the statement is taken as it is"
        )


def _no_entry(law: LawDay, code: str, entry: tables.Entry | None) -> str:
    """Say that an entry is none on the day, and name the nearest that are."""
    why = f"is not in the table of {tables.TABLE_DAY}" if entry is None else f"did not exist on {law.day}"
    near = ", ".join(tables.nearest(law, code))
    return f"{code} {why}{f' (nearest: {near})' if near else ''}"


def _shown(columns: tuple[str, ...]) -> Iterator[str]:
    for column in columns:
        name, _, section = column.rstrip("?").partition("@")
        yield f"{name}{f' ({section})' if section else ''}{' on a condition' if column.endswith('?') else ''}"


def _agrees(columns: tuple[str, ...], controls: tuple[str, ...]) -> bool:
    """Say whether stated reasons fit a kind of paragraph: none missing, none beyond what may apply.

    A control beside the chart has no column to be stated by; its bare reason, or any column of it, stands for it.
    """
    short = {one[:2] for one in controls}
    needed = (one for one in columns if not one.endswith("?"))
    missing = any(
        one[:2] not in short if "@" in one else one not in controls and one[:2] not in controls for one in needed
    )
    possible = {one.rstrip("?") for one in columns} | {one[:2] for one in columns}
    return not missing and all(one in possible for one in controls)


# -- (6) the chart


def applies(at: At, *columns: str) -> bool:
    """Say whether an item is controlled for one of these reasons, asking for the paragraph, then for conditions."""
    reasons = at.item("reasons")
    known = at.facts.stock[reasons.name].words
    sure = [word for word in known if any(one in columns for one in columns_of(word))]
    if sure and reasons.among(*sorted(sure)):
        return True
    for column in columns:
        hanging = sorted(word for word in known if f"{column}?" in columns_of(word))
        if hanging and reasons.among(*hanging) and at.item(f"on_condition:{column}").among("yes"):
            return True
    return False


@rule("us_ear/738.4", 6, "Country Chart", CHART, STEP)
def chart(at: At) -> Finding:
    """Say what the chart cannot: no reason for control, no ECCN, an entry that is not read, a row that points on."""
    known = sorted(at.facts.stock[at.item("reasons").name].words)
    if _asked(at, known, UNKNOWN):
        return _unclassified(at)
    found = _without_table(at, known)
    if found is not None:
        return found
    if _asked(at, known, NO_REASON):
        return clear("no reason for control: no cell of the chart can meet it", "15 CFR 734.3(c)", CHART)
    for code in ("CU", "IR", "KP", "SY"):
        if goes_to(at, code):
            says = f"the row of this destination has no marks and points on: {tables.points_to(code)} decides"
            return clear(says, STEP)
    return clear("each column that the entry names is asked by itself", CHART)


def _without_table(at: At, known: list[str]) -> Finding | None:
    """Open the range for an entry whose reasons for control the table does not have."""
    if _asked(at, known, ELSEWHERE) and at.open("other_regime", "22 CFR parts 120 to 130"):
        return require(
            None, "the entry says that the item is subject to the ITAR, not to the EAR", "15 CFR 734.3(b)(1)"
        )
    if _asked(at, known, NOT_READ) and at.open("not_modeled", "us_ear/774 reasons for control of an entry not read"):
        return _open_policy(at, "the reasons for control of this entry could not be read")
    if _asked(at, known, NOT_LISTED) and at.open("not_modeled", "us_ear/774 an entry that the table does not have"):
        return _open_policy(at, f"the table of {tables.TABLE_DAY} has no such entry, or none on this day")
    return None


def _asked(at: At, known: list[str], state: str) -> bool:
    matching = [word for word in known if word.endswith(f": {state}")]
    return bool(matching) and at.item("reasons").among(*matching)


def _unclassified(at: At) -> Finding:
    """Without an ECCN anything can be: EAR99 has no reason, another item may need a license to any destination."""
    if at.item("eccn").among("EAR99"):
        return clear("EAR99 has no reason for control", "15 CFR 734.3(c)")
    if not at.item("chart_unknown").among("yes"):
        return clear("controlled for no reason that reaches the destination", CHART)
    return _open_policy(at, "the item is not classified: its reasons for control are not known")


def _open_policy(at: At, says: str) -> Finding:
    strict = at.open("not_modeled", "us_ear/738.4 review policy")
    return require(Policy.DENIAL if strict else Policy.APPROVAL, says, CHART, "15 CFR part 742")


def column_rule(column: str, section: str) -> Rule:
    """Return the rule of one column of the chart.

    Args:
        column: The column, such as `NS 2`.
        section: The section of part 742 that explains it.
    """

    def run(at: At) -> Finding:
        return _column(at, column, section)

    return Rule(f"us_ear/738.4 {column}", 6, f"Country Chart, {column}", (CHART, STEP, section), run)


def _column(at: At, column: str, section: str) -> Finding:
    """Require a license where the column has a mark for the destination and the entry names the column."""
    found = tables.cells(at.law, column)
    if not applies(at, column):
        return clear(f"not controlled under {column}", CHART)
    if within_a_country(at):
        return clear("the chart is for exports and reexports, not for transfers within a country", "15 CFR 736.2(b)(1)")
    if not goes_to(at, *found.marked) and not _may_be_marked(at, column, found):
        return clear(f"no mark in {column} for the destination", STEP, CHART)
    says = f"controlled under {column}, and the chart has a mark for the destination{rolled_back(at)}"
    return require(column_policy(at, column), says, section, STEP, "15 CFR 738.4(a)(2)", reasons=(column,))


def _may_be_marked(at: At, column: str, found: tables.Cells) -> bool:
    """Ask what the table does not settle: two copies that differ, a destination without a row; special provisions."""
    if found.disputed and goes_to(at, *found.disputed) and at.open("conflict", f"two copies of the chart, {column}"):
        return True
    if goes_to(at, *found.without_row) and at.open("not_modeled", "us_ear/738.3(b) whose row counts"):
        return True
    if column == "RS 2" and goes_to(at, "IN"):
        return at.item("eccn").like("6A003.b.4.b*", "9A515.e*")
    return _footnote_10(at, column)


FOOTNOTE_10 = (
    *("0A501*", "0A502*", "0A504.i*", "0A505.a*", "0A505.x*", "0A506*", "0A507*", "0A508*", "0A509*"),
    *("0D501*", "0D505*", "0E501*", "0E504*", "0E505*"),
)
"""Entries that need a license to Australia and the United Kingdom although their cells have no marks."""


def _footnote_10(at: At, column: str) -> bool:
    """Say whether footnote 10 keeps a license for firearms to Australia and the United Kingdom, since AUKUS-2024."""
    if column != "RS 1" or not at.law.stands("AUKUS-2024") or not goes_to(at, "AU", "GB"):
        return False
    return at.item("eccn").like(*FOOTNOTE_10) and not at.item("eccn").like("0A501.y*")


def rolled_back(at: At) -> str:
    """Return the mark of a finding for a day before that of the tables."""
    return "" if at.law.since(tables.TABLE_DAY) else f" (table of {tables.TABLE_DAY}, {tables.ROLLED_BACK})"


CB_1 = column_rule("CB 1", "15 CFR 742.2(a)(1)")
CB_2 = column_rule("CB 2", "15 CFR 742.2(a)(2)")
CB_3 = column_rule("CB 3", "15 CFR 742.2(a)(3)")
NP_1 = column_rule("NP 1", "15 CFR 742.3(a)(1)")
NP_2 = column_rule("NP 2", "15 CFR 742.3(a)(2)")
NS_1 = column_rule("NS 1", "15 CFR 742.4(a)(1)")
NS_2 = column_rule("NS 2", "15 CFR 742.4(a)(2)")
MT_1 = column_rule("MT 1", "15 CFR 742.5(a)(1)")
RS_1 = column_rule("RS 1", "15 CFR 742.6(a)(1)")
RS_2 = column_rule("RS 2", "15 CFR 742.6(a)(4)")
FC_1 = column_rule("FC 1", "15 CFR 742.17(a)")
CC_1 = column_rule("CC 1", "15 CFR 742.7(a)(1)")
CC_2 = column_rule("CC 2", "15 CFR 742.7(a)(2)")
CC_3 = column_rule("CC 3", "15 CFR 742.7(a)(3)")
AT_1 = column_rule("AT 1", "15 CFR part 742")
AT_2 = column_rule("AT 2", "15 CFR part 742")
COLUMN_RULES = {
    one.section.removeprefix("us_ear/738.4 "): one
    for one in (CB_1, CB_2, CB_3, NP_1, NP_2, NS_1, NS_2, MT_1, RS_1, RS_2, FC_1, CC_1, CC_2, CC_3, AT_1, AT_2)
}


def reasons_possible(stock: Stock, item: str) -> frozenset[str]:
    """Return the reasons for control that an item can have, of which some may hang on its paragraph or a condition."""
    return frozenset(one.rstrip("?") for word in stock[f"{item}.reasons"].words for one in columns_of(word))
