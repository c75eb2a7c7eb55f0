"""Who froze inside a transaction holds an incident up for seconds, not for ever (5.1(8))."""

import pytest
from django.db import connection

from config.environment import database


@pytest.mark.django_db
def test_the_products_connections_end_a_transaction_that_idles() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("1min",)


def test_options_of_the_address_win() -> None:
    given = database("postgresql://u:p@db/n?options=-c%20idle_in_transaction_session_timeout%3D60s")
    options = given["OPTIONS"]
    assert isinstance(options, dict)
    assert options["options"] == "-c idle_in_transaction_session_timeout=60s"
