"""Turns a finished page of HTML into PDF, in a process of its own that gets neither settings nor secrets.

`python -m reports.press` reads one JSON object from standard input, `html` and `resources` (name → path of the static
files that the page may use), and answers the PDF. Nothing here may import Django.
"""
