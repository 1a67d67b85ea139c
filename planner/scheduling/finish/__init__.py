"""Finishing early: the search for the plan whose last remodel is done first, and the proof that none is earlier.

A rollout with this objective is what the field calls resource-constrained project scheduling, with calendars and a few
rules of its own. `project` is the rollout as this search sees it; `yard` places one shop after another; `generation`
makes whole schedules of that and `justification` tightens them; `evolution` breeds them. Where every task is a stiff
body (`bodies`), `placer` places hundreds of schedules at once and `breeding` breeds these instead, at some fifty times
the pace. `interval_model` gives CP-SAT parts of a schedule, or all of it; `early_bound` proves; `search` leads.
"""
