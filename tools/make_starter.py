"""Make the starter table of lists from official texts: `python tools/make_starter.py [DATA]`.

DATA (default `../shared/data`) holds part 744 of 2026-07-23 and the Consolidated Screening List of May 2022. Of these
the script re-states facts: name, country, first day of *effect*, scope, policy, footnotes, citations. What the texts do
not say stands here, each with what it rests on: the day on which a rule took effect (never its day of publication),
entries that have ended, and the lists of the FCC and of section 889. It writes `starter.csv` and `starter_names.csv`.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from licet.lists.bis_rows import COLUMNS, Read, reads_of
from licet.lists.bis_terms import Cite, cites_of, policy_of
from licet.lists.countries import country_code
from licet.lists.ecfr import supplement
from licet.lists.register import Rule, rule_at
from licet.lists.tables import ENTRIES, ENTRY_COLUMNS, NAME_COLUMNS, NAMES
from licet.names.normal import normalize, variants

ROOT = Path(__file__).resolve().parent.parent
LISTS = ROOT / "src" / "licet" / "lists"
ECFR = "ecfr/title-15_part-744_2026-07-23.xml"
CSL_2022 = "csl/csl_2022-05-06_full_14160rows.csv.gz"
CSL_DAY = date(2022, 5, 6)
DAY = timedelta(days=1)


WHOLE = {"EL-2019-05", "EL-2019-08", "EL-2020-08", "EL-2020-12", "SAV-2023", "EL-2024-12"}
"""Measures of which every entry that still stands is taken."""
HUAWEI = {"EL-2019-05", "EL-2019-08", "EL-2020-08"}
ADVANCED = "AC-2022-1021"
"""The measure that gave 28 entries footnote 4."""
SINGLE = {
    "University of Electronic Science and Technology of China",
    "Hangzhou Hikvision Digital Technology Co., Ltd.",
    "China Aerospace Science and Technology Corporation (CASC) 9th Academy 771 Research Institute",
    "ZTE Parsian",
    "Hytera Communications Limited",
    "Beijing 8 Star International Co.",
}
"""Entries that are taken one by one."""
BY_HAND = {
    "Shenzhen HiSilicon Technologies Co., Electrical Research Center": (
        "Shenzhen HiSilicon Technologies Co.",
        "Shenzhen HiSilicon Technologies Co., Electrical Research Center",
    ),
    "Huawei OpenLab, Singapore": ("Huawei OpenLab, Singapore", "Huawei Singapore OpenLab"),
}
"""Names that the official text writes so that they can be read in more than one way."""

MAY, AUGUST, RENAMED = date(2019, 5, 16), date(2019, 8, 19), date(2021, 12, 17)
FN1, FN2 = date(2020, 5, 15), date(2020, 8, 17)
FN4, FN4_OUT, FN5 = date(2022, 10, 21), date(2023, 3, 2), date(2024, 12, 2)
STATUTE = date(2018, 8, 13)
SPLIT = {
    "1A004": "case by case for the ECCNs and EAR99 items that the row names and for items against infectious disease,"
    " presumption of denial for all others",
    "infectious": "case by case for items against infectious disease, presumption of denial for all others",
    "uniquely": "presumption of denial for items uniquely required at 10 nm and below, case by case for all others",
    "200mm": "presumption of denial, case by case for items designed for 200 mm wafers and bound for a 200 mm plant",
    "3B001": "presumption of denial, case by case for items outside the paragraphs of 3B001, 3B002, 3B993 and 3B994"
    " that the row names",
    "740.26": "by 15 CFR 740.26, 744.11 and 744.23(d)",
    "744.23(d)": "by 15 CFR 744.11 and 744.23(d)",
    "744.2(d)": "by 15 CFR 744.2(d)",
}
"""A policy that is split or set by reference: a mark in its text, and what it says in our words."""
UAV_NOTE = "all items but EAR99 technology to operate, maintain or repair unmanned aircraft, released by the operator"
MOVED_NOTE = (
    "August 2019 put 19 new companies and three of May 2019 into the main entry; which three was not found:"
    " disputed until 2019-08-18"
)
HUI_TONG_NOTE = (
    "the eCFR cites 84 FR 22963 first, the screening list 84 FR 43495, and the counts of the Register (69, then 46)"
    " need August: disputed until 2019-08-18"
)
FN4_NOTE = "footnote 4 is no longer printed since the row was revised; whether on purpose is not known"
OFFICE_NOTE = "office in Hong Kong; part of the main entry since 2022-02-14"
VIDEO_NOTE = "video surveillance and telecommunications equipment, for the purposes that the text names"


class Terms(NamedTuple):
    """What an entry says over some days."""

    scope: str
    policy: str
    footnotes: tuple[int, ...]
    note: str


class Name(NamedTuple):
    """A name of an entry, with the first day on which its row had it."""

    text: str
    since: date
    checked: str = "seen"


class Entry(NamedTuple):
    """An entry of the table: its names and, from each day on, its terms."""

    lists: str
    names: list[Name]
    country: str
    steps: list[tuple[date, Terms]]
    cites: tuple[tuple[str, date], ...]
    """Citations with the days from which they count: an interval shows those of its time."""
    measure: str = ""
    group: str = ""
    checked: str = "seen"
    through: date | None = None
    sure: date | None = None
    """First day on which no source doubts the entry."""
    reaches_affiliates: bool = False


class UnknownPolicyError(ValueError):
    """A review policy for which `SPLIT` has no words."""


class Screening(NamedTuple):
    """What the screening list of May 2022 gives for a name: its aliases and its terms."""

    aliases: dict[str, set[str]]
    terms: dict[str, Terms]


def rows_of(path: Path) -> list[Read]:
    """Read the rows of Supplement 4 to part 744."""
    files = {path.name: path.read_bytes()}
    noises: list[str] = []
    rows = list(reads_of(supplement(files, 4, COLUMNS).rows, noises))
    if noises:
        raise SystemExit("\n".join(noises))
    return rows


def rule_of(cite: Cite) -> Rule | None:
    """Return the rule in whose pages a citation lies."""
    return rule_at(cite.volume, cite.page)


def effect(cite: Cite) -> date:
    """Return the day on which the rule of a citation took effect; where the table of rules lacks it, of publication."""
    rule = rule_of(cite)
    day = cite.published if rule is None else rule.day
    if day is None:
        raise SystemExit(f"no day for {cite.citation.text}")
    return day


def terms_of(requirement: str, policy: str, footnotes: tuple[str, ...] = ()) -> Terms:
    """Read scope and policy of a row; a policy that is split or refers elsewhere is empty, with a note."""
    scope, note = ("text", UAV_NOTE) if "UAV" in requirement else ("all", "")
    known = policy_of(policy) or ""
    if not known:
        said = next((text for mark, text in SPLIT.items() if mark in policy), None)
        if said is None:
            raise UnknownPolicyError(policy)
        note = "; ".join(filter(None, (note, said)))
    return Terms(scope, known, tuple(sorted(map(int, footnotes))), note)


def screening(data: Path) -> Screening:
    """Read names and terms of the screening list."""
    aliases: dict[str, set[str]] = {}
    terms = {}
    with gzip.open(data / CSL_2022, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not row["source"].startswith("Entity List"):
                continue
            others = [
                normalize(x) for x in re.split(r";\s*(?:and\b)?|\band\b(?= Sense)", row["alt_names"]) if x.strip()
            ]
            for key in variants(row["name"]):
                aliases.setdefault(key, set()).update(others)
                if row["license_policy"].strip() and "EAR" in row["license_requirement"]:
                    terms[key] = (row["license_requirement"], row["license_policy"])
    return Screening(aliases, readable(terms))


def readable(terms: dict[str, tuple[str, str]]) -> dict[str, Terms]:
    """Read the terms of the earlier issue, where the table of notes knows them; it did not print footnotes."""
    read = {}
    for key, (requirement, policy) in terms.items():
        try:
            read[key] = terms_of(requirement, policy)._replace(footnotes=())
        except UnknownPolicyError:  # an entry that the table does not take
            continue
    return read


def country_of(row: Read) -> str:
    """Return the country of an entry: the heading, or Hong Kong or the Virgin Islands where every address is there."""
    places = {place.country for place in row.party.places}
    return next((code for code in ("HK", "VG") if places == {code}), country_code(row.country))


def wanted(row: Read) -> bool:
    """Say whether the table takes a row."""
    cites = cites_of(row.terms.citations)
    rule = rule_of(cites[0])
    return row.party.name in SINGLE or ADVANCED in measures(cites) or (rule is not None and rule.measure in WHOLE)


def measures(cites: tuple[Cite, ...]) -> set[str]:
    """Return the measures that are cited."""
    return {rule.measure for cite in cites if (rule := rule_of(cite)) is not None}


def steps_of(row: Read, first: Rule, before: Terms | None) -> list[tuple[date, Terms]]:
    """Return the terms of an entry from each day on which they changed.

    Args:
        row: The row as it stands now.
        first: The rule that made it.
        before: Its terms in May 2022, without footnotes, where the screening list of that month has it.
    """
    now = terms_of(row.terms.requirement, row.terms.policy, row.terms.footnotes)
    cites = cites_of(row.terms.citations)
    start = before if before is not None and first.day <= CSL_DAY else now
    days = {rule.day for cite in cites[1:] if (rule := rule_of(cite)) is not None}
    if first.measure in HUAWEI:
        marks: dict[date, tuple[int, ...]] = {first.day: (), FN1: (1,), FN2: (1, 2)}
        steps = [(day, now._replace(footnotes=marks[day])) for day in sorted(marks) if day >= first.day]
    elif ADVANCED in measures(cites):
        steps = [(first.day, start._replace(footnotes=())), (FN4, now._replace(footnotes=(4,)))]
        if not now.footnotes:
            steps.append((FN4_OUT, now._replace(note=FN4_NOTE)))
    elif FN5 in days:
        steps = [(first.day, start), (FN5, now)]
    else:
        steps = [(first.day, now)]
        if start._replace(footnotes=now.footnotes) != now:
            raise SystemExit(f"terms changed on no known day: {row.party.name!r}: {start}, then {now}")
    return steps


def names_of(row: Read, first: Rule, lists: Screening) -> list[Name]:
    """Return the names of an entry, each with the first day on which its row is known to have had it."""
    texts = BY_HAND.get(row.party.name, tuple(name.text for name in row.party.names))
    cites = cites_of(row.terms.citations)
    known = set().union(*(lists.aliases.get(key, set()) for key in variants(texts[0])))
    later = [rule for cite in cites[1:] if (rule := rule_of(cite)) and rule.day > CSL_DAY]
    later = [rule for rule in later if rule.measure != ADVANCED]
    revised = first.measure not in HUAWEI and len({rule.day for cite in cites if (rule := rule_of(cite))}) > 1
    names = [Name(texts[0], first.day, first.checked)]
    for text in texts[1:]:
        if later and first.day <= CSL_DAY and normalize(text) not in known:
            names.append(Name(text, later[0].day, later[0].checked))
        else:
            names.append(Name(text, first.day, "memory" if revised else first.checked))
    return names


def entry_of(row: Read, lists: Screening) -> Entry:
    """Turn a row into an entry."""
    cited = cites_of(row.terms.citations)
    first = rule_of(cited[0])
    if first is None:
        raise SystemExit(f"no rule for the first citation of {row.party.name!r}")
    names = names_of(row, first, lists)
    head = names[0].text
    before = next((lists.terms[key] for key in variants(head) if key in lists.terms), None)
    cites = tuple((cite.citation.text, effect(cite)) for cite in cited)
    group = "huawei" if first.measure in HUAWEI else GROUPS.get(head, "")
    entry = Entry(
        "entity_list", names, country_of(row), steps_of(row, first, before), cites, first.measure, group, first.checked
    )
    if any(terms.note == SPLIT["uniquely"] for _, terms in entry.steps):
        entry = entry._replace(group="smic")
    if head == "Hui Tong Business Ltd.":
        return entry._replace(steps=noted(entry.steps, HUI_TONG_NOTE), sure=AUGUST)
    return entry._replace(names=[MENDED.get(name.text, name) for name in names])


GROUPS = {
    "Hangzhou Hikvision Digital Technology Co., Ltd.": "hikvision",
    "Dahua Technology": "dahua",
    "ZTE Parsian": "zte",
}
MENDED = {"Hunan Guofang Keji University": Name("Hunan Guofang Keji University", date(2019, 6, 24))}
"""Names that entered a row on another day than its citations tell."""


def noted(steps: list[tuple[date, Terms]], note: str) -> list[tuple[date, Terms]]:
    """Return terms with a note."""
    return [(day, terms._replace(note=note)) for day, terms in steps]


def inside_main(rows: list[Read], main: Entry) -> list[Entry]:
    """Return the companies inside Huawei's main entry."""
    row = next(row for row in rows if row.party.parts and row.party.name == main.names[0].text)
    entries: list[Entry] = []
    for part in row.party.parts:
        renamed = {name.text for name in part.names if re.match("HMN|Huahai", name.text)}
        names = [Name(one.text, *((RENAMED, "memory") if one.text in renamed else (MAY,))) for one in part.names]
        steps = noted(main.steps, MOVED_NOTE)
        entries.append(Entry("entity_list", names, "CN", steps, main.cites, "EL-2019-08", "huawei", sure=AUGUST))
    return entries


