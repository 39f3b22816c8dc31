"""Restate the Country Chart, the country groups and the reasons for control in our own form.

Usage: python tools/make_tables.py SOURCES [--check]

SOURCES is a folder with the collected copies of 2026-07-23: `ccl_2026-07-23.json`, `country-chart_2026-07-23.json`,
`country-groups_2026-07.json` and, as a second copy of the chart, `country_chart_2025-11-12.csv`. What is written are
facts: which cell has a mark, which country is in which group, which reason reaches which paragraphs of which entry.
A condition that an entry puts in words is kept as the bare fact that there is one. History and what the copies lack
stand in `changes.yaml`, which is written by hand. With `--check` nothing is written; the exit code says whether the
files are what the sources give.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = Path(__file__).resolve().parent.parent / "src" / "licet" / "law" / "us_ear" / "tables"
COUNTRIES = Path(__file__).resolve().parent.parent / "src" / "licet" / "model" / "countries.csv"
NOTICE = (
    "# Facts of the US Government (15 CFR {what}), as they stood on 2026-07-23, restated in our own form.",
    "# Read from the packaging of seelpeed-debug/export-controls-agent-mcp: Copyright (c) 2026 seelpeed-debug, under",
    "# the MIT License, whose text stands in NOTICE.txt beside this file; this notice is kept as it asks.",
    "# Made by tools/make_tables.py; do not edit by hand. What changed, and when, stands in changes.yaml.",
)
COLUMNS = (
    *("CB 1", "CB 2", "CB 3", "NP 1", "NP 2", "NS 1", "NS 2", "MT 1", "RS 1", "RS 2", "FC 1"),
    *("CC 1", "CC 2", "CC 3", "AT 1", "AT 2"),
)
NAMES = {
    "bahamas, the": "BS",
    "the bahamas": "BS",
    "bosnia & herzegovina": "BA",
    "burma": "MM",
    "cape verde": "CV",
    "china (prc)": "CN",
    "congo (democratic republic of the)": "CD",
    "congo (democratic republic of)": "CD",
    "congo (republic of the)": "CG",
    "cote d'ivoire": "CI",
    "cote d'lvoire": "CI",
    "cuba": "CU",
    "czech republic": "CZ",
    "gambia, the": "GM",
    "gambia the": "GM",
    "iran": "IR",
    "korea, south": "KR",
    "korea south": "KR",
    "korea, north": "KP",
    "korea north": "KP",
    "micronesia (federated state of)": "FM",
    "micronesia federated states of": "FM",
    "micronesia, federated states of": "FM",
    "saint kitts & nevis": "KN",
    "saint lucia": "LC",
    "saint vincent and the grenadines": "VC",
    "sao tome & principe": "ST",
    "sao tome and principe": "ST",
    "seycheles": "SC",
    "seychelles": "SC",
    "sint maarten (the dutch two-fifths of the island of saint martin)": "SX",
    "south sudan, republic of": "SS",
    "south sudan republic of": "SS",
    "st. kitts and nevis": "KN",
    "st. lucia": "LC",
    "st. vincent and the grenadines": "VC",
    "surinam": "SR",
    "syria": "SY",
    "trinidad & tobago": "TT",
    "türkiye": "TR",
    "united states": "US",
}
"""Names of the copies that are not the names of our table of countries, each with its code."""
SEE = {"CU": "15 CFR 746.2", "IR": "15 CFR 746.7", "KP": "15 CFR 742.19 and 746.4", "SY": "15 CFR 746.9"}
"""Rows without marks that point to other sections."""


def codes() -> dict[str, str]:
    """Return the code of every name of a country, in small letters."""
    with COUNTRIES.open(encoding="utf-8") as file:
        return {**{row["name"].lower(): row["code"] for row in csv.DictReader(file)}, **NAMES}


# -- chart


def chart_rows(sources: Path) -> Iterator[list[str]]:
    """Walk through the rows of the chart: marks where both copies have them, `?` where they differ."""
    named = codes()
    whole = json.loads((sources / "country-chart_2026-07-23.json").read_text("utf-8"))
    _known(whole["columns"] == list(COLUMNS), "the columns of the chart")
    second = second_copy(sources / "country_chart_2025-11-12.csv")
    rows = {}
    for name, row in whole["countries"].items():
        code = named[name.lower()]
        cells = [_cell(column in row["marks"], column in second[code]) for column in COLUMNS]
        rows[code] = [code, *cells, " ".join(map(str, row["footnotes"])), ""]
    for name in whole["embargoed"]:
        code = named[name.lower()]
        rows[code] = [code, *[""] * len(COLUMNS), "", SEE[code]]
    _known(len(rows) == len(whole["countries"]) + len(SEE), "one row a country")
    yield from (rows[code] for code in sorted(rows))


def _cell(first: bool, second: bool) -> str:  # noqa: FBT001 - two copies of one mark
    return "?" if first != second else "X" if first else ""


def second_copy(path: Path) -> dict[str, frozenset[str]]:
    """Read the other copy of the chart by code: Zimbabwe's broken row joined, blank twins left out."""
    named = codes()
    found: dict[str, frozenset[str]] = {}
    before = ""
    for row in list(csv.reader(path.read_text("utf-8").splitlines()))[1:]:
        name = re.sub(r"( \d+)+$", "", " ".join(row[0].split())) or before
        marks = frozenset(column for column, cell in zip(COLUMNS, row[1:], strict=False) if cell.strip() == "X")
        before = name
        code = named[name.lower()]
        if marks or code not in found:
            _known(not (marks and found.get(code)) or found[code] == marks, f"one filled row for {name}")
            found[code] = marks
    return found


