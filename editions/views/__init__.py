"""Pages on editions of the plan."""
