"""Answers for people and for programs: text for a terminal, JSON, one HTML page. Nothing is decided here."""
