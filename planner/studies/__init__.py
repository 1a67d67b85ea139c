"""Questions that a rollout and its plan answer together, or that are answered by planning more than once."""
