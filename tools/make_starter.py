"""Make the starter table of lists from official texts: `python tools/make_starter.py [DATA]`.

DATA (default `../shared/data`) holds part 744 of 2026-07-23 and two issues of the Consolidated Screening List. Of these
the script re-states facts: name, country, first day of *effect*, scope, policy, footnotes, citations. What the texts do
not say stands here, each with what it rests on: the day on which a rule took effect (never its day of publication),
entries that have ended, and the lists of the FCC and of section 889. It writes `starter.csv` and `starter_names.csv`.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from licet.lists.tables import ENTRIES, ENTRY_COLUMNS, NAME_COLUMNS, NAMES
from licet.names.normal import normalize, variants

ROOT = Path(__file__).resolve().parent.parent
LISTS = ROOT / "src" / "licet" / "lists"
ECFR = "ecfr/title-15_part-744_2026-07-23.xml"
CSL_2022 = "csl/csl_2022-05-06_full_14160rows.csv.gz"
CSL_2026 = "csl/csl_compact_2026-07-31.json"
CSL_DAY = date(2022, 5, 6)
CELLS = 5
"""Cells of a row of Supplement 4: country, entity, requirement, policy, citations."""
DAY = timedelta(days=1)


class Rule(NamedTuple):
    """A rule of the Federal Register: its pages, the day on which it took effect, and the measure that it is."""

    volume: int
    first: int
    last: int
    day: date
    measure: str = ""
    checked: str = "seen"


RULES = (
    Rule(66, 24266, 24267, date(2001, 5, 14), checked="memory"),
    Rule(77, 58006, 58012, date(2012, 9, 19), checked="memory"),
    Rule(80, 8524, 8530, date(2015, 2, 18), "NUDT-2015"),
    Rule(81, 12004, 12006, date(2016, 3, 8)),
    Rule(84, 22961, 22968, date(2019, 5, 16), "EL-2019-05"),
    Rule(84, 29371, 29377, date(2019, 6, 24)),
    Rule(84, 43493, 43501, date(2019, 8, 19), "EL-2019-08"),
    Rule(84, 54002, 54009, date(2019, 10, 9)),
    Rule(85, 34495, 34508, date(2020, 6, 5)),
    Rule(85, 51596, 51629, date(2020, 8, 17), "EL-2020-08"),
    Rule(85, 83416, 83432, date(2020, 12, 18), "EL-2020-12"),
    Rule(86, 18437, 18440, date(2021, 4, 8)),
    Rule(86, 67317, 67325, date(2021, 11, 24), checked="memory"),
    Rule(86, 71557, 71567, date(2021, 12, 17), checked="memory"),
    Rule(87, 38920, 38930, date(2022, 6, 28), "NUDT-2022", "memory"),
    Rule(87, 51876, 51880, date(2022, 8, 24)),
    Rule(87, 62186, 62215, date(2022, 10, 21), "AC-2022-1021", "memory"),
    Rule(88, 13673, 13690, date(2023, 3, 2)),
    Rule(88, 71991, 71994, date(2023, 10, 17), "SAV-2023"),
    Rule(89, 25503, 25508, date(2024, 4, 11), checked="memory"),
    Rule(89, 68543, 68570, date(2024, 8, 23), checked="memory"),
    Rule(89, 96830, 96887, date(2024, 12, 2), "EL-2024-12"),
    Rule(90, 559, 565, date(2025, 1, 6), checked="memory"),
    Rule(90, 44494, 44510, date(2025, 9, 16), checked="memory"),
)
"""Days of effect. `seen`: read in the rule or a notice of it; `memory`: the day of publication, or from memory."""

WHOLE = {"EL-2019-05", "EL-2019-08", "EL-2020-08", "EL-2020-12", "SAV-2023", "EL-2024-12"}
"""Measures of which every entry that still stands is taken."""
HUAWEI = {"EL-2019-05", "EL-2019-08", "EL-2020-08"}
ADVANCED = "AC-2022-1021"
"""The measure that gave 28 entries footnote 4."""
SINGLE = re.compile(
    "University of Electronic Science and Technology of China, No|Hangzhou Hikvision|771 Research|ZTE Parsian"
    "|Hytera Communications Limited|Beijing 8 Star"
)
UNCLEAR = {
    "Xi'an Huawei Technologies Co., Ltd., Xi'an": ("Xi'an Huawei Technologies Co., Ltd.",),
    "Shenzhen HiSilicon Technologies Co., Electrical": (
        "Shenzhen HiSilicon Technologies Co.",
        "Shenzhen HiSilicon Technologies Co., Electrical Research Center",
    ),
}
"""Where the screening lists take part of the address for the name, or may do: split by hand."""

MAY, AUGUST, RENAMED = date(2019, 5, 16), date(2019, 8, 19), date(2021, 12, 17)
FN1, FN2 = date(2020, 5, 15), date(2020, 8, 17)
FN4, FN4_OUT, FN5 = date(2022, 10, 21), date(2023, 3, 2), date(2024, 12, 2)
STATUTE = date(2018, 8, 13)
ITALIC = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
"""Stands before a name in italics: the row that continues Huawei's main entry names its companies so."""

