"""The parts of `licet.watch`: days, measures, lists, acts, parties, and the point of an earlier look."""
