// A screen opened with its token behind the `#`: it goes into the form, which keeps it in a cookie, and out of the address.
const form = document.querySelector("[data-wall-form]");
const token = decodeURIComponent(location.hash.slice(1));
if (token) {
  history.replaceState(null, "", location.pathname);
  form.elements.token.value = token;
  // Tried once: a token that is refused is said to be, and not sent again and again.
  form.requestSubmit();
}
