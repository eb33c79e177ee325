"""Turns a finished page of HTML into PDF, in processes of its own that get neither settings nor secrets.

`python -m reports.press` reads one JSON object from standard input, `html` and `resources` (name → path of the static
files that the page may use). It answers a line with the share laid out, in percent, as each part is done, then an
empty line and the PDF. Nothing here may import Django.

A document is cut in front of sections that begin a page (`parts`). Its parts are laid out side by side (`lanes`,
`layout`), then once more where they print numbers of pages; at the same time what repeats on every page (`frame`).
`joining` makes them one document, as if it had been laid out in one piece.
"""
