"""Tests of the first screen and of spreadsheets taken in."""
