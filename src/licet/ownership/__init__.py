"""Graphs of interests, and who is owned by half or more by listed parties. Pure: takes texts, days and look-ups."""