# -- groups


def group_rows(sources: Path) -> Iterator[list[str]]:
    """Walk through the members of the country groups."""
    named = codes()
    groups = json.loads((sources / "country-groups_2026-07.json").read_text("utf-8"))["groups"]
    for group in sorted(groups):
        members = sorted({named[name.lower()] for name in groups[group]})
        yield [group, " ".join(members)]


# -- controls

OWN = r"(?:{eccn})?\s*\.?\s*[a-z](?:\.\s?[0-9a-z]{{1,2}})*"
REASON = re.compile(r"^\W*(?P<reason>[A-Z]{2})\s+(?:applies|apply)\s*(?:to)?:?\s*(?P<rest>.*)$", re.DOTALL)
ENTIRE = re.compile(r"^(?:the )?entire entry(?P<rest>.*)$", re.DOTALL)
BESIDE = (
    ("742.6(a)(6)(iii)(A)", "RS@742.6(a)(6)(iii)(A)"),
    ("United Arab Emirates", "RS@742.6(a)(6)(iii)(B)"),
    ("742.6(a)(13)", "RS@742.6(a)(13)"),
    ("742.4(a)(5)", "NS@742.4(a)(5)"),
    ("742.6(a)(10)", "RS@742.6(a)(10)"),
    ("742.4(a)(4)", "NS@742.4(a)(4)"),
    ("742.6(a)(6)(i)(B)", "RS@742.6(a)(6)(i)(B)"),
    ("742.6(a)(6)(ii)", "RS@742.6(a)(6)(ii)"),
    ("excluding any destination also specified", "RS@742.6(a)(6)(iii)"),
    ("742.6(a)(6)", "RS@742.6(a)(6)(i)(A)"),
    ("742.6(a)(7)", "RS@742.6(a)(7)"),
    ("742.6(a)(11)", "RS@742.6(a)(11)"),
    ("746.8", "FP@746.8"),
    ("742.13", "SL@742.13"),
    ("742.14", "SI@742.14"),
    ("742.15", "EI@742.15"),
    ("742.18", "CW@742.18"),
    ("for UN controls", "UN@746.1(b)"),
    ("ALL destinations, except Canada", "CC@742.7(a)(5)"),
    ("to North Korea", "AT@742.19"),
)
"""What the second column of an entry says where it names no column of the chart, by its first words that tell."""
IRAQ, PAKISTAN = "RS@742.6(a)(5)", "RS@742.6(a)(12)"
WHERE = {
    ("3A090", "RS@742.6(a)(6)(i)(A)"): "RS@742.6(a)(6)(i)(B)",
    ("3D001", "RS@742.6(a)(6)(i)(A)"): "RS@742.6(a)(6)(i)(B)",
    ("3E001", "RS@742.6(a)(6)(i)(A)"): "RS@742.6(a)(6)(i)(B)",
    ("4E091", "RS@742.6(a)(6)(iii)(A)"): "RS@742.6(a)(13)",
}
"""Where an entry cites a wider paragraph than the one that holds it (15 CFR 742.6(a) was read)."""
NAMED_WHOLE = frozenset(
    {"0A509", "1A002", "1A004", "1A007", "1B001", "1B101", "1C007", "4A001", "6A002", "7A003", "9B515"}
)
"""Entries of which a row in words names every paragraph that it can reach."""
NEXT = {"3E001": "3E002", "0D606": "0D614", "2B351": "2B352"}
"""Entries whose own rows the copy left in the heading; the rows that it attaches belong to the next entry."""
RUN_ON = {"8C609": ("8D001", 4), "3D005": ("3D006", 2)}
"""Entries to which the copy adds the rows of the next one, with how many are their own."""
MENDED: dict[tuple[str, str], tuple[tuple[str, str, str, str], ...]] = {
    ("0A504", "RS 1"): (("RS 1", "only", "i", ""),),
    ("0E982", "CC@742.7(a)(5)"): (("CC@742.7(a)(5)", "all", "", ""),),
    ("1A231", "NP 1"): (("NP 1", "all", "", ""), ("AT 1", "all", "", "")),
    ("1B001", "MT 1"): (("MT 1", "except", "d e f", ""), ("MT 1", "only", "d", "if")),
    ("1C002", "NP 1"): (("NP 1", "only", "b.3 b.4", "if"),),
    ("1C010", "NP 1"): (("NP 1", "only", "a b e.1", "if"),),
    ("1C011", "MT 1"): (("MT 1", "only", "a b", "if"),),
    ("1C350", "CB"): (("CB 2", "all", "", ""),),
    ("1C351", "CB 1"): (("CB 1", "only", "d.15 d.16", ""),),
    ("1C351", "AT"): (("AT 1", "all", "", ""),),
    ("1D018", "MT"): (("MT 1", "all", "", "if"),),
    ("1E355", "CW@742.18"): (("CW@742.18", "all", "", ""),),
    ("2B001", "NP 1"): (("NP 1", "only", "a b c d", "if"),),
    ("2B004", "NP 1"): (("NP 1", "except", "b.3", "if"),),
    ("2B006", "NP 1"): (("NP 1", "only", "a b.1 b.3 c", "if"),),
    ("2B116", "NP 1"): (("NP 1", "only", "b c d", ""), ("NP 1", "only", "a", "if")),
    ("3A001", "NS 1"): (("NS 1", "only", "b.2 b.3", "if"),),
    ("3A001", "RS 1"): (("RS 1", "only", "b.2 b.3", "if"),),
    ("3A001", "MT 1"): (("MT 1", "only", "z.2", ""), ("MT 1", "only", "a.1.a a.5.a", "if")),
    ("3A001", "NP 1"): (("NP 1", "only", "z.3", ""), ("NP 1", "only", "e.2 e.3", "if")),
    ("3A002", "MT 1"): (("MT 1", "only", "h", "if"),),
    ("4A001", "NP"): (("NP 1", "all", "", "if"),),
    ("4A003", "AT 1"): (("AT 1", "all", "", ""),),
    ("5A001", "NS 2"): (("NS 2", "except", "a b.5 e f.3 h", ""),),
    ("5A001", "SL@742.13"): (("SL@742.13", "only", "f.1", ""),),
    ("5D002", "EI@742.15"): (("EI@742.15", "only", "a.1 a.3 b c.1 c.3", ""),),
    ("5E002", "EI@742.15"): (("EI@742.15", "only", "b", ""), ("EI@742.15", "only", "a", "if")),
    ("6A002", "MT 1"): (("MT 1", "only", "a.1 a.3", "if"),),
    ("6A002", "RS 1"): (("RS 1", "only", "a.1 a.2 c f", ""), ("RS 1", "only", "a.3", "if")),
    ("6A003", "NP 1"): (("NP 1", "only", "a.3 a.4 a.6", "if"),),
    ("6A003", "RS 1"): (("RS 1", "only", "b.3 b.4.a b.4.c", ""), ("RS 1", "only", "b.4.b", "if")),
    ("6A003", "RS 2"): (("RS 2", "only", "b.4.b", "if"),),
    ("6A005", "NP 1"): (("NP 1", "only", "a.2 a.3 a.4 b.2.b b.3 b.4 b.6.c c.1.b c.2.b d.2 d.3.c d.4.c", "if"),),
    ("6A007", "MT 1"): (("MT 1", "only", "b c", "if"),),
    ("7A005", "MT 1"): (("MT 1", "only", "b", "if"),),
    ("9A515", "MT 1"): (("MT 1", "only", "d e.2 h", "if"),),
    ("9A610", "NS 1"): (("NS 1", "except", "b x y", ""), ("NS 1", "only", "x", "if")),
    ("9A610", "RS 1"): (("RS 1", "except", "b x y", ""), ("RS 1", "only", "x", "if")),
    ("9B604", "MT 1"): (("MT 1", "only", "a b", ""), ("MT 1", "only", "d", "if")),
    ("9D515", "RS@742.6(a)(7)"): (("RS@742.6(a)(7)", "only", "y", "if"),),
    ("9E515", "RS@742.6(a)(7)"): (("RS@742.6(a)(7)", "only", "y", "if"),),
}
"""Rows that the copy garbles or that only a reader can split; each was read in the entry itself."""


