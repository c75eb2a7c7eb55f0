// What is shown once: a reload asks for the page anew and does not send the form again, and a button copies the text.
if (document.querySelector("[data-shown-once]")) history.replaceState(null, "", location.href);

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copy);
  // Without https a browser hands out no clipboard: the text is selected, ready for the keyboard.
  getSelection().selectAllChildren(text);
  if (!navigator.clipboard) return;
  await navigator.clipboard.writeText(text.textContent);
  button.textContent = button.dataset.copied;
});
