"""The overview pane."""
