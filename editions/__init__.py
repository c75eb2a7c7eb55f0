"""Editions of the plan: compared, tried on past incidents, and those of counties (预案 9.1)."""
