"""The wall: what a room watches, without any person's data, computed once on the server."""
