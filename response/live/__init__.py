"""The live feed: a commit's NOTIFY becomes a server-sent event to the offices that may see it, ids only.

Answered in `config/asgi.py` before Django's handler, where each open stream would hold a thread and a connection.
"""