HEADINGS = """
AR ARGENTINA; AU AUSTRALIA; BH BAHRAIN; BY BELARUS; BE BELGIUM; BO BOLIVIA; BR BRAZIL; BG BULGARIA; MM BURMA; CA CANADA;
CL CHILE; CN CHINA, PEOPLE'S REPUBLIC OF; CR COSTA RICA; CU CUBA; DK DENMARK; EG EGYPT; FR FRANCE; DE GERMANY; IN INDIA;
ID INDONESIA; IR IRAN; IL ISRAEL; IT ITALY; JM JAMAICA; JP JAPAN; JO JORDAN; KZ KAZAKHSTAN; LB LEBANON; MG MADAGASCAR;
MT MALTA; MX MEXICO; MA MOROCCO; NL NETHERLANDS; NZ NEW ZEALAND; OM OMAN; PK PAKISTAN; PA PANAMA; PY PARAGUAY; PE PERU;
PT PORTUGAL; QA QATAR; RO ROMANIA; RU RUSSIA; SG SINGAPORE; ZA SOUTH AFRICA; KR SOUTH KOREA; LK SRI LANKA; SE SWEDEN;
CH SWITZERLAND; TW TAIWAN; TH THAILAND; TR TURKEY; AE UNITED ARAB EMIRATES; GB UNITED KINGDOM; VN VIETNAM
"""
COUNTRIES = {item.strip()[3:]: item.strip()[:2] for item in HEADINGS.split(";")}

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


class Cite(NamedTuple):
    """A citation of the Federal Register, with its day of publication."""

    volume: int
    page: int
    published: date


class Row(NamedTuple):
    """A row of Supplement 4: its country heading, the lines of its entity cell and its other cells."""

    country: str
    lines: tuple[str, ...]
    requirement: str
    policy: str
    cites: tuple[Cite, ...]


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
    """What two issues of the screening list give for a name: spellings, to check the split, and terms of May 2022."""

    new: frozenset[str]
    old: frozenset[str]
    aliases: dict[str, set[str]]
    old_aliases: dict[str, set[str]]
    terms: dict[str, Terms]


def text_of(cell: ET.Element) -> tuple[str, ...]:
    """Return the lines of a cell; a line ends at `<br/>`, and a name in italics has a mark before it."""
    lines = [""]

    def walk(node: ET.Element) -> None:
        lines[-1] += node.text or ""
        for child in node:
            if child.tag == "br":
                lines.append("")
            elif child.tag == "E" and (child.text or "").endswith(","):
                lines[-1] += ITALIC
            walk(child)
            lines[-1] += child.tail or ""

    walk(cell)
    return tuple(re.sub(r"\s+", " ", line).strip() for line in lines)


def cites_of(text: str) -> tuple[Cite, ...]:
    """Return the citations of a cell."""
    found = re.findall(r"(\d+) ?F\.?R\.? ?(\d+)[,.]? ?(\d+)/(\d+)/(\d+)", text)
    years = {len(year): 2000 for *_, year in found} | {4: 0}
    return tuple(
        Cite(int(volume), int(page), date(years[len(year)] + int(year), int(month), int(day)))
        for volume, page, month, day, year in found
    )


def rows_of(path: Path) -> list[Row]:
    """Read the rows of Supplement 4 to part 744."""
    rows, country = [], ""
    for table in ET.parse(path).iter("DIV9"):  # noqa: S314 -- an official file that lies beside the project
        if "Supplement No. 4" not in "".join(table[0].itertext()):
            continue
        for line in table.iter("TR"):
            cells = [text_of(cell) for cell in line.findall("TD")]
            if len(cells) == CELLS:
                heading, _, requirement, policy, cites = (" ".join(cell).strip() for cell in cells)
                country = heading or country
                rows.append(Row(country, cells[1], requirement, policy, cites_of(cites)))
    return rows


def rule_of(cite: Cite) -> Rule | None:
    """Return the rule in whose pages a citation lies: it points inside a rule, seldom to its first page."""
    return next((r for r in RULES if r.volume == cite.volume and r.first <= cite.page <= r.last), None)


def effect(cite: Cite) -> date:
    """Return the day on which the rule of a citation took effect; where the table of rules lacks it, of publication."""
    rule = rule_of(cite)
    return cite.published if rule is None else rule.day


