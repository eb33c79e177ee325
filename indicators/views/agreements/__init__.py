"""The desk's pages about actas."""
