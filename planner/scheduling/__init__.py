"""From a rollout to a plan: bound, construction, improvement. The only room that imports ortools."""
