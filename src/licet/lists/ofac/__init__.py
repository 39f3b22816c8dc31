"""Reads the two formats of the Office of Foreign Assets Control: the CSV files and the enhanced XML; two lists use them.

`issue` chooses between them, `table` reads the CSV files, `enhanced` the XML, `remarks` what stands in the last column
of the CSV files in words, and `words` has the closed words of all.
"""
