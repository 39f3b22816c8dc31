"""The Export Administration Regulations, 15 CFR parts 730-774: acts of kind `export`."""

from licet.law.us_ear.steps import grounds, known_ground, parts, subject_parts

__all__ = ["KINDS", "grounds", "known_ground", "parts", "subject_parts"]

KINDS = ("export",)
"""The kinds of act that this regime decides."""
