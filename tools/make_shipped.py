"""Write the lists that ship with licet from official texts, or with `--check` say which differ.

Usage: python tools/make_shipped.py [--check] DATA_DIR

DATA_DIR holds part 744 as the eCFR gave it on some days (`ecfr/title-15_part-744_DAY.xml`), copies of the Denied
Persons List (`bis/dpl_DAY.txt`) and the Consolidated Screening List of 2022 (`csl/`). Facts are kept, sentences are
not. Issues that say the same but for punctuation become one block. What is written depends on nothing else.

The Consolidated Screening List tells who was taken off the other lists since. It writes names otherwise, so that a name
which is missing today says little by itself. The steps, numbered as in the code:

1. a name of the entry, or what is left of it without a label and without places at its end, is on the list today in the
   same country: still there;
2. a name of today begins with it, or it with one, or both are spelled alike (`ALIKE`), and the same rule brought both
   in, or the older copy names no rule: still there, respelled;
3. `HELD` names it: still there, looked at by a person;
4. it was taken off. Where a rule is known to have removed it, `GONE` and `MOVING` say so; `DISPUTED` is still on
   another copy.
"""

from __future__ import annotations

import re
import sys
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from licet.lists.entry import Citation
from licet.lists.reading import same_entry
from licet.lists.register import Rule, rule_at
from licet.lists.shipped import REMOVED, SUFFIX, Block, Head, Removed, write, write_removed
from licet.lists.source import source
from licet.lists.sources.csl.parse import split
from licet.names.normal import normalize, variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from licet.lists.entry import Entry, Parsed

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "licet" / "lists" / "shipped"
PART_744 = ("entity_list", "unverified_list", "meu_list")
DENIED = "denied_persons_list"
OLDER = "csl/csl_2022-05-06_full_14160rows.csv.gz"
OLDER_COPIED = date(2022, 5, 6)
"""Day on which the older copy was made at the latest; its content does not say its day."""
ALIKE = 92
"""Least similarity, 0 to 100, of two spellings of one name: the worst pair that is one party and needs this has 92, the
best pair that is two parties 84."""
LABEL = re.compile(r".*?(?:Affiliated Entity:|Subordinate Institution -|and subordinate entity)\s*", re.IGNORECASE)
"""How the older copy begins the name of a company that the official text names inside another."""
OTHER_NAMES = re.compile(r",? \(?[af]\.k\.a\..*")
ONE_DAY = timedelta(days=1)

HELD = {
    "China National Offshore Oil Corporation Ltd.": "CNOOC Limited",
    "Department of Atomic Energy entity: Bhabha Atomic Research Center (BARC)": "Department of Atomic Energy entities",
    "Department of Atomic Energy entity: Indian Rare Earths": "Department of Atomic Energy entities",
    "Department of Atomic Energy entity: Indira Gandhi Atomic Research Center (IGARC)": (
        "Department of Atomic Energy entities"
    ),
    "Department of Atomic Energy entity: Nuclear reactors (including power plants) not under International Atomic"
    " Energy Agency (IAEA)": "Department of Atomic Energy entities",
    "Huawei Technologies Co\N{RIGHT DOUBLE QUOTATION MARK}peratief U.A.": "Huawei Technologies Coöperatief U.A.",
    "Ministry of Defense of the Republic of Belarus": "The Ministry of Defence of the Republic of Belarus",
}
"""Names of the older copy that stand for an entry of today, whose name, or its beginning, follows."""


class Removal(NamedTuple):
    """A rule that removed a party."""

    cite: str
    first: date
    """First day without it."""
    basis: str
    checked: str


GONE = {
    "Safe Technical Supply Co., LLC": Removal("87 FR 75174", date(2022, 12, 8), "published", "seen"),
    "Mushko Electronics Pvt. Ltd.": Removal("87 FR 38920", date(2022, 6, 28), "rule", "seen"),
    "Ministry of Public Security?s Institute of Forensic Science of China": Removal(
        "88 FR 80131", date(2023, 11, 16), "rule", "memory"
    ),
    "Zhejiang Perfect New Material Co., Ltd.": Removal("88 FR 66271", date(2023, 9, 27), "published", "seen"),
}
"""Parties that a rule is known to have removed. The abstract of each rule tells the country and how many it removes, so
that the name follows where only one party of that country is gone. The name behind 88 FR 80131 is from memory."""
MOVING = {"87 FR 76926": ("RU", "87 FR 76924"), "87 FR 77508": ("CN", "87 FR 77505")}
"""Pages at which a rule lists parties of a country that it takes off the Unverified List, and its first page."""
DISPUTED = {"Arash Dadgar"}
"""Parties that the screening list of July 2026 still has, and the eCFR has not."""