def control_rows(sources: Path) -> Iterator[list[str]]:
    """Walk through the reasons for control of every entry: `eccn, state, column, applies, paragraphs, condition`."""
    entries = json.loads((sources / "ccl_2026-07-23.json").read_text("utf-8"))["entries"]
    _known(len(entries) == 633, "633 entries")  # noqa: PLR2004 - counted in the copy
    tables = dict(_attached(entries))
    for eccn in sorted(tables):
        heading, rows = tables[eccn]
        if not rows:
            yield [
                eccn,
                "elsewhere" if "(These items are “subject to the ITAR" in heading else "unread",
                "",
                "",
                "",
                "",
            ]
            continue
        found = list(dict.fromkeys(tuple(row) for one in rows for row in _control(eccn, *one)))
        _known(bool(found), f"rows of {eccn}")
        for row in found:
            yield [eccn, "read", *row]


def _attached(entries: list[dict[str, Any]]) -> Iterator[tuple[str, tuple[str, list[tuple[str, str]]]]]:
    """Give each entry its own rows: the copy attaches some to the entry before."""
    for entry in entries:
        eccn, rows = entry["eccn"], [(row["control"], row["countryChart"]) for row in entry["countryChart"]]
        if eccn in NEXT:
            yield NEXT[eccn], ("", rows)
            rows = list(_from_heading(entry["heading"]))
        elif eccn in RUN_ON:
            following, own = RUN_ON[eccn]
            yield following, ("", rows[own:])
            rows = rows[:own]
        _known("License Requirements Reason" not in entry["heading"] or eccn in NEXT, f"the heading of {eccn}")
        yield eccn, (entry["heading"], rows)


