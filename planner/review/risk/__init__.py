"""How reality may play a plan: many samples of it at once, and what they say about milestones, shops and crews."""
