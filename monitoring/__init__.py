"""What is watched before anything happens: feeds, hazards and warnings (预案 4, 8.2)."""