def terms_of(requirement: str, policy: str) -> Terms:
    """Read scope, policy and footnotes of a row; a policy that is split or refers elsewhere is empty, with a note."""
    clean = policy.strip(" .").casefold()
    scope, note = ("text", UAV_NOTE) if "UAV" in requirement else ("all", "")
    words = {"presumption of denial": "PRESUMPTION_OF_DENIAL", "case-by-case basis": "CASE_BY_CASE"}
    known = words.get(clean, "")
    if clean.startswith("policy of denial for all items subject to the ear. see"):
        known = "DENIAL"
    if not known:
        said = next((text for mark, text in SPLIT.items() if mark in policy), None)
        if said is None:
            raise UnknownPolicyError(policy)
        note = "; ".join(filter(None, (note, said)))
    marks = re.findall(r"(?:\)\s*|734\.9\(g\),?\s*|744\.11 of the EAR )(\d)\b", requirement)
    return Terms(scope, known, tuple(sorted({int(mark) for mark in marks})), note)


def screening(data: Path) -> Screening:
    """Read the names of two issues of the screening list, and the terms of the earlier."""
    old_aliases: dict[str, set[str]] = {}
    terms = {}
    with gzip.open(data / CSL_2022, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not row["source"].startswith("Entity List"):
                continue
            others = [
                normalize(x) for x in re.split(r";\s*(?:and\b)?|\band\b(?= Sense)", row["alt_names"]) if x.strip()
            ]
            for key in variants(row["name"]):
                old_aliases.setdefault(key, set()).update(others)
                if row["license_policy"].strip() and "EAR" in row["license_requirement"]:
                    terms[key] = (row["license_requirement"], row["license_policy"])
    aliases = {key: set(many) for key, many in old_aliases.items()}
    new = set()
    issue = json.loads((data / CSL_2026).read_text(encoding="utf-8"))
    source = next(i for i, name in enumerate(issue["tables"]["sources"]) if name.startswith("Entity List"))
    for item in issue["entries"]:
        if item["s"] == source:
            for key in variants(item["n"]):
                new.add(key)
                aliases.setdefault(key, set()).update(normalize(x) for x in item.get("a", ()))
    return Screening(frozenset(new), frozenset(old_aliases), aliases, old_aliases, readable(terms))


def readable(terms: dict[str, tuple[str, str]]) -> dict[str, Terms]:
    """Read the terms of the earlier issue, where the table of notes knows them; it did not print footnotes."""
    read = {}
    for key, (requirement, policy) in terms.items():
        try:
            read[key] = terms_of(requirement, policy)._replace(footnotes=())
        except UnknownPolicyError:  # an entry that the table does not take
            continue
    return read


def split_names(lines: tuple[str, ...], lists: Screening) -> tuple[str, ...]:
    """Split the entity cell into primary name and aliases; an address is never a name."""
    known_as = re.search(r"[,;]?\s*a\.k\.a\.?", lines[0], re.IGNORECASE)
    if known_as is None:
        unclear = (names for head, names in UNCLEAR.items() if lines[0].startswith(head))
        return next(unclear, None) or (primary(lines[0], lists),)
    names, inline = [tidy(lines[0][: known_as.start()])], lines[0][known_as.end() :]
    known = set().union(*(lists.aliases.get(key, set()) for key in variants(names[0])))
    aliases = [line[1:] for line in lines[1:] if line.startswith("\N{EM DASH}")] or inline.split("\N{EM DASH}")[1:]
    for alias in aliases:
        for part in re.split(r",?\s*a\.k\.a\.,?\s*", alias.replace("Xi 'an", "Xi'an")):
            whole = re.sub(r"[;,]?\s*and$", "", part.strip()).strip(" ;,")
            cuts = [] if normalize(whole) in known else [cut for cut in heads_of(whole) if normalize(cut) in known]
            names.append(tidy(max(cuts, key=len) if cuts else whole))
    return tuple(names)


def primary(text: str, lists: Screening) -> str:
    """Return the name at the head of a line that goes on with an address: the part that the screening lists know."""
    cuts = heads_of(text)
    new = [cut for cut in cuts if normalize(cut) in lists.new]
    old = [cut for cut in cuts if normalize(cut) in lists.old]
    if not new and not old:
        return tidy(text)
    return tidy(
        min((max(found, key=len) if found is new else min(found, key=len) for found in (new, old) if found), key=len)
    )


def heads_of(text: str) -> list[str]:
    """Return the parts of a line up to each comma or full stop."""
    return [text[: m.start()] for m in re.finditer(r"[,.](?=\s|\d)|$|,", text)]


def tidy(name: str) -> str:
    """End a name with a full stop only where it ends in an abbreviation, and drop a bracket without a mate."""
    bare = name.strip(" ,;").rstrip(".")
    if bare.count(")") > bare.count("("):
        bare = bare.removesuffix(")")
    return f"{bare}." if re.search(r"\b(Ltd|Co|Inc|Corp|S\.A|K\.K|U\.A|S\.R\.L)$", bare) else bare


def country_of(row: Row) -> str:
    """Return the country of an entry: the heading, or Hong Kong or the Virgin Islands where every address is there."""
    text = " ".join(row.lines)
    code = COUNTRIES[row.country]
    if code == "CN" and "Hong Kong" in text and not re.search(r"\bChina\b", re.sub("China .*Co", "", text)):
        return "HK"
    return "VG" if "British Virgin Islands" in text else code


def wanted(row: Row) -> bool:
    """Say whether the table takes a row."""
    if not row.cites:
        return False
    rule = rule_of(row.cites[0])
    named = bool(SINGLE.search(row.lines[0]))
    return named or ADVANCED in measures(row) or (rule is not None and rule.measure in WHOLE)


def measures(row: Row) -> set[str]:
    """Return the measures that a row cites."""
    return {rule.measure for cite in row.cites if (rule := rule_of(cite)) is not None}


def steps_of(row: Row, first: Rule, before: Terms | None) -> list[tuple[date, Terms]]:
    """Return the terms of an entry from each day on which they changed.

    Args:
        row: The row as it stands now.
        first: The rule that made it.
        before: Its terms in May 2022, without footnotes, where the screening list of that month has it.
    """
    now = terms_of(row.requirement, row.policy)
    start = before if before is not None and first.day <= CSL_DAY else now
    days = {rule.day for cite in row.cites[1:] if (rule := rule_of(cite)) is not None}
    if first.measure in HUAWEI:
        marks: dict[date, tuple[int, ...]] = {first.day: (), FN1: (1,), FN2: (1, 2)}
        steps = [(day, now._replace(footnotes=marks[day])) for day in sorted(marks) if day >= first.day]
    elif ADVANCED in measures(row):
        steps = [(first.day, start._replace(footnotes=())), (FN4, now._replace(footnotes=(4,)))]
        if not now.footnotes:
            steps.append((FN4_OUT, now._replace(note=FN4_NOTE)))
    elif FN5 in days:
        steps = [(first.day, start), (FN5, now)]
    else:
        steps = [(first.day, now)]
        if start._replace(footnotes=now.footnotes) != now:
            raise SystemExit(f"terms changed on no known day: {row.lines[0]!r}: {start}, then {now}")
    return steps


def names_of(row: Row, first: Rule, lists: Screening) -> list[Name]:
    """Return the names of an entry, each with the first day on which its row is known to have had it."""
    texts = list(dict.fromkeys(split_names(row.lines, lists)))
    known = set().union(*(lists.old_aliases.get(key, set()) for key in variants(texts[0])))
    later = [rule for cite in row.cites[1:] if (rule := rule_of(cite)) and rule.day > CSL_DAY]
    later = [rule for rule in later if rule.measure != ADVANCED]
    revised = first.measure not in HUAWEI and len({rule.day for c in row.cites if (rule := rule_of(c))}) > 1
    names = [Name(texts[0], first.day, first.checked)]
    for text in texts[1:]:
        if later and first.day <= CSL_DAY and normalize(text) not in known:
            names.append(Name(text, later[0].day, later[0].checked))
        else:
            names.append(Name(text, first.day, "memory" if revised else first.checked))
    return names


def entry_of(row: Row, lists: Screening) -> Entry:
    """Turn a row into an entry."""
    first = rule_of(row.cites[0])
    if first is None:
        raise SystemExit(f"no rule for the first citation of {row.lines[0]!r}")
    names = names_of(row, first, lists)
    head = names[0].text
    before = next((lists.terms[key] for key in variants(head) if key in lists.terms), None)
    cites = tuple((f"{cite.volume} FR {cite.page}", effect(cite)) for cite in row.cites)
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


def inside_main(rows: list[Row], main: Entry) -> list[Entry]:
    """Return the companies inside Huawei's main entry, from the row that continues it."""
    lines = next(row.lines for row in rows if row.lines[0].startswith("Affiliated entities"))
    entries: list[Entry] = []
    for line in lines[1:]:
        if line.startswith(ITALIC):
            names = [Name(tidy(re.split(r",\s(?!Ltd)", line.removeprefix(ITALIC))[0]), MAY)]
            steps = noted(main.steps, MOVED_NOTE)
            entries.append(Entry("entity_list", names, "CN", steps, main.cites, "EL-2019-08", "huawei", sure=AUGUST))
        elif line.startswith("\N{EM DASH}"):
            alias = re.split(r", to include|;", line.removeprefix("\N{EM DASH}"))[0]
            entries[-1].names.append(Name(tidy(alias), MAY))
        elif re.match("HMN|Huahai", line):
            alias = re.sub(r"; and$", "", line)
            entries[-1].names.append(Name(tidy(alias), RENAMED, "memory"))
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
