"""The kinds of interest, by the words of the Beneficial Ownership Data Standard 0.4, and whether each is ownership."""

from __future__ import annotations

from typing import NamedTuple

from licet.ownership.graph import NEVER, OWNERSHIP, UNSURE

NO_KIND = "kind not stated"
"""Shown in place of a kind that is not stated."""
UNKNOWN_KINDS = frozenset({NO_KIND, "unknownInterest", "unpublishedInterest"})
UNSPECIFIED = "unspecified"
"""In place of a kind, where a source only says that nobody is specified as an owner."""
DIRECT, INDIRECT, NOT_KNOWN = "direct", "indirect", "unknown"
"""How directly an interest is held; left out in a file of the standard, it is not known."""


class Counting(NamedTuple):
    """Whether a kind of interest counts under a 50 percent rule, and why where it does not surely."""

    counts: str
    note: str = ""


_CONTROL = Counting(NEVER, "Control is not ownership.")
_RIGHT = Counting(UNSURE, "A right to profits or assets beside the shares: whether it is ownership turns on its terms.")
_TRUST = Counting(UNSURE, "Who owns what is held in trust turns on its deed.")
_UNKNOWN = Counting(UNSURE, "What kind of interest it is, is not stated.")
KINDS = {
    "shareholding": Counting(OWNERSHIP),
    "votingRights": Counting(NEVER, "Votes are control, not ownership."),
    "appointmentOfBoard": _CONTROL,
    "boardMember": _CONTROL,
    "boardChair": _CONTROL,
    "seniorManagingOfficial": _CONTROL,
    "otherInfluenceOrControl": _CONTROL,
    "controlViaCompanyRulesOrArticles": _CONTROL,
    "controlByLegalFramework": _CONTROL,
    "rightsToSurplusAssetsOnDissolution": _RIGHT,
    "rightsToProfitOrIncome": _RIGHT,
    "rightToProfitOrIncomeFromAssets": _RIGHT,
    "enjoymentAndUseOfAssets": _RIGHT,
    "rightsGrantedByContract": _RIGHT,
    "conditionalRightsGrantedByContract": _RIGHT,
    "settlor": _TRUST,
    "trustee": _TRUST,
    "protector": _CONTROL,
    "beneficiaryOfLegalArrangement": _TRUST,
    "nominator": Counting(OWNERSHIP),
    "nominee": Counting(UNSURE, "A nominee holds the title for somebody else."),
    "unknownInterest": _UNKNOWN,
    "unpublishedInterest": _UNKNOWN,
}
"""Every kind by its word. What is no ownership by our reading is `never`; what may be is `unsure`, never left out."""


def counting(kind: str, directness: str = DIRECT) -> Counting:
    """Return whether an interest counts.

    Args:
        kind: Its word; empty where it is not stated.
        directness: `direct`, `indirect` or `unknown`.

    Returns:
        Whether it counts. A shareholding that is not surely direct counts through its tiers alone, never by its number:
        if the tiers are not stated, what is not stated of them keeps the result open all the same.
    """
    if kind == UNSPECIFIED:
        return Counting(NEVER, "Nobody is specified: what nobody states keeps the result open.")
    found = KINDS.get(kind, _UNKNOWN)
    if found.counts != OWNERSHIP or directness == DIRECT:
        return found
    if directness == INDIRECT:
        return Counting(NEVER, "Indirect: it counts through its tiers, not by its number.")
    return Counting(NEVER, "Not stated to be direct: it counts through its tiers, not by its number.")
