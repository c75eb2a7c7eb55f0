"""The pages about drills."""
