"""What stands beside a party in the tables of the Bureau of Industry and Security: requirement, policy, citations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.entry import Citation
from licet.lists.reading import clean, day
from licet.model.outcome import Policy

if TYPE_CHECKING:
    from datetime import date

# Citations


class Cite(NamedTuple):
    """A citation of the Federal Register, with the day of publication that stands beside it."""

    volume: int
    page: int
    published: date | None

    @property
    def citation(self) -> Citation:
        """The citation as the entries of all lists have it."""
        return Citation(f"{self.volume} FR {self.page}", self.published)


_CITE = re.compile(
    r"(\d{2,3}) ?F\.?R\.?(?: FR)? ?(\d{1,6})(?: preview citation details)?(?:[.,]? ?"
    r"(\d{1,2}/\d{1,2}/(?:(?:19|20)\d\d(?! ?F)|\d\d)|[A-Z][a-z]+\.? \d{1,2}, \d{4})|(?![\d/]))"
)
"""Here and there a comma or a space is left out, so that a page and a day, or a day and a volume, touch."""


def cites_of(text: str) -> tuple[Cite, ...]:
    """Return the citations of a cell, in their order."""
    return tuple(Cite(int(volume), int(page), day(said)) for volume, page, said in _CITE.findall(text))


def uncited(text: str) -> str:
    """Return what stands in a cell of citations and is no citation with a day, punctuation apart."""
    rest = _CITE.sub(lambda m: "" if m[3] and day(m[3]) else m[0], text)
    return clean(re.sub(r"^[\s.,;]+|[\s.,;]+$", "", rest))


# Requirement and policy

_SECTIONS = re.compile(
    r"[(,]? ?\bse?e? (?:§+ ?)?(?:7\d\d\.\d+l?(?:\([a-z0-9]+\))*(?: ?,? ?[1-9]\b)?,? ?(?:and )?(?:§ ?)?)+\.?"
    r" ?(?:of (?:the EAR|this part))?\.?(?:\)? of the EAR)?\)?\.?(?: ?[1-9]\b)?",
    re.IGNORECASE,
)
"""A reference to sections with marks of footnotes, with the slips that occur in it."""
_ITEMS = re.compile(r"(?:for )?all items subject to the EAR", re.IGNORECASE)
_CCL = re.compile(
    r"for items on the CCL and (?:EAR ?99 items )?listed in supplement no\. 7 to part 746 of the EAR", re.IGNORECASE
)
_WORLDWIDE = re.compile(
    r"the license requirements under this entry also extend to .* to the entity wherever located worldwide",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(
    r"all items subject to the EAR.*(?:when used in projects|except for|apart from|License Exception GOV)",
    re.IGNORECASE | re.DOTALL,
)
"""Requirements that reach less, or leave more open, than all items: the entry's own words decide."""
_POLICIES = {
    Policy.DENIAL: re.compile(r"policy of denial(?: for all items subject to (?:the )?EAR)?", re.IGNORECASE),
    Policy.PRESUMPTION_OF_DENIAL: re.compile(r"presumption of denial", re.IGNORECASE),
    Policy.CASE_BY_CASE: re.compile(r"case-by-case (?:basis|review)", re.IGNORECASE),
    Policy.PRESUMPTION_OF_APPROVAL: re.compile(r"presumption of approval", re.IGNORECASE),
}
_SPLIT = re.compile(r"apart from|case-by-case|presumption of (?:denial|approval)", re.IGNORECASE)
"""In a policy that differs from item to item: its words are kept."""


def scope_of(requirement: str) -> str:
    """Return the scope of a license requirement.

    Args:
        requirement: Its words.

    Returns:
        `all`, `ccl_and_supp7_part746`, `text` where the words of the entry decide, empty where they are not known.
    """
    bare = _SECTIONS.sub(" ", requirement).strip(" .")
    if _CCL.fullmatch(bare):
        return "ccl_and_supp7_part746"
    if _OWN_WORDS.search(bare):
        return "text"
    whole = _ITEMS.match(bare) or _ITEMS.match(requirement)
    rest = bare[whole.end() :].strip(" .") if whole else bare
    known = whole and (not rest or _WORLDWIDE.fullmatch(rest))
    return "all" if known or (not bare and _SECTIONS.search(requirement)) else ""


def policy_of(text: str) -> str | None:
    """Return the name of the review policy; empty where it is split or set by reference, None where it is not known."""
    bare = _SECTIONS.sub(" ", text).strip(" .;")
    for policy, form in _POLICIES.items():
        if form.fullmatch(bare):
            return policy.name
    return "" if not bare or _SPLIT.search(bare) else None
