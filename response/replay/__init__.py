"""Storylines played through the real actions with a simulated clock."""
