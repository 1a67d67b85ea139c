"""Questions that are answered by planning more than once."""