def by_hand(main: Entry) -> list[Entry]:
    """Return what no text here lists: entries that have ended, denied persons, and the lists of FCC and section 889."""
    main.names.append(Name("Huawei Technologies Co., Ltd. (Huawei)", MAY))
    office = main._replace(
        names=[Name("Huawei Technologies Co., Ltd.", MAY)],
        country="HK",
        steps=noted(main.steps, OFFICE_NOTE),
        cites=tuple(cite for cite in main.cites if cite[0] not in ("84 FR 43495", "86 FR 71559")),
        through=date(2022, 2, 13),
    )
    zte = (
        "ZTE Corporation",
        "Zhongxing Telecommunications Equipment Corporation",
        "Zhongxing Telecommunications Equipment (ZTE) Corporation",
    )
    kangxun = ("ZTE Kangxun Telecommunications Ltd.", "ZTE Kangxun")
    entries = [office]
    for texts in (zte, kangxun):
        names = [Name(text, date(2016, 3, 8)) for text in texts]
        ended = Terms("all", "PRESUMPTION_OF_DENIAL", (), "removed on 2017-03-29")
        steps, cites = [(date(2016, 3, 8), ended)], always("81 FR 12004", "82 FR 15458")
        entries.append(Entry("entity_list", names, "CN", steps, cites, "", "zte", through=date(2017, 3, 28)))
        steps, cites = [(date(2018, 4, 15), ALL)], always("83 FR 17644", "83 FR 34825")
        order = Entry("denied_persons_list", names, "CN", steps, cites, "ZTE-DO", "zte", through=date(2018, 7, 13))
        entries.append(order)
    return entries + bans(zte)


