// Follows the system's light or dark; loaded before the style sheets so that nothing flashes.
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => { document.documentElement.dataset.bsTheme = dark.matches ? "dark" : "light"; };
document.documentElement.classList.add("has-js");
dark.addEventListener("change", follow);
follow();
