"""Demonstration data, made with the functions that the pages use. All of it is fictitious."""
