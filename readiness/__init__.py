"""What stands ready: registers of people, bodies, supplies and drills held (预案 3.2, 3.3, 8, 9.2)."""
