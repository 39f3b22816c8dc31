"""Lists that come only inside others (`Entry.lists`): whose they are and what being on one generally means.

Lists with a source of their own say this in their `source.yaml`. What stands here is from memory, in our words.
"""

from __future__ import annotations

from typing import NamedTuple


class Member(NamedTuple):
    """A list without a source of its own."""

    title: str
    regime: str
    means: str
    """What being on it generally means, in one plain sentence."""


MEMBERS = {
    "ddtc_debarred": Member(
        "Parties debarred under the Arms Export Control Act",
        "us_itar",
        "The Department of State has debarred the party from taking part in exports of defense articles and services "
        "under the ITAR.",
    ),
    "isn": Member(
        "Nonproliferation sanctions of the Department of State",
        "us_state",
        "The Department of State has sanctioned the party under a nonproliferation law or order; what is barred (arms "
        "sales, licenses, procurement, imports) and until when, the notice says.",
    ),
    "ofac_capta": Member(
        "List of foreign financial institutions subject to correspondent or payable-through account sanctions",
        "us_ofac",
        "Banks of the United States may not open or keep accounts through which the bank pays, or only on conditions.",
    ),
    "ofac_cmic": Member(
        "Non-SDN Chinese Military-Industrial Complex Companies List",
        "us_ofac",
        "Persons of the United States may not buy or sell publicly traded securities of the company; other dealings "
        "are not forbidden by it.",
    ),
    "ofac_fse": Member(
        "Foreign Sanctions Evaders List",
        "us_ofac",
        "Persons of the United States may not deal with the party, which has evaded sanctions on Iran or Syria; its "
        "property is not blocked by it.",
    ),
    "ofac_mbs": Member(
        "Non-SDN Menu-Based Sanctions List",
        "us_ofac",
        "Some dealings with the party are restricted, not all; which ones, its entry says.",
    ),
    "ofac_plc": Member(
        "Palestinian Legislative Council List",
        "us_ofac",
        "The person was elected to that council on the list of an organization that is blocked; banks must reject its "
        "transactions.",
    ),
    "ofac_ssi": Member(
        "Sectoral Sanctions Identifications List",
        "us_ofac",
        "Persons of the United States may not take part in new debt or equity of the party, or in some oil projects, "
        "as the directive named in its entry says; what it owns by half or more counts as it.",
    ),
}
"""By the id that entries name."""
