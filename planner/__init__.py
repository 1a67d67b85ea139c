"""Plans the remodels of a chain of shops: crews, permits, blackouts and targets, at the least cost."""
