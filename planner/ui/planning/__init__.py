"""Planning in the background, and the panel that shows how it stands."""
