"""The first screen: which rollout to work on, and ways to take one in."""