ALL = Terms("all", "", (), "")


def always(*texts: str) -> tuple[tuple[str, date], ...]:
    """Return citations that every interval shows."""
    return tuple((text, date.min) for text in texts)


def bans(zte: tuple[str, ...]) -> list[Entry]:
    """Return section 889, the FCC's designations of 2020 and its Covered List of 2021, in the names that they write."""
    five = {
        "huawei": ("Huawei Technologies Co., Ltd.", "Huawei Technologies Company"),
        "zte": zte,
        "hytera": ("Hytera Communications Corporation",),
        "hikvision": (
            "Hangzhou Hikvision Digital Technology Co., Ltd.",
            "Hangzhou Hikvision Digital Technology Company",
        ),
        "dahua": ("Dahua Technology", "Dahua Technology Company"),
    }
    both = (
        ("s889", STATUTE, "S889", always("Pub. L. 115-232 s. 889(f)(3)")),
        (
            "fcc_covered_list",
            date(2021, 3, 12),
            "FCC-CL",
            always("PSHSB public notice of 2021-03-12", "47 CFR 1.50002"),
        ),
    )
    orders = always("PSHSB orders of 2020-06-30", "47 CFR 54.9")
    usf = ("fcc_usf_designated", date(2020, 6, 30), "FCC-2020-06", orders)
    made = []
    for group, texts in five.items():
        names = [Name(text, STATUTE) for text in texts]
        whole = group in ("huawei", "zte")
        terms = ALL if whole else ALL._replace(scope="text", note=VIDEO_NOTE)
        for lists, day, measure, cites in (*both, usf) if whole else both:
            made.append(Entry(lists, names, "CN", [(day, terms)], cites, measure, group, reaches_affiliates=True))
    return made


