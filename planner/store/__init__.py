"""The store: rollouts, their plans and every change to them, in a database. Its front door is `planner.store.store`."""