def _from_heading(heading: str) -> Iterator[tuple[str, str]]:
    """Cut the rows of an entry out of its heading, where the copy left them."""
    body = heading.partition("Country Chart (see Supp. No. 1 to part 738)")[2]
    body = body or heading.partition("Country chart (see Supp. No. 1 to part 738)")[2]
    body = re.split(r"License Requirements Note|List Based License Exceptions|Reporting Requirements", body)[0]
    starts = [match.start() for match in re.finditer(r"\b(?:[A-Z]{2}) applies ", body)]
    _known(bool(starts), "rows in the heading")
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        row = body[start:end].strip()
        where = re.search(
            r"(?:[A-Z]{2} Column \d|Worldwide \(|To or within|China, Russia|See § 746).*$", row, re.DOTALL
        )
        _known(where is not None, f"the second column of {row[:40]}")
        if where is not None:
            yield row[: where.start()].strip(), where.group()


def _control(eccn: str, control: str, where: str) -> Iterator[list[str]]:
    """Turn one row of an entry into rows of the table."""
    if control.startswith("Russian industry sector"):
        yield ["FP@746.8", "all", "", ""]
        return
    match = REASON.match(control.replace("“", '"').replace("”", '"').strip())
    _known(match is not None, f"a reason in {eccn}: {control[:40]}")
    reason, rest = (match["reason"], match["rest"].strip().rstrip(".").strip()) if match else ("", "")
    column = _column(eccn, reason, where)
    mended = MENDED.get((eccn, column or reason))
    if mended is not None:
        yield from map(list, mended)
        return
    _known(bool(column), f"a column in {eccn}: {where[:60]}")
    for one in column.split(" ") if "@" in column and " RS@" in column else [column]:
        yield [one, *_reach(eccn, rest)]


def _column(eccn: str, reason: str, where: str) -> str:
    match = re.match(rf"{reason} Column (\d)", where)
    if match:
        return f"{reason} {match[1]}"
    countries = [column for name, column in (("Iraq", IRAQ), ("Pakistan", PAKISTAN)) if name in where]
    if reason == "RS" and countries:
        return " ".join(countries)
    if "Macau" in where and eccn in {"3A069", "3E069"}:
        return "RS@90 FR 4615"
    found = next((column for words, column in BESIDE if words in where), "")
    if reason == "UN":
        return "UN@746.1(b)"
    return WHERE.get((eccn, found), found)


