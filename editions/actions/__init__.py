"""What is done about editions of the plan."""
