"""What axe-core, the common engine of accessibility rules, finds on a page in the browser."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

ENGINE = (Path(__file__).parents[1] / "vendor/axe-core-4.14.1/axe.min.js").read_text(encoding="utf-8")
GRAVE = ("serious", "critical")
ASK = """async (grave) => {
    const found = await axe.run(document, {resultTypes: ["violations"]});
    return found.violations.filter(({impact}) => grave.includes(impact)).flatMap(({id, nodes}) =>
        nodes.map(({html, failureSummary}) => `${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 240)}`));
}"""


def grave_findings(page: "Page") -> list[str]:
    """What is serious or critical on the page as it stands."""
    # As the developer's tools would: the page's own policy lets no foreign script in.
    page.evaluate(ENGINE)
    found: list[str] = page.evaluate(ASK, list(GRAVE))
    return found
