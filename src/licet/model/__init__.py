"""The nouns: outcome, act, listing, measure, answer, errors. Imports nothing of licet."""
