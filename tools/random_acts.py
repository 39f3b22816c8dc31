"""Draw random plausible orders, decide each as `licet check --assume-lists-complete` does, and say how many stay open.

An order is drawn as an exporter would state it: an ECCN down to the paragraph, a destination by the weight of its
trade, parties with names and addresses (invented ones and listed ones of the lists that ship), a day from 2018 on, end
uses that were asked for. The same seed draws the same orders.

Usage: python tools/random_acts.py [--acts N] [--seed SEED] [--show N] [--sample N]
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import yaml

from licet.check import question_of, run
from licet.formats.act import read_act
from licet.law.book import load
from licet.law.day import LawDay
from licet.law.us_ear import tables
from licet.lists.store import shipped
from licet.model import vocabulary
from licet.sources import Sources
from licet.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from licet.lists.roster import Roster
    from licet.model.answer import Answer

Facts = dict[str, object]
FIRST, LAST = date(2018, 1, 2), date(2026, 8, 31)
TRADE = {
    "CA": 60, "MX": 50, "CN": 90, "JP": 50, "GB": 45, "DE": 55, "KR": 50, "NL": 40, "BR": 20, "IN": 45, "TW": 45,
    "SG": 40, "FR": 30, "HK": 35, "AU": 25, "IT": 20, "BE": 12, "CH": 15, "IE": 10, "ES": 12, "SE": 12, "IL": 25,
    "AE": 30, "SA": 18, "TR": 18, "MY": 25, "TH": 18, "VN": 20, "PH": 10, "ID": 12, "PL": 12, "CZ": 8, "AT": 8, "DK": 6,
    "NO": 6, "FI": 6, "HU": 5, "PT": 5, "RO": 4, "GR": 3, "CL": 6, "CO": 6, "PE": 4, "AR": 6, "ZA": 8, "EG": 6, "NG": 4,
    "KE": 3, "MA": 3, "QA": 5, "KW": 4, "PK": 8, "KZ": 5, "UA": 5, "NZ": 4, "RU": 14, "BY": 3, "VE": 3, "MM": 2,
    "IQ": 3, "LB": 2, "LY": 2, "AM": 2, "GE": 2, "UZ": 2, "KH": 2, "MO": 2, "CY": 2, "IR": 3, "CU": 2, "SY": 2, "KP": 1,
}  # fmt: skip
"""Destinations by a rough weight of trade and of what is asked about them; a tenth of all orders goes to any other."""
COMMON = (
    "3A991.a", "3A991.p", "3A992.a", "4A994.a", "4A994.l", "5A991.b.4", "5A991.c.1", "5A992.c", "5D992.c", "5D002.c.1",
    "5A002.a", "2B999", "3B992.b", "4D994", "5D991", "3A999.c", "7A994", "9A991.d", "1C990", "2A994", "6A993.a",
    "2B350.a.1", "2B350.g.3", "2B351.a", "1C350.b", "3A001.b.2", "3A001.a.7", "3A001.h", "3A090.a", "4A090.a",
    "3B001.a", "5A001.f.1", "6A003.b.4.b", "6A002.a.2", "2B201.a", "2B001.b.2", "9A610.x", "9A515.x", "0A501.x",
    "0A504.b", "1C210", "3A611.x", "3E001", "4E001", "5E001.a", "5E002", "9E003.a.1", "1A613.c", "0A998", "0A979",
    "7A103.a", "3A225", "2B230.a",
)  # fmt: skip
"""Entries and paragraphs of everyday orders."""
LETTERS = {"commodity": "ABC", "software": "D", "technology": "E"}
KINDS = {"A": "commodity", "B": "commodity", "C": "commodity", "D": "software", "E": "technology"}
HEADS = (
    "Alda", "Borea", "Calyx", "Dunmor", "Estrel", "Fjorda", "Gresta", "Halvio", "Imbrex", "Jolanda", "Kestrelis",
    "Lumenor", "Mirandel", "Nordvik", "Orvella", "Pradella", "Quenta", "Rivarol", "Solvanda", "Tessaly", "Umbrano",
    "Veloria", "Wexmoor", "Yarrowby", "Zentara",
)  # fmt: skip
TRADES = (
    "Ceramics", "Bottling", "Textiles", "Hydraulics", "Packaging", "Dairy Machines", "Printing", "Lighting",
    "Furniture", "Water Works", "Paper Mills", "Seafood", "Elevators", "Pharmacy Supply", "Garden Tools",
    "Bakery Systems",
)  # fmt: skip
FORMS = {"DE": "GmbH", "AT": "GmbH", "CH": "AG", "FR": "SARL", "IT": "S.r.l.", "ES": "S.L.", "MX": "S.A. de C.V.",
         "BR": "Ltda.", "NL": "B.V.", "JP": "K.K.", "SE": "AB", "FI": "Oy", "DK": "A/S", "PL": "Sp. z o.o.",
         "CN": "Co., Ltd.", "HK": "Limited", "RU": "LLC", "IN": "Pvt. Ltd.", "MY": "Sdn. Bhd."}  # fmt: skip
STREETS = ("Harbour Road", "Mill Lane", "Station Street", "Orchard Avenue", "Quay", "Garden Row", "Market Square")
EXCEPTIONS = ("GBS", "LVS", "TSU", "ENC", "TMP", "RPL", "TSR", "CIV", "GOV", "APR", "STA")
ACTIVITIES = {"export": 78, "reexport": 13, "in_country_transfer": 3, "deemed_export": 5, "domestic": 1}
USES = ("nuclear", "missile", "military", "advanced_node_ic", "chemical_biological")
LISTS = {"entity_list": 60, "unverified_list": 20, "meu_list": 12, "denied_persons_list": 8}
ELSEWHERE, LISTED, BARE, CLASSIFIED, SCREENED = 10, 12, 5, 80, 90
"""Of a hundred: orders to any destination, orders to a listed user, codes without a paragraph, codes with the reasons
for control of the classification, orders with the facts that a checklist for the destination or the item asks."""
EMBARGOED = ("CU", "IR", "KP", "SY", "RU", "BY")
UKRAINE = ("UA-30", "UA-46", "UA-63", "UA-51", "UA-12", "UA")
ROLES = ("plant", "direct_product", "none")


class Drawing(NamedTuple):
    """What one order is drawn from: a generator of its own, the law of its day, and the lists."""

    rng: random.Random
    law: LawDay
    lists: Roster
    listed: dict[str, list[str]]
    """Ids of entries by list."""

    def of(self, weights: Mapping[str, float]) -> str:
        """Draw one word by weight."""
        return self.rng.choices(list(weights), list(weights.values()))[0]

    def happens(self, percent: float) -> bool:
        """Say whether something happens that happens in so many of a hundred orders."""
        return self.rng.random() * 100 < percent


# -- drawing


def acts(seed: int, count: int) -> Iterator[Facts]:
    """Draw plausible orders.

    Args:
        seed: The same seed draws the same orders.
        count: How many.
    """
    book, lists = load(), shipped()
    listed: dict[str, list[str]] = {}
    for id_ in lists.ids:
        for list_ in sorted({one.list for one in lists.history(id_)} & LISTS.keys()):
            listed.setdefault(list_, []).append(id_)
    for number in range(count):
        rng = random.Random(f"{seed} {number}")  # noqa: S311 - a sample, no secret
        day = FIRST + timedelta(days=rng.randrange((LAST - FIRST).days + 1))
        yield _act(Drawing(rng, LawDay(book, day), lists, listed))


def _act(drawing: Drawing) -> Facts:
    rng, day = drawing.rng, drawing.law.day
    activity = drawing.of(ACTIVITIES)
    to = "US" if activity == "domestic" else _destination(drawing)
    user = _user(drawing, to)
    to = str(user["country"])
    leaves = to if activity == "in_country_transfer" else _elsewhere(drawing, to) if activity == "reexport" else "US"
    act: Facts = {
        "kind": "export",
        "activity": activity,
        "from": leaves,
        "to": to if activity in {"export", "reexport", "in_country_transfer"} else "US",
        "dates": {
            "contract": (day - timedelta(days=rng.randrange(40, 200))).isoformat(),
            "order": (day - timedelta(days=rng.randrange(5, 40))).isoformat(),
            "export": day.isoformat(),
        },
        "purpose": "new_business",
        "parties": _parties(drawing, activity, user),
        "items": [_item(drawing, activity, leaves, to) for _ in range(int(drawing.of({"1": 80, "2": 15, "3": 5})))],
        "end_use": _end_use(drawing, to),
        "knowledge": {"violation": "no"},
        "red_flags": "none",
        "licenses": [],
        "exception_claimed": "none",
    }
    if drawing.happens(SCREENED):
        act |= _screened(drawing, activity, to)
    if drawing.happens(12):
        act |= {"exception_claimed": rng.choice(EXCEPTIONS), "exception_conditions_met": "yes"}
    return act


def _screened(drawing: Drawing, activity: str, to: str) -> Facts:
    """Draw what a checklist for the activity or the destination asks beside what every order states."""
    if activity == "domestic":
        return {"knowledge": {"violation": "no", "will_be_exported": "no"}}
    if activity in {"reexport", "in_country_transfer"}:
        no = dict.fromkeys(("violation", "footnote1_party", "footnote4_party", "footnote5_party"), "no")
        return {"knowledge": no}
    if to in EMBARGOED:
        return {"ofac_authorized": "yes" if drawing.happens(20) else "no"}
    return {}


def _end_use(drawing: Drawing, to: str) -> Facts:
    use: Facts = {"known": [drawing.rng.choice(USES)]}
    if drawing.happens(95):
        use = {"description": "civil production", "known": "none"}
    return use | ({"oil_gas": "none"} if to == "RU" and drawing.happens(SCREENED) else {})


def _destination(drawing: Drawing) -> str:
    if drawing.happens(ELSEWHERE):
        return drawing.rng.choice([code for code in vocabulary.table().countries if code != "US"])
    to = drawing.of(TRADE)
    return drawing.rng.choice(UKRAINE) if to == "UA" else to


def _elsewhere(drawing: Drawing, to: str) -> str:
    return next(code for code in iter(lambda: drawing.of(TRADE), "") if code not in {to, *EMBARGOED})


# -- parties


def _user(drawing: Drawing, to: str) -> Facts:
    """Draw the end user: an invented company, or one of the lists, by a name that it has or had."""
    if to == "US" or not drawing.happens(LISTED):
        return _company(drawing, to)
    list_ = drawing.of(LISTS)
    id_ = drawing.rng.choice(drawing.listed[list_])
    terms = drawing.lists.entry(list_, id_)[-1]
    country = terms.country if terms.country and terms.country != "US" else to
    company = _company(drawing, country)
    return company | {"name": drawing.lists.names(id_)[0]}


def _company(drawing: Drawing, country: str) -> Facts:
    rng = drawing.rng
    name = f"{rng.choice(HEADS)} {rng.choice(TRADES)} {FORMS.get(country[:2], 'Ltd.')}"
    town = f"{rng.choice(HEADS)}stad"
    return {"name": name, "country": country, "address": f"{rng.randrange(1, 200)} {rng.choice(STREETS)}, {town}"}


def _parties(drawing: Drawing, activity: str, user: Facts) -> list[Facts]:
    country = str(user["country"])
    if activity == "deemed_export":
        return _release(drawing, country)
    user = user | _asked(drawing, country)
    if drawing.happens(70):
        return [user | {"role": ["purchaser", "ultimate_consignee", "end_user"]}]
    consignee = _company(drawing, country) | _asked(drawing, country)
    parties = [consignee | {"role": ["purchaser", "ultimate_consignee"]}, user | {"role": ["end_user"]}]
    if drawing.happens(30):
        place = _elsewhere(drawing, country)
        forwarder = _company(drawing, place) | _asked(drawing, place)
        parties.append(forwarder | {"role": [drawing.rng.choice(["carrier", "intermediate_consignee"])]})
    return parties


def _release(drawing: Drawing, country: str) -> list[Facts]:
    """Draw the person to whom technology is released, and its employer in the United States."""
    company = f"{drawing.rng.choice(HEADS)} Laboratories Inc."
    person: Facts = {
        "name": _person(drawing),
        "country": "US",
        "role": ["recipient"],
        "employer": company,
        "foreign_person": "yes",
        "us_status": "none",
        "nationality": [country],
    }
    if drawing.happens(SCREENED):
        person["military_end_user"] = "no"
    return [person, {"name": company, "country": "US", "role": ["employer"]}]


def _asked(drawing: Drawing, country: str) -> Facts:
    """Draw what a form for foreign parties asks; since the 50 percent rule it asks for the owners."""
    said: Facts = {"military_end_user": "no"}
    if drawing.happens(SCREENED):
        said |= {"headquarters": country, "ultimate_parent_headquarters": country}
    if drawing.law.stands("AFF-2025"):
        owner: Facts = {"name": _person(drawing), "country": country, "share_pct": 100}
        said |= {"owners": [owner | {"owners": [], "owners_complete": "yes"}], "owners_complete": "yes"}
    return said


def _person(drawing: Drawing) -> str:
    return f"{drawing.rng.choice(HEADS)} {drawing.rng.choice(HEADS)}son"


# -- items


def _item(drawing: Drawing, activity: str, leaves: str, to: str) -> Facts:
    eccn = _eccn(drawing, "DE" if activity == "deemed_export" else "ABCDE")
    kind = KINDS[eccn[1]] if eccn != "EAR99" else "technology" if activity == "deemed_export" else "commodity"
    abroad = activity in {"reexport", "in_country_transfer"}
    item: Facts = {
        "name": f"{kind} {drawing.rng.randrange(100, 999)}",
        "kind": kind,
        "eccn": eccn,
        "us_origin": "yes" if drawing.happens(60 if abroad else 90) else "no",
        "value_usd": drawing.rng.choice([240, 900, 2400, 7500, 18_000, 60_000, 250_000]),
        "published": "no",
    }
    if tables.kinds(drawing.law, eccn) and drawing.happens(CLASSIFIED):
        item["controls"] = _controls(drawing, eccn)
    if abroad and item["us_origin"] == "no":
        item |= _made_abroad(drawing, leaves, kind)
    if to.startswith((*EMBARGOED, "UA")):
        food, listed = eccn == "EAR99" and drawing.happens(25), eccn == "EAR99" and drawing.happens(40)
        item["food_or_medicine"] = "yes" if food else "no"
        item["listed_in"] = ["supp4_part746"] if listed and not food else "none"
    return item


def _eccn(drawing: Drawing, letters: str) -> str:
    """Draw EAR99, a common entry, or any paragraph of the Commerce Control List as it stood on the day.

    Entries without reasons for control are left out: they only point to other entries, or to another agency.
    """
    source = drawing.of({"EAR99": 25, "common": 35, "any": 40})
    while source != "EAR99":
        code = drawing.rng.choice(COMMON if source == "common" else tables.entries())
        entry = tables.entry(tables.split(code)[0])
        exists = entry is not None and entry.state == "read" and tables.stands(drawing.law, entry)
        if exists and code[1] in letters:
            return code if drawing.happens(BARE) else _paragraph(drawing, code)
        source = drawing.of({"EAR99": 5, "common": 45, "any": 50})
    return "EAR99"


def _paragraph(drawing: Drawing, code: str) -> str:
    """Draw one of the paragraphs that the table of the day tells apart."""
    named = [name for kind in tables.kinds(drawing.law, code) for name in kind.paragraphs if " " not in name]
    return drawing.rng.choice(named or [code])


def _controls(drawing: Drawing, code: str) -> list[str] | str:
    """Draw reasons as classified: those of the paragraph; one that the entry puts under a condition applies or not."""
    columns = drawing.rng.choice(tables.kinds(drawing.law, code)).columns
    met = [one.rstrip("?").partition("@")[0] for one in columns if not one.endswith("?") or drawing.happens(50)]
    return sorted(set(met) - {"FP"}) or "none"  # no statement has the reason that only points to part 746


def _made_abroad(drawing: Drawing, leaves: str, kind: str) -> Facts:
    """Draw what a maker abroad states of a product: its US content, and what it is made with."""
    content = [
        {"eccn": _eccn(drawing, LETTERS[kind]), "kind": kind, "pct": drawing.rng.choice([1, 4, 8, 12, 20, 30])}
        for _ in range(int(drawing.of({"0": 40, "1": 40, "2": 20})))
    ]
    means = [
        {
            "kind": means_kind,
            "eccn": _eccn(drawing, letters),
            "us_origin": "yes",
            "role": drawing.rng.choice(ROLES),
        }
        for means_kind, letters in [drawing.rng.choice([("technology", "E"), ("equipment", "B"), ("software", "D")])]
        if drawing.happens(40)
    ]
    return {
        "made_in": leaves,
        "us_content": content,
        "us_content_complete": "yes",
        "made_with": means,
        "made_with_complete": "yes",
        "designed_by": "other",
        "produced_by": "other",
    }


# -- deciding


class Decided(NamedTuple):
    """An order with its answer."""

    facts: Facts
    answer: Answer

    @property
    def why(self) -> tuple[str, ...]:
        """What keeps it open: facts that the order lacks, sections not modeled, sources that differ."""
        answer = self.answer
        facts = [_plain(one.path) for one in answer.missing]
        return tuple(dict.fromkeys((*facts, *answer.not_modeled, *answer.conflicts)))


def decide(seed: int, count: int) -> Iterator[Decided]:
    """Draw orders and decide each, by the lists that ship and on the word that they are complete.

    Args:
        seed: The same seed draws the same orders.
        count: How many.
    """
    sources = Sources(load(), shipped())
    for facts in acts(seed, count):
        act = read_act(facts)
        yield Decided(facts, run(act, question_of(act, State(None), assume_lists_complete=True), sources))


def _plain(path: str) -> str:
    return re.sub(r"\[\d+\]", "[]", path)


def _grounds(answer: Answer) -> Iterator[str]:
    """Walk through the sections whose word is open and moves the outcome."""
    for reason in (*answer.requirements, *answer.prohibitions, *answer.clearances, *answer.authorizations):
        if reason.span.low // 10 != reason.span.high // 10:
            yield reason.section


# -- printing


def main() -> int:
    """Draw, decide and print; return the exit code."""
    parser = argparse.ArgumentParser(description="Draw random plausible orders and say how many stay open.")
    parser.add_argument("--acts", type=int, default=2000, help="how many (2000)")
    parser.add_argument("--seed", type=int, default=6, help="the same seed draws the same orders (6)")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print so many of the open ones")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="print so many decided ones of each outcome")
    asked = parser.parse_args()
    found = list(decide(asked.seed, asked.acts))
    _table(found, asked.seed)
    open_ones = [one for one in found if not one.answer.span.decided]
    for one in open_ones[: asked.show]:
        _shown(one)
    by_outcome: dict[str, list[Decided]] = {}
    for one in found:
        by_outcome.setdefault(one.answer.outcome, []).append(one)
    for outcome in sorted(by_outcome.keys() - {"REFER"}):
        for one in by_outcome[outcome][: asked.sample]:
            _shown(one)
    return 0


def _table(found: list[Decided], seed: int) -> None:
    open_ones = [one for one in found if not one.answer.span.decided]
    decided = len(found) - len(open_ones)
    print(f"{len(found)} orders, seed {seed}: {decided} decided ({100 * decided / max(1, len(found)):.1f} %)")
    _counts("outcome", Counter(one.answer.outcome for one in found))
    _counts("open because", Counter(str(kind) for one in open_ones for kind in one.answer.refer_because))
    _counts("open grounds", Counter(section for one in open_ones for section in set(_grounds(one.answer))))
    _counts("what open orders lack", Counter(why for one in open_ones for why in one.why))
    _counts("open orders that name nothing", Counter("orders" for one in open_ones if not one.why))


def _counts(title: str, counts: Counter[str]) -> None:
    print(f"\n{title}")
    for name, count in counts.most_common():
        print(f"  {count:5}  {name}")


def _shown(one: Decided) -> None:
    answer = one.answer
    print(f"\n--- {answer.as_of}: {answer.span.at_least.name} … {answer.span.at_most.name}")
    print(yaml.safe_dump(one.facts, sort_keys=False, allow_unicode=True, default_flow_style=None, width=150).rstrip())
    for kind in ("requirements", "prohibitions", "authorizations", "clearances"):
        for reason in getattr(answer, kind):
            decided = reason.span.low // 10 == reason.span.high // 10
            if (kind == "clearances" and decided and not reason.closes) or not reason.applies:
                continue
            print(f"  {kind[:-1]}{'' if decided else ' OPEN'}: {reason.section} · {reason.subject} · {reason.says}")
    if not answer.span.decided:
        print(f"  because: {', '.join(map(str, answer.refer_because))}; lacks: {'; '.join(one.why) or 'nothing'}")
    for note in answer.notes:
        print(f"  note: {note}")


if __name__ == "__main__":
    sys.exit(main())
