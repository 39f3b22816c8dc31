"""Reads the formats of the Office of Foreign Assets Control, CSV files and enhanced XML, in which two lists come.

`issue` chooses between them, `table` reads the CSV files, `enhanced` the XML, `remarks` what stands in the last column
of the CSV files in words, and `words` has the closed words of all.
"""
