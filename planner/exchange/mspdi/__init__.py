"""MS Project XML (MSPDI): a plan for MS Project and ProjectLibre."""

from planner.exchange.mspdi.project import plan_to_mspdi

__all__ = ["plan_to_mspdi"]
