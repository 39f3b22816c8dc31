"""Reads the forms in which the Consolidated Screening List comes, each row or object into one `Record`.

`record` has the noun and the closed words, `rows` reads the CSV, `objects` the two forms of JSON.
"""
