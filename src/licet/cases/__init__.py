"""Known-answer cases: act and day, with what the law says and where it says so. They are data that anyone can run.

`read` reads them strictly, `find` asks licet, `judge` compares, `table` shows. Nothing here knows the law.
"""