def files(data: Path) -> dict[str, str]:
    """Return the text of every file that ships, by name.

    Args:
        data: Where the official files lie.
    """
    part = {date.fromisoformat(path.stem[-10:]): path for path in sorted(data.glob("ecfr/title-15_part-744_*.xml"))}
    made = {list_: [_read(list_, path, day) for day, path in part.items()] for list_ in PART_744}
    made[DENIED] = [_read(DENIED, path, None) for path in sorted(data.glob("bis/dpl_*.txt"))]
    texts = {f"{list_}{SUFFIX}": write(_blocks(issues)) for list_, issues in made.items()}
    older = {id_: parsed.entries for id_, parsed in split(_read("csl", data / OLDER, OLDER_COPIED)[0]).items()}
    today = {list_: made[list_][0][0].entries for list_ in PART_744}
    return {**texts, REMOVED: write_removed(removals(older, today, min(part)))}


def _read(list_: str, path: Path, issued: date | None) -> tuple[Parsed, str]:
    """Read one official file, which must say nothing unknown and hold the counts of its source; return its digest too.

    The day of a copy of the Denied Persons List is that of the last change in it, not that in its name.
    """
    raw = path.read_bytes()
    parsed = source(list_).parse({path.name: raw}, issued=issued)
    wrong = [*parsed.noises, *map(str, source(list_).out_of_bounds(parsed))]
    if wrong or parsed.issued is None:
        sys.exit(f"{path}: {'; '.join(wrong) or 'has no day'}")
    return parsed, sha256(raw).hexdigest()


def _blocks(issues: Iterable[tuple[Parsed, str]]) -> Iterator[Block]:
    """Yield the blocks of a list: of issues in a row that say the same, the entries of the last."""
    run: list[tuple[Parsed, str]] = []
    for one in issues:
        if run and not _same(run[-1][0].entries, one[0].entries):
            yield _block(run)
            run = []
        run.append(one)
    if run:
        yield _block(run)


def _same(some: tuple[Entry, ...], others: tuple[Entry, ...]) -> bool:
    """Say whether two issues say the same, but for punctuation."""
    by_id = {entry.id: entry for entry in others}
    same_ids = by_id.keys() == {entry.id for entry in some}
    return same_ids and all(same_entry(entry, by_id[entry.id]) for entry in some)


def _block(run: list[tuple[Parsed, str]]) -> Block:
    last = run[-1][0]
    days = tuple(parsed.issued for parsed, _ in run if parsed.issued)
    head = Head(last.list, last.list, days, tuple(digest for _, digest in run), dict(sorted(last.counts.items())), "")
    return Block(head, tuple(sorted((_facts(entry, last.list) for entry in last.entries), key=lambda one: one.id)))


def _facts(entry: Entry, list_: str) -> Entry:
    """Return an entry without the sentences of its source; of a denied person, often a home or a prison, no address."""
    bare = entry._replace(scope_text="", policy_text="", remarks="")
    return bare._replace(addresses=()) if list_ == DENIED else bare


def removals(
    older: Mapping[str, tuple[Entry, ...]], today: Mapping[str, tuple[Entry, ...]], absent: date
) -> list[Removed]:
    """Find who was taken off.

    Args:
        older: Entries of the older copy by list; the newest day in it is a day on which all of them were listed.
        today: Entries of the first issue that ships, by list.
        absent: Day of that issue.

    Returns:
        Those who were taken off.
    """
    seen = max(entry.listed for entries in older.values() for entry in entries if entry.listed)
    parties = []
    for list_, entries in sorted(today.items()):
        by_name = _by_name(entries)
        elsewhere = {other: _by_name(there) for other, there in sorted(today.items()) if other != list_}
        for entry in older[list_]:
            if not (_named(entry, by_name) or _respelled(entry, entries) or _held(entry, entries)):
                plain = Removed(list_, _older(entry), "csl", seen, absent)
                parties.append(_explained(plain, elsewhere))
    return parties


