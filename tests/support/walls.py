"""Screens on walls for tests, let in by a token that the city's manager issued."""

from datetime import timedelta

from django.test import Client

from accounts.actions.walls import IssuedToken, issue_wall_token
from accounts.actors import SYSTEM
from accounts.walls import COOKIE
from audit.clock import database_now


def wall_token(label: str = "指挥中心", *, days: float = 30) -> IssuedToken:
    """A fresh token and its clear text."""
    at = database_now()
    return issue_wall_token(label=label, expires_at=at + timedelta(days=days), by=SYSTEM, at=at)


def screen(issued: IssuedToken) -> Client:
    """A browser on a wall that has been let in."""
    client = Client()
    assert client.post("/wall/", {"token": issued.clear}).status_code == 302
    assert client.cookies[COOKIE].value == issued.clear
    return client
