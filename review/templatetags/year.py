"""A year's tables as the page shows them."""

from collections.abc import Iterator

from django import template

from review.year.tables import Table, shown

register = template.Library()


@register.filter
def lines(table: Table) -> Iterator[dict[str, object]]:
    """Yield each line with its cells under their headings, a sum of money to the cent."""
    for row in table.all_rows:
        cells = [(heading, shown(value)) for heading, value in zip(table.headings, row.cells, strict=True)]
        yield {"label": row.label, "cells": cells}
