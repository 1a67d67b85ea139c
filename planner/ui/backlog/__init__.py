"""The backlog pane."""
