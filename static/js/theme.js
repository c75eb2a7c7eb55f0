// Follows the system's light or dark, and is light on paper; loaded before the style sheets so that nothing flashes.
const dark = matchMedia("(prefers-color-scheme: dark)");
const paper = matchMedia("print");
const follow = () => { document.documentElement.dataset.bsTheme = dark.matches && !paper.matches ? "dark" : "light"; };
document.documentElement.classList.add("has-js");
for (const asked of [dark, paper]) asked.addEventListener("change", follow);
follow();
