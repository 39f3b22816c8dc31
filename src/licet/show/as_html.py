"""An answer as one HTML page, to keep or to forward: no script, no network, prints as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from licet.show.page import csp_hash, environment, source
from licet.show.words import NOT_ADVICE, headline, policy, span, why_open

if TYPE_CHECKING:
    from licet.model.answer import Answer, Reason, Span


def to_html(answer: Answer) -> str:
    """Return an answer as one self-contained HTML page."""
    # A style sheet is text inside <style>: it must reach the page as it is, and its hash is in the policy of the page.
    from markupsafe import Markup

    style = source("answer.css")

    def spans(one: Span) -> str:
        return span(one, answer.kind)

    return (
        environment()
        .get_template("answer.html.j2")
        .render(
            answer=answer,
            claims=_claims(answer),
            what_if_claims=_claims(answer.what_if) if answer.what_if is not None else (),
            headline=headline(answer),
            policy=policy(answer.span.policy),
            range=spans(answer.span),
            why_open=why_open(answer),
            spans=spans,
            plain=_plain,
            style=Markup(style),  # noqa: S704 - our own file
            style_hash=csp_hash(style),
            not_advice=NOT_ADVICE,
        )
    )


def _claims(answer: Answer) -> tuple[Reason, ...]:
    claims = (*answer.prohibitions, *answer.requirements)
    gates = tuple(one for one in answer.clearances if one.closes)
    return gates + tuple(claim for claim in claims if claim.section not in answer.not_modeled)


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) or "none" if isinstance(value, tuple) else str(value)
