"""A person at the page with nothing but a keyboard, who must see at each step where they are."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# More stops than any page has on the way to its form.
FARTHEST = 120
REACHED = "(selector) => document.activeElement.matches(selector)"
# Outlined, inside the window, and under nothing else (WCAG 2.2, 2.4.7 and 2.4.11).
HIDDEN = """() => {
    const at = document.activeElement, box = at.getClientRects()[0];
    const middle = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, innerHeight) / 2);
    const seen = middle && (at.contains(middle) || middle.contains(at) || middle.closest("label")?.control === at);
    // A date's last stop is the button that opens its calendar, which the browser outlines by itself.
    const outlined = getComputedStyle(at).outlineStyle !== "none" || at.type === "datetime-local";
    return seen && outlined ? "" : `${at.outerHTML.slice(0, 120)} under ${middle?.outerHTML.slice(0, 80)}`;
}"""


class Keyboard:
    """What is done with the Tab key and the others; `lost` are the places where the focus could not be seen."""

    def __init__(self, page: "Page") -> None:
        """Take the page as it stands."""
        self.page = page
        self.lost: list[str] = []

    def go_to(self, selector: str) -> None:
        """Press Tab until this has the focus."""
        for _stop in range(FARTHEST):
            self.page.keyboard.press("Tab")
            if lost := self.page.evaluate(HIDDEN):
                self.lost.append(lost)
            if self.page.evaluate(REACHED, selector):
                return
        raise AssertionError(f"no way to {selector} by the Tab key")

    def press(self, selector: str, key: str = "Enter") -> None:
        """Go to a button or link and press it."""
        self.go_to(selector)
        self.page.keyboard.press(key)

    def write(self, selector: str, text: str) -> None:
        """Go to a field and type."""
        self.go_to(selector)
        self.page.keyboard.insert_text(text)

    def choose(self, selector: str, value: str) -> None:
        """Go to a list and step down to a choice."""
        self.go_to(selector)
        while self.page.input_value(selector) != value:
            before = self.page.input_value(selector)
            self.page.keyboard.press("ArrowDown")
            assert self.page.input_value(selector) != before, f"{selector} has no {value}"
