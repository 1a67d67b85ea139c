"""The scenarios pane."""
