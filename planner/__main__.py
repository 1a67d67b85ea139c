"""`python -m planner`: the same as `planner`."""

from planner.cli.app import main

main()
