"""Rules of the Federal Register that add entries to the Entity List."""
