"""Looking back: summary, investigation, review, the incident replayed, and the year (预案 7.2)."""
