"""Facts narrowed by answers, rules forked into small trees, ranges of `Most` and `Least`. Knows no law."""
