"""Simulated annealing over whole plans, compiled: thousands of small changes a second."""