def slug_of(entry: Entry, taken: dict[str, str]) -> str:
    """Return the id of an entry: its first name, and its country where another country has the name already."""
    slug = variants(entry.names[0].text)[-1].replace(" ", "-")
    if taken.setdefault(slug, entry.country) != entry.country:
        slug = f"{slug}-{entry.country.casefold()}"
    return slug


def rows_out(entry: Entry, slug: str) -> list[tuple[str, ...]]:
    """Return the rows of an entry: one per interval of unchanged terms, cut at the day from which it is undisputed.

    A disputed interval would rest on the measure of May 2019: that is what the sources differ on.
    """
    steps = dict(entry.steps)
    if entry.sure is not None:
        steps.setdefault(entry.sure, max((day, terms) for day, terms in entry.steps if day < entry.sure)[1])
    days = sorted(steps)
    rows: list[tuple[str, ...]] = []
    for day, following in zip(days, [*days[1:], None], strict=True):
        end = following - DAY if following else entry.through
        disputed = entry.sure is not None and day < entry.sure
        first = days[0] if disputed or entry.sure is None else entry.sure
        terms = steps[day]
        cites = "; ".join(text for text, day in entry.cites if end is None or day <= end)
        reaches = "yes" if entry.reaches_affiliates else ""
        head = (entry.lists, slug, entry.names[0].text, entry.country)
        span = (day.isoformat(), end.isoformat() if end else "", first.isoformat())
        said = (terms.scope, terms.policy, " ".join(map(str, terms.footnotes)), "", cites)
        checked = "conflict" if disputed else entry.checked
        measure = "EL-2019-05" if disputed else entry.measure
        rows.append((*head, *span, *said, measure, entry.group, reaches, checked, terms.note))
    return rows


