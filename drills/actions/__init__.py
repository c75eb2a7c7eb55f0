"""What is done about drills."""
