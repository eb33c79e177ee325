"""Editions: looked over, emitted as one act, printed from what was frozen, corrected in the open (REPORTS)."""
