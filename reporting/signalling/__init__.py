"""Early detection: single cases that may be one outbreak, before anyone reports a cluster (4.1, 8.2)."""
