"""Judgement of a plan, without the solver and without its code."""
