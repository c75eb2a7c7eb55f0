// A slider in `<form data-slides>` shows its moment as soon as it is let go; without scripts the button beside it does.
const form = document.querySelector("form[data-slides]");
form.addEventListener("change", () => form.requestSubmit());
