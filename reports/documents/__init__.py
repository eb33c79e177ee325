"""The two documents: facts become HTML, and HTML becomes PDF in a process of its own (`reports.press`)."""
