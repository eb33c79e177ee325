"""The matrix of the plan for spreadsheets: the figures of the documents, from the same result."""
