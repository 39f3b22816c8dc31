"""The Federal Communications Commission: support money, covered equipment and its authorization (47 CFR)."""

from licet.law.us_fcc.rules import grounds, parts

__all__ = ["KINDS", "grounds", "parts"]

KINDS = ("connection",)
"""The kinds of act that this regime decides."""