def write(entries: list[Entry], folder: Path) -> None:
    """Write both tables; the first name that an entry gets is its primary one, and a name counts from its first day."""
    taken: dict[str, str] = {}
    rows: list[tuple[str, ...]] = []
    names: dict[tuple[str, str], tuple[str, ...]] = {}
    primary_names: set[str] = set()
    for entry in entries:
        slug = slug_of(entry, taken)
        rows += rows_out(entry, slug)
        for name in entry.names:
            key = (slug, normalize(name.text))
            kind = "alias" if slug in primary_names else "primary"
            primary_names.add(slug)
            _, text, kind, since, *rest = names.get(
                key, (slug, name.text, kind, name.since.isoformat(), "", name.checked)
            )
            names[key] = (slug, text, kind, min(since, name.since.isoformat()), *rest)
    table(folder / ENTRIES, ENTRY_COLUMNS, sorted(rows, key=lambda row: (row[1], row[0], row[4])))
    table(folder / NAMES, NAME_COLUMNS, sorted(names.values(), key=lambda row: (row[0], row[2] != "primary", row[1])))


def table(path: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Write one table as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    print(f"{path.name}: {len(rows)} rows")


def main(data: Path, folder: Path = LISTS) -> dict[str, int]:
    """Make both tables from the official texts.

    Args:
        data: Where the texts lie.
        folder: Where the tables are written.

    Returns:
        How many entries each measure has; those without a measure under the empty word.
    """
    rows, lists = rows_of(data / ECFR), screening(data)
    entries = [entry_of(row, lists) for row in rows if wanted(row)]
    huawei = next(entry for entry in entries if entry.names[0].text == "Huawei Technologies Co., Ltd.")
    entries += inside_main(rows, huawei) + by_hand(huawei)
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.measure] = counts.get(entry.measure, 0) + 1
    write(entries, folder)
    return counts


if __name__ == "__main__":
    print(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"))
