"""Opens one untrusted file in a process of its own, which gets neither settings nor secrets.

`python -m plan.files.probes.pdf` and `.image` read the file from standard input and answer one JSON object:
`problem` (a word of `isolation.PROBLEMS`, or null) and what was seen. Nothing here may import Django.
"""