def _reach(eccn: str, rest: str) -> tuple[str, str, str]:
    """Return how far a row reaches: all, only some paragraphs, all but some; and whether on a condition in words."""
    whole = ENTIRE.match(rest)
    if whole is None:
        return _only(eccn, rest)
    beyond = whole["rest"].strip(" ,.")
    if not beyond or beyond.startswith(". "):
        return "all", "", ""
    but = re.match(r"^except:?\s*(?:for\s+)?(?P<rest>.*)$", beyond, re.DOTALL)
    if but is None:
        return "all", "", "if"
    listed = paragraphs(eccn, but["rest"])
    if listed:
        return "except", " ".join(listed), ""
    return "all", "", "if"


def _only(eccn: str, rest: str) -> tuple[str, str, str]:
    """Return the paragraphs that a row names, and whether on a condition; all of them on one where it names none."""
    bare = re.sub(r"^(?:items controlled by|items|paragraphs?|\"software\" controlled by)\s+", "", rest)
    bare = re.sub(r"\s+(?:only|of this entry)$", "", bare)
    listed = paragraphs(eccn, bare)
    if listed:
        return "only", " ".join(listed), ""
    named = dict.fromkeys(name[6:] for name in re.findall(rf"{eccn}\.[a-z](?:\.[0-9a-z]{{1,2}})*", rest))
    return ("only", " ".join(named), "if") if eccn in NAMED_WHOLE else ("all", "", "if")


def paragraphs(eccn: str, text: str) -> list[str]:
    """Read a plain list of paragraphs of one entry (`3B001.a.1 to a.3, b, and .d`); empty where it is no such list."""
    own = OWN.format(eccn=eccn)
    joint = r"\s*(?:,\s*and|,\s*or|,|\band\b|\bor\b)\s*"
    one = rf"{own}(?:\s*(?:\bto\b|\bthrough\b)\s*{own})?"
    if not re.fullmatch(rf"{one}(?:{joint}{one})*", text.strip(" .,")):
        return []
    found: list[str] = []
    for part in re.split(joint, text.strip(" .,")):
        ends = [_plain(eccn, end) for end in re.split(r"\s*\b(?:to|through)\b\s*", part.strip())]
        found += ends if len(ends) == 1 else _span(*ends)
    return list(dict.fromkeys(found))


def _plain(eccn: str, text: str) -> str:
    return text.replace(eccn, "").replace(" ", "").strip(".")


def _span(first: str, last: str) -> list[str]:
    """Write out a span of paragraphs: `a.1` to `a.3`, `f.2` to `f.4`, `k` to `n`."""
    head, _, start = first.rpartition(".")
    end = last.rpartition(".")[2]
    if start.isdigit():
        steps = [str(number) for number in range(int(start), int(end) + 1)]
    else:
        steps = [chr(number) for number in range(ord(start), ord(end) + 1)]
    return [f"{head}.{step}" if head else step for step in steps]


# -- files


def _known(holds: bool, what: str) -> None:  # noqa: FBT001 - an assertion about the sources
    """Refuse sources that are not the ones that were read."""
    if not holds:
        message = f"the sources are not as they were read: {what}"
        raise SystemExit(message)


def _text(what: str, header: list[str], rows: Iterator[list[str]]) -> str:
    out = io.StringIO()
    out.writelines(f"{line.format(what=what)}\n" for line in NOTICE)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def made(sources: Path) -> dict[str, str]:
    """Return the text of every table by its name."""
    return {
        "chart.csv": _text(
            "part 738, Supp. 1; `?`: two copies of the chart differ",
            ["code", *COLUMNS, "footnotes", "see"],
            chart_rows(sources),
        ),
        "country_groups.csv": _text("part 740, Supp. 1", ["group", "members"], group_rows(sources)),
        "eccn_controls.csv": _text(
            "part 774, Supp. 1",
            ["eccn", "state", "column", "applies", "paragraphs", "condition"],
            control_rows(sources),
        ),
    }


def main() -> int:
    """Write the tables, or compare them; return the exit code."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--check"]
    if len(arguments) != 1:
        print(__doc__)
        return 2
    check, stale = "--check" in sys.argv[1:], []
    for name, text in made(Path(arguments[0])).items():
        path = TABLES / name
        if not path.exists() or path.read_text("utf-8") != text:
            stale.append(name)
            if not check:
                path.write_text(text, "utf-8")
    for name in stale:
        print(f"{'differs from its sources' if check else 'written'}: {name}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
