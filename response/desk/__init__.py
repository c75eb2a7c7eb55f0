"""A person's first page: what waits for the office in use, and what runs out next."""
