"""Drills: storylines that people play, sealed off from everything real (预案 9.2)."""
