"""The dossier of a party as one self-contained HTML page: no network, no script, printable, readable in the dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.party.nouns import OFF, ON, ONE, OPEN, UNKNOWN
from licet.show import party_words
from licet.show.page import csp_hash, environment, source
from licet.show.party_line import LEFT, RIGHT, TOP, WIDTH, line_of
from licet.show.words import NOT_ADVICE

if TYPE_CHECKING:
    from licet.party.nouns import Dossier, OnList, Written

FOLDED = 12
"""Rows from which on a table is folded."""


def party_html(made: Dossier) -> str:
    """Return a dossier as one HTML page."""
    # A style sheet is text inside <style>: it must reach the page as it is, and its hash is in the policy of the page.
    from markupsafe import Markup

    style = source("party.css")
    return (
        environment()
        .get_template("party.html.j2")
        .render(
            made=made,
            words=party_words,
            line=line_of(made) if made.result == ONE and made.history else None,
            size={"width": WIDTH, "left": LEFT, "right": RIGHT, "top": TOP},
            on=made.state(ON, OPEN),
            off=_together(made.state(OFF)),
            unknown=_together(made.state(UNKNOWN)),
            written=[("Names", made.names), ("Addresses", made.addresses), ("Numbers", made.identifiers)],
            sources=_sources,
            linked=_linked,
            folded=FOLDED,
            style=Markup(style),  # noqa: S704 - our own file
            style_hash=csp_hash(style),
            not_advice=NOT_ADVICE,
        )
    )


def _together(lists: tuple[OnList, ...]) -> dict[str, list[str]]:
    """Gather the names of lists by what is known of them."""
    found: dict[str, list[str]] = {}
    for one in lists:
        found.setdefault(party_words.known_of(one), []).append(party_words.list_name(one.id))
    return found


def _sources(rows: tuple[Written, ...]) -> str:
    """Return the sources of some rows, each with its day."""
    return ", ".join(dict.fromkeys(f"{party_words.list_name(one.source)} of {one.seen}" for one in rows))


def _linked(url: str) -> bool:
    """Say whether a source is an address that a page may link to."""
    return url.startswith(("https://", "http://")) and not any(c.isspace() or c in "\"'<>" for c in url)
