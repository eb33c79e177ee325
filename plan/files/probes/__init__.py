"""Opens one untrusted file in a process of its own, which gets neither settings nor secrets.

`python -m plan.files.probes.pdf` and `.image` read the file from standard input and answer one JSON object:
`problem` (a word of `isolation.PROBLEMS`, or null) and what was seen. `pdf_pages`, `image_pages` and `text_pages` draw
the file's pages in the same way. Nothing here may import Django.
"""
