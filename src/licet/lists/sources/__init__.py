"""The sources of official lists, one folder each; `tests/lists/test_sources_contract.py` holds for every one.

`source.yaml` describes it (`licet.lists.source.Source` has the fields), `parse.py` reads it, `sample*` are small files
in the official format with invented parties. A `parse.py` offers:

- `FIELDS`: the names of all fields it knows (columns, keys, or tags and `@attributes`), as in `source.yaml`.
- `recognizes(files)`: by content alone, cheap, and never an error.
- `parse(files, issued=None)`: bytes in, `Parsed` out; `SourceError` where the files are not this list or damaged.
- `COLUMNS`, only where files have no header: the names of the columns by the name of the sample.
"""
