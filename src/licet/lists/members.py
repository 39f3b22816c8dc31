"""Every list by its id: whose it is, whether licet has rules for it, and what being on it generally means.

Lists with a source of their own say this in their `source.yaml`. Lists that come only inside others (`Entry.lists`), or
only in curated rows, stand here; what is said of them is from memory, in our words.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Member(NamedTuple):
    """What a reader has to know of a list."""

    title: str
    regime: str
    """Of a source that holds several lists `licet.lists.source.OF_ITS_LISTS`: that of each list on which an entry
    stands."""
    rules: bool
    """Whether licet has rules for what being on it means."""
    means: str
    """What being on it generally means, in one plain sentence."""


BEGAN = {
    "fcc_covered_list": date(2021, 3, 12),
    "meu_list": date(2020, 12, 23),
    "ofac_cmic": date(2020, 11, 12),
    "ofac_ssi": date(2014, 7, 16),
    "us_1260h": date(2021, 6, 3),
}
"""First days of lists that are younger than the days asked about; nobody was on one before. All but two from memory."""


def state(list_: str) -> Member:
    """Return what there is to know of any list: one with a source, one inside another, one of curated rows alone.

    Args:
        list_: Id of the list, or of a source that feeds it.

    Raises:
        SourceError: There is no such list; names the nearest.
    """
    from licet.lists.folder import source_ids
    from licet.lists.source import source
    from licet.model.errors import Problem, SourceError
    from licet.model.vocabulary import nearest

    if (member := MEMBERS.get(list_)) is not None:
        return member
    known = (*source_ids(), *MEMBERS)
    if list_ not in known:
        raise SourceError(Problem(f'"{list_}" is no list', allowed=", ".join(known), nearest=nearest(list_, known)))
    own = source(list_)
    if own.feeds != own.id:
        return state(own.feeds)
    return Member(own.title, own.regime, own.rules, own.means)


def standing(list_: str, lists: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the lists on which an entry stands: those that it names, else the one that it came with.

    Args:
        list_: Id of the list that was read.
        lists: `Entry.lists` of the entry.
    """
    return tuple(lists) or (list_,)


MEMBERS = {
    "ddtc_debarred": Member(
        "Parties debarred under the Arms Export Control Act",
        "us_itar",
        rules=False,
        means=(
            "The Department of State has debarred the party from taking part in exports of defense articles and "
            "services under the ITAR."
        ),
    ),
    "fcc_usf_designated": Member(
        "Companies designated as a threat to communications networks (47 CFR 54.9)",
        "us_fcc",
        rules=True,
        means=(
            "Money of the Universal Service Fund may not buy or keep up anything that the company makes or provides."
        ),
    ),
    "isn": Member(
        "Nonproliferation sanctions of the Department of State",
        "us_state",
        rules=False,
        means=(
            "The Department of State has sanctioned the party under a nonproliferation law or order; what is barred "
            "(arms sales, licenses, procurement, imports) and until when, the notice says."
        ),
    ),
    "ofac_capta": Member(
        "List of foreign financial institutions subject to correspondent or payable-through account sanctions",
        "us_ofac",
        rules=False,
        means=(
            "Banks of the United States may not open or keep accounts through which the bank pays, or only on "
            "conditions."
        ),
    ),
    "ofac_cmic": Member(
        "Non-SDN Chinese Military-Industrial Complex Companies List",
        "us_ofac",
        rules=False,
        means=(
            "Persons of the United States may not buy or sell publicly traded securities of the company; other "
            "dealings are not forbidden by it."
        ),
    ),
    "ofac_fse": Member(
        "Foreign Sanctions Evaders List",
        "us_ofac",
        rules=False,
        means=(
            "Persons of the United States may not deal with the party, which has evaded sanctions on Iran or Syria; "
            "its property is not blocked by it."
        ),
    ),
    "ofac_mbs": Member(
        "Non-SDN Menu-Based Sanctions List",
        "us_ofac",
        rules=False,
        means=("Some dealings with the party are restricted, not all; which ones, its entry says."),
    ),
    "ofac_plc": Member(
        "Palestinian Legislative Council List",
        "us_ofac",
        rules=False,
        means=(
            "The person was elected to that council on the list of an organization that is blocked; banks must reject "
            "its transactions."
        ),
    ),
    "ofac_ssi": Member(
        "Sectoral Sanctions Identifications List",
        "us_ofac",
        rules=False,
        means=(
            "Persons of the United States may not take part in new debt or equity of the party, or in some oil "
            "projects, as the directive named in its entry says; what it owns by half or more counts as it."
        ),
    ),
    "s889": Member(
        "Companies named in section 889(f)(3) of the NDAA for fiscal year 2019",
        "us_889",
        rules=True,
        means=(
            "Federal agencies may not buy the company's covered telecommunications or video equipment or services, "
            "nor contract with someone who uses them."
        ),
    ),
    "supp8_part740": Member(
        "Approved consignees (Supplement No. 8 to part 740 of the Export Administration Regulations)",
        "us_ear",
        rules=True,
        means=(
            "An approval, not a restriction: the party may receive what its entry names without a license; licet does "
            "not count that, so its answer is the stricter one."
        ),
    ),
}
"""By the id that entries name."""
