"""Everything that a document tells, gathered in few queries into frozen values before anything is drawn.

People appear by cargo and institution only; evidence by number and digest, never by the name of a file.
"""
