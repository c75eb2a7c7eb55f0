"""What is going on now, read once: every page, chart, file and brief takes its numbers from here."""