def _by_name(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return entries by their names without spaces."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        for name in entry.names:
            for form in variants(name.text):
                found.setdefault(form.replace(" ", ""), []).append(entry)
    return found


def _named(entry: Entry, by_name: Mapping[str, list[Entry]]) -> Entry | None:  # 1
    """Return an entry of the same country that has a name of this one."""
    found = (one for text in _texts(entry) for form in variants(text) for one in by_name.get(form.replace(" ", ""), ()))
    return next((one for one in found if _near(entry, one)), None)


def _texts(entry: Entry) -> Iterator[str]:
    """Yield the names of an entry, and what is left of each without a label and without places at its end."""
    for name in entry.names:
        text = OTHER_NAMES.sub("", LABEL.sub("", name.text))
        yield name.text
        while text:
            yield text
            text = text.rpartition(",")[0]


def _near(entry: Entry, other: Entry) -> bool:
    """Say whether two entries share a country, or a country and its region; one without a country fits all."""
    return not entry.countries or bool({code[:2] for code in entry.countries} & {code[:2] for code in other.countries})


def _respelled(entry: Entry, entries: Iterable[Entry]) -> bool:  # 2
    """Say whether an entry that the same rule brought in has nearly the same name."""
    texts = [normalize(text) for text in _texts(entry)]
    rivals = (one for one in entries if _near(entry, one) and (not entry.cites or _document(entry) == _document(one)))
    return any(_alike(text, normalize(name.text)) for one in rivals for name in one.names for text in texts)


def _alike(one: str, other: str) -> bool:
    begins = f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ")
    return begins or fuzz.token_sort_ratio(one, other) >= ALIKE


def _document(entry: Entry) -> object:
    """Return the rule that brought an entry in, as far as it is known, else the page that it cites."""
    if not entry.cites:
        return None
    text = entry.cites[0].text
    volume, _, page = text.partition(" FR ")
    return rule_at(int(volume), int(page)) or text


def _held(entry: Entry, entries: Iterable[Entry]) -> bool:  # 3
    """Say whether a person found that an entry of today stands for this one."""
    name = HELD.get(entry.names[0].text)
    return name is not None and any(one.names and one.names[0].text.startswith(name) for one in entries)


def _explained(party: Removed, elsewhere: Mapping[str, Mapping[str, list[Entry]]]) -> Removed:  # 4
    """Return a removed party with the rule that removed it, where that is known."""
    name = party.entry.names[0].text
    if name in DISPUTED:
        return party._replace(checked="conflict")
    there = ((other, _named(party.entry, by_name)) for other, by_name in elsewhere.items())
    moved, now = next(((other, one) for other, one in there if one), ("", None))
    rule = GONE.get(name) or (_moving(party, now) if now else None)
    if rule is None:
        return party._replace(moved=moved)
    last = rule.first - ONE_DAY
    return party._replace(through=last, basis=rule.basis, cite=rule.cite, checked=rule.checked, moved=moved)


def _moving(party: Removed, now: Entry) -> Removal | None:
    """Return the rule that took a party off one list and put it on another."""
    for cite in now.cites:
        country, first = MOVING.get(cite.text, ("", ""))
        rule = _document(now._replace(cites=(Citation(first),))) if first else None
        if isinstance(rule, Rule) and country in party.entry.countries and party.list == "unverified_list":
            return Removal(first, rule.day, "rule", rule.checked)
    return None


def _older(entry: Entry) -> Entry:
    """Return an entry of the older copy without its sentences, and with the id that the list itself would give it."""
    return _facts(entry, "csl")._replace(id=entry.id.partition(":")[2], lists=())


def main() -> int:
    """Write the files, or compare them; return the exit code."""
    arguments = [word for word in sys.argv[1:] if word != "--check"]
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.exit("usage: python tools/make_shipped.py [--check] DATA_DIR")
    check = "--check" in sys.argv[1:]
    texts = files(Path(arguments[0]))
    there = {path.name: path.read_text("utf-8") for path in TARGET.glob(f"*{SUFFIX}")}
    stale = sorted(name for name in texts.keys() | there.keys() if texts.get(name) != there.get(name))
    for name in stale:
        print(f"{'differs from the official texts' if check else 'written'}: {name}")
        if not check:
            (TARGET / name).write_text(texts[name], "utf-8") if name in texts else (TARGET / name).unlink()
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
