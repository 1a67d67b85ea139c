"""Files in and out: the rollout folder, plan.json, plan.csv, plan.ics."""
