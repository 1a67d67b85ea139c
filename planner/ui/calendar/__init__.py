"""The calendar pane."""
