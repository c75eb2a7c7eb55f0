"""Forms on editions of the plan."""
