"""The words of a dossier that all its forms share: lists, terms, statuses, how a party was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.party.nouns import LATER, NONE, ON, ONE, OPEN, SEVERAL
from licet.show.timeline import LISTS
from licet.show.words import policy

if TYPE_CHECKING:
    from licet.party.nouns import Candidate, Dossier, Law, Member, OnList, Pending, Terms

MORE_LISTS = {
    "ca": "Canadian sanctions",
    "csl": "Consolidated Screening List",
    "fcc_usf_designated": "FCC designated",
    "isn": "Nonproliferation",
    "ofac_consolidated": "other OFAC lists",
    "uk": "UK sanctions",
    "un": "UN sanctions",
    "us_1260h": "Section 1260H",
}
"""What lists are called that `licet law timeline` does not draw, or calls by too few letters."""
SCOPES = {
    "all": "all items subject to the EAR",
    "ccl_and_supp7_part746": "items on the CCL and those of Supp. 7 to part 746",
    "text": "the items that its text names",
}
EAR_LISTS = frozenset({"entity_list", "meu_list", "denied_persons_list"})
"""Lists of which the scope is that of a requirement of the export regulations."""
HOW = {
    "id": "",
    "name": "",
    "later_name": "the entry got this name only later, or had lost it by this day",
    "family": "no list has this name alone: shown is the company that leads the family {group}",
}
SETTLES = {
    "equal": "the same name: its country, address or number tells which one is meant",
    "similar": "spelled alike: compare country, address and number with the party's own papers",
    "contains": "the listed name stands inside the name: ask whether it is a branch of it, or another company",
    "short": "its abbreviation: ask for the full registered name",
}
"""What would settle whether a candidate is meant."""
THEN = {
    SEVERAL: "Open one by its id: licet party ID",
    NONE: (
        "Is it one of these? Open it by its id, and state `same_as` in the act. Is it none? State `listings: []` with "
        "`screened_against`."
    ),
}
UNSURE = {
    "open": "may be",
    "conflict": "sources differ",
    "amended": "terms not sure",
    "memory": "from memory",
}
"""By `Listing.checked`: what is not sure of terms."""


def list_name(id_: str) -> str:
    """Return what a list is called; its id where it has no name here."""
    return MORE_LISTS.get(id_) or LISTS.get(id_, id_)


def headline(made: Dossier) -> str:
    """Return in words how many lists a party is on, or that nobody was found."""
    if made.result == SEVERAL:
        return f"{len(made.candidates)} entries have this name"
    if made.result != ONE:
        return "no entry of that name"
    on, may_be = len(made.state(ON)), len(made.state(OPEN))
    lists = "1 list" if on == 1 else f"{on} lists" if on else "no list"
    return f"on {lists}{f', perhaps on {may_be} more' if may_be else ''}"


def unlisted(made: Dossier) -> str:
    """Return the sentence that is true of a name that was not found, and no more than that."""
    off = [list_name(one.id) for one in made.lists if one.state == "off"]
    open_ = [list_name(one.id) for one in made.lists if one.state == "unknown"]
    complete = f"Complete on that day: {', '.join(off)}." if off else "No list is complete on that day."
    rest = f" Not complete, so that nothing follows: {', '.join(open_)}." if open_ else ""
    return f"There is no entry of that name on {made.as_of}. {complete}{rest}"


def requirement(terms: Terms) -> str:
    """Return what the terms of an entry say: scope, policy, footnotes, programs."""
    listing = terms.listing
    parts = [SCOPES.get(listing.scope, "") if listing.list in EAR_LISTS else ""]
    parts.append(policy(listing.policy))
    if listing.footnotes:
        parts.append(f"footnote{'s' if len(listing.footnotes) > 1 else ''} {', '.join(map(str, listing.footnotes))}")
    if listing.programs:
        parts.append(f"programs {', '.join(listing.programs)}")
    if terms.reaches_affiliates:
        parts.append("with subsidiaries and affiliates")
    return "; ".join(filter(None, parts))


def through(law: Law | None) -> str:
    """Return the measure through which an entry was made, with its status on the day."""
    return f"{law.id} {status(law)}" if law else ""


def status(law: Law) -> str:
    """Return the status of a measure in words; `by its text` where a change was due that nobody has verified."""
    return law.status.value.replace("_", " ") + (" by its text" if law.doubt else "")


def span(terms: Terms) -> str:
    """Return the days of terms."""
    listing = terms.listing
    return f"{listing.since} … {listing.through or ''}".rstrip()


def cites(terms: Terms, most: int = 0) -> str:
    """Return the citations that were out by the day, the first and the last of them where there are many."""
    texts = [cite.text for cite in terms.cites]
    if not texts:
        return "text not out by the day" if terms.when != LATER else ""
    if most and len(texts) > most:
        texts = [*texts[: most - 1], f"… {texts[-1]} ({len(texts)} in all)"]
    return " · ".join(texts).replace(" · … ", " … ")


def change(pending: Pending) -> str:
    """Return what a change makes of a measure or an entry."""
    now, then = (word.replace("_", " ") for word in (pending.now, pending.becomes))
    if not then:
        return f"{now}, no day known"
    return f"{now} → {then}" + ("" if pending.certain else ", by its text: not verified")


def known_of(one: OnList) -> str:
    """Return how sure a list is about the party on the day: what is not sure, and whether a newer issue was due."""
    late = "a newer issue of it was due by this day" if one.overdue else ""
    return "; ".join(filter(None, (one.why, late)))


def where(candidate: Candidate) -> str:
    """Return the lists on which a candidate is on the day."""
    lists = dict.fromkeys(one.list for one in candidate.terms)
    return ", ".join(map(list_name, lists)) or "no list on this day"


def on_day(member: Member) -> str:
    """Return the lists on which a company of the family is on the day, or may be."""
    perhaps = [f"perhaps {list_name(id_)}" for id_ in member.perhaps]
    return ", ".join([*map(list_name, member.lists), *perhaps]) or "not on this day"
