"""`python -m licet`: the command line."""

from __future__ import annotations

from licet.cli import main

main()
