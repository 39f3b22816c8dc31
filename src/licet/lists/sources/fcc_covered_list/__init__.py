"""The Covered List of the Federal Communications Commission, from a table of its public notices."""
