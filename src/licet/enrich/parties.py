"""Who is listed on the day: stated listings, names and aliases, employers, branches, and what a name may hide."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from licet.engine.values import YES_NO, Values, words
from licet.law.rule import Candidate
from licet.model.act import NONE, UNDETERMINABLE
from licet.model.outcome import Because, Policy

if TYPE_CHECKING:
    from licet.law.case import Case
    from licet.law.day import LawDay
    from licet.lists.roster import Found, Roster
    from licet.model.listing import Listing

RULED = ("entity_list", "denied_persons_list", "unverified_list")
"""Lists on which rules of the export regulations turn by the entry itself."""
MAKERS = ("fcc_usf_designated", "fcc_covered_list", "s889")
"""Lists of makers of equipment: a question of connections (`enrich.devices`), not of the parties to an export."""
BRANCH = re.compile(r"\b(branch|office|division|subsidiary office|representative)\b", re.IGNORECASE)
"""Words by which a name says that it may be no person of its own."""
YES = words("yes")
_DOUBTS = {
    "conflict": ("sources differ on whether it is listed on this day", Because.CONFLICT),
    "open": ("no source at hand says whether it is listed on this day", Because.LISTS),
}
"""By `Listing.checked`: why it is open whether the entry is in force."""


class Lookup:
    """Look up the parties of one case in the lists of the day.

    Args:
        case: The case; its stock and candidates are filled.
        lists: The lists.
        assume_complete: Take a name that is not found as on no list.
    """

    def __init__(self, case: Case, lists: Roster, *, assume_complete: bool) -> None:
        """Take the case and the lists."""
        self.case, self.lists, self.assume_complete = case, lists, assume_complete
        self.act, self.stock, self.law = case.act, case.stock, case.law
        self.stock.on_list = self.on_list
        self._found: dict[tuple[str, str], Found] = {}

    def party(self, party: str) -> None:
        """Fill in the listings of one party."""
        found: list[Candidate] = []
        self.case.candidates[party] = found
        if self.act.count(f"{party}.listings") is not None:
            self._stated(party, found)
            self._contradicted(party, found)
        else:
            self._looked_up(party, found)

    def others(self, party: str) -> None:
        """Add the listings that a party comes to through its employer, or as a branch of another."""
        self._employer(party)
        self._branch(party)

    def find(self, name: str, party: str = "") -> Found:
        """Look a name up, in the party's own country first where a list has it in several."""
        country = self.act.get(f"{party}.country") if party else None
        key = (name, country if isinstance(country, str) else "")
        if key not in self._found:
            self._found[key] = self.lists.find(name, self.law.day, key[1])
        return self._found[key]

    def named(self, name: str, party: str = "") -> list[Listing]:
        """Return the entries in force that a name equals."""
        found = self.find(name, party)
        return [entry for entry in (*found.listed, *found.off) if self.in_force(entry)]

    def in_force(self, entry: Listing) -> bool:
        """Say whether an entry is in force on the day of the law: by its row, and by the measure that made it."""
        if not entry.measure or entry.measure not in self.law.book:
            return entry.on(self.law.day)
        self.case.touched[entry.measure] = None
        if not self.law.stands(entry.measure):
            return False
        # The measure gives the first and the last day; the row only where its terms changed in between.
        starts = entry.since == entry.first or entry.since <= self.law.day
        measure = self.law.book[entry.measure]
        ends = entry.through is None or measure.in_force_through is not None or self.law.day <= entry.through
        return starts and ends

    # -- stated in the act

    def _stated(self, party: str, found: list[Candidate]) -> None:
        for i in range(self.act.count(f"{party}.listings") or 0):
            prefix = f"{party}.listings[{i}]."
            since, through = self.act.get(f"{prefix}since"), self.act.get(f"{prefix}through")
            if isinstance(since, date) and since > self.law.day:
                continue
            if isinstance(through, date) and through < self.law.day:
                continue
            name = self.act.get(f"{party}.name")
            list_ = self.act.get(f"{prefix}list")
            entry = self._entry_of(name, list_, party)
            first = since if isinstance(since, date) else None
            self.stock.put(f"{prefix}same", YES if first else YES_NO, f"{prefix}since")
            found.append(
                Candidate(
                    prefix,
                    str(list_ or "entity_list"),
                    str(name or party),
                    entry,
                    entry.measure if entry else "",
                    first,
                    cited=self._cited(entry) if entry else (),
                )
            )

    def _entry_of(self, name: object, list_: object, party: str) -> Listing | None:
        """Return the entry that a stated listing repeats, so that its measure and citations are known."""
        if not isinstance(name, str):
            return None
        return next((entry for entry in self.named(name, party) if entry.list == list_), None)

    def _contradicted(self, party: str, found: list[Candidate]) -> None:
        """Open a conflict where the act states no listing and the table has this very name on the day."""
        name = self.act.get(f"{party}.name")
        if not isinstance(name, str):
            return
        stated = {candidate.list for candidate in found}
        for entry in self.named(name, party):
            if entry.list in RULED and entry.list not in stated and entry.checked != "open":
                candidate = self._candidate(party, entry)
                self.stock.put(f"{candidate.prefix}same", YES_NO, f"{party}.listings", Because.CONFLICT)
                found.append(candidate)

    # -- looked up

    def _looked_up(self, party: str, found: list[Candidate]) -> None:
        name, same_as = self.act.get(f"{party}.name"), self.act.get(f"{party}.same_as")
        known: frozenset[str] = frozenset()
        for stated in dict.fromkeys((name, same_as)):
            if not isinstance(stated, str) or stated in {NONE, UNDETERMINABLE}:
                continue
            result = self.find(stated, party)
            known |= result.known
            self._equal(party, result, found)
            if same_as is None:
                self._alike(party, result, found)
        self._not_found(party, found, known)

    def _equal(self, party: str, result: Found, found: list[Candidate]) -> None:
        for entry in (*result.listed, *result.off):
            if entry.list not in MAKERS and self.in_force(entry):
                candidate = self._candidate(party, entry)
                fact = f"{candidate.prefix}same"
                if entry.checked in _DOUBTS:
                    says, because = _DOUBTS[entry.checked]
                    self.stock.put(fact, YES_NO, f"{entry.name}: {says}", because)
                else:
                    self.stock.put(fact, YES, f"{party}.name")
                found.append(candidate)

    def _alike(self, party: str, result: Found, found: list[Candidate]) -> None:
        """Ask whether a name that only resembles a listed one is that party: a near miss is never assumed away."""
        similar = [entry for entry in result.later_alias if self.in_force(entry)]
        similar += self._near(result, branches=False)
        for entry in similar:
            if entry.list in MAKERS:
                continue
            candidate = self._candidate(party, entry)
            self.stock.put(f"{candidate.prefix}same", YES_NO, f"{party}.same_as", Because.MATCH)
            self.case.notes.append(f"{self.act.get(f'{party}.name')} is similar to {entry.name} ({entry.list})")
            found.append(candidate)

    def _not_found(self, party: str, found: list[Candidate], known: frozenset[str]) -> None:
        """Leave open, list by list, whether a party is on a list of which its status on the day is not known."""
        name = self.act.get(f"{party}.name")
        unknown = [list_ for list_ in RULED if list_ not in known]
        if self.assume_complete and isinstance(name, str):
            if unknown and not any(candidate.listing for candidate in found):
                self.case.notes.append(f"{name} is taken as on no list: the caller says that the lists are complete")
            return
        for list_ in unknown:
            prefix = f"{party}.listings[{list_}]."
            self.stock.put(f"{prefix}same", YES_NO, f"{party}.listings", Because.LISTS)
            self._unknown_terms(prefix, f"{party}.listings", Because.LISTS)
            found.append(Candidate(prefix, list_, str(name or "a party that is not named")))

    def _candidate(self, party: str, entry: Listing) -> Candidate:
        prefix = f"{party}.listings[{entry.list}/{entry.entry}]."
        path = f"{party}.listings"
        terms_known = entry.checked != "amended"
        policy = words(entry.policy.name) if entry.policy and terms_known else words(*(one.name for one in Policy))
        self.stock.put(f"{prefix}policy", policy, path, Because.NOT_MODELED if terms_known else Because.LISTS)
        scope = words(entry.scope) if terms_known else words(entry.scope, "text")
        self.stock.put(f"{prefix}scope", scope, path, Because.FACTS if terms_known else Because.LISTS)
        first = entry.first
        if entry.measure and entry.measure in self.law.book:
            first = self.law.book[entry.measure].in_force_from or first
        means = "" if entry.list in RULED else self._means(entry.list)
        return Candidate(
            prefix, entry.list, entry.name, entry, entry.measure, first, cited=self._cited(entry), means=means
        )

    def _means(self, list_: str) -> str:
        """Return what a list is and what being on it generally means."""
        state = self.lists.lists.get(list_)
        return f"{state.title}: {state.means}" if state else list_

    def _cited(self, entry: Listing) -> tuple[str, ...]:
        """Return the citations of an entry that were out on the day."""
        to_come = self.law.remembered("citations to come", _cited_later)
        return tuple(cite for cite in entry.cites if cite not in to_come)

    def _unknown_terms(self, prefix: str, path: str, because: Because) -> None:
        self.stock.put(f"{prefix}policy", words(*(policy.name for policy in Policy)), path, because)
        self.stock.put(f"{prefix}scope", words("all"), path, because)

    # -- through another

    def _employer(self, party: str) -> None:
        employer = self.act.get(f"{party}.employer")
        found = self.case.candidates[party]
        if isinstance(employer, str) and employer not in {NONE, UNDETERMINABLE}:
            found += [self._through(candidate, "employer") for candidate in self._of_name(party, employer)]
        elif employer != NONE and self._may_be_employed(party) and not self._is_listed(found):
            prefix = f"{party}.listings[employer]."
            self.stock.put(f"{prefix}same", YES_NO, f"{party}.employer")
            self._unknown_terms(prefix, f"{party}.employer", Because.FACTS)
            found.append(Candidate(prefix, "entity_list", "the employer", via="unknown employer"))

    def _may_be_employed(self, party: str) -> bool:
        """Say whether the party may be a person to whom technology is released, so that the employer counts."""
        role, activity = self.act.get(f"{party}.role"), self.act.get("activity")
        deemed = activity in {None, UNDETERMINABLE, "deemed_export", "deemed_reexport"}
        return deemed and (not isinstance(role, tuple) or "recipient" in role)

    def _is_listed(self, found: list[Candidate]) -> bool:
        return any(self.stock[f"{c.prefix}same"] == YES for c in found if c.list == "entity_list")

    def _near(self, result: Found, *, branches: bool) -> list[Listing]:
        """Return the entries in force that a name is near to: those that it holds whole (branches), or the others."""
        ids = dict.fromkeys(near.entry for near in result.near if (near.how == "contains") is branches)
        found = [entry for id_ in ids for entry in self.lists.on(id_, self.law.day)]
        return [entry for entry in found if entry.list not in MAKERS and self.in_force(entry)]

    def _of_name(self, party: str, name: str) -> list[Candidate]:
        """Return the listings of another party of the act by its name, else those that the lists have."""
        for other in self.case.parties:
            if other != party and self.act.get(f"{other}.name") == name:
                return list(self.case.candidates[other])
        found: list[Candidate] = []
        result = self.find(name, party)
        self._equal(party, result, found)
        if not self.assume_complete:
            self._not_found(party, found, result.known)
        return found

    def _branch(self, party: str) -> None:
        """Add the listings of the entity whose branch the party is, or may be where its name says so."""
        distinct, of = self.act.get(f"{party}.legally_distinct"), self.act.get(f"{party}.branch_of.name")
        found = self.case.candidates[party]
        if distinct == "yes" or of == NONE or self._is_listed(found):
            return
        if distinct == "no" and isinstance(of, str) and of != UNDETERMINABLE:
            found += [self._through(candidate, "branch") for candidate in self._of_name(party, of)]
        elif distinct == "no":
            found.append(self._branch_of_whom(party, f"{party}.branch_of.name"))
        elif isinstance(name := self.act.get(f"{party}.name"), str):
            held = self._near(self.find(name, party), branches=True)
            for entry in held:
                candidate = self._through(self._candidate(party, entry), "branch")
                self.stock.put(f"{candidate.prefix}same", YES, f"{party}.name")
                found.append(candidate)
            if not held and BRANCH.search(name):
                found.append(self._branch_of_whom(party, f"{party}.legally_distinct"))

    def _branch_of_whom(self, party: str, path: str) -> Candidate:
        prefix = f"{party}.listings[branch]."
        self.stock.put(f"{prefix}same", YES_NO, path)
        self._unknown_terms(prefix, path, Because.FACTS)
        return Candidate(prefix, "entity_list", "the entity whose branch it is", via="branch")

    @staticmethod
    def _through(candidate: Candidate, via: str) -> Candidate:
        return replace(candidate, via=via)

    # -- by list

    def on_list(self, party: str, wanted: str) -> Values:
        """Say whether a party is on a list, by an entry with one of the programs or footnotes named after `#`.

        An entry that states neither counts: what is not said is not assumed away.
        """
        list_, _, terms = wanted.partition("#")
        found = [c for c in self.case.candidates[party] if c.list == list_ and self._has_terms(c, terms)]
        here = [self.stock[f"{candidate.prefix}same"] for candidate in found]
        looked_up = self.act.count(f"{party}.listings") is None
        open_ = not here and looked_up and not self._is_known(party, list_)
        values = YES if YES in here else (YES_NO if here or open_ else words("no"))
        fact = f"{party}.on:{wanted}"
        because = (
            Because.LISTS if open_ else self.stock.behind(f"{found[0].prefix}same").because if found else Because.FACTS
        )
        self.stock.put(fact, values, f"{party}.listings", because)
        return values

    def _has_terms(self, candidate: Candidate, terms: str) -> bool:
        if not terms:
            return True
        entry = candidate.listing
        stated: object = (
            (entry.programs or entry.footnotes)
            if entry is not None
            else (self.act.get(f"{candidate.prefix}programs") or self.act.get(f"{candidate.prefix}footnotes"))
        )
        return not isinstance(stated, tuple) or bool({str(one) for one in stated} & set(terms.split("|")))

    def _is_known(self, party: str, list_: str) -> bool:
        """Say whether it is known if a party is on a list on the day, or the caller calls the lists complete."""
        name = self.act.get(f"{party}.name")
        if not isinstance(name, str):
            return False
        return self.assume_complete or list_ in self.find(name, party).known


def _cited_later(law: LawDay) -> frozenset[str]:
    """Return the citations of measures that are not yet in force on the day: no entry rests on them."""
    day = law.day.isoformat()
    later = (record for record in law.book.records.values() if record.get("in_force_from", "") > day)
    return frozenset(cite for record in later for cite in record["cites"])
