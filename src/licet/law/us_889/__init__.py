"""Section 889 of the NDAA for fiscal year 2019 (Pub. L. 115-232): what agencies may buy, and from whom."""

from licet.law.us_889.rules import grounds, parts

__all__ = ["KINDS", "grounds", "parts"]

KINDS = ("connection",)
"""The kinds of act that this regime decides."""
