"""What the pages of the plan show, gathered before they are drawn."""
