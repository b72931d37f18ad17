// The second click of a double click marks nothing: it would take back what the first one did.
document.addEventListener(
  "click",
  (event) => {
    if (event.detail > 1 && event.target.closest(".acts")) event.preventDefault();
  },
  true,
);

// A mark that is made while another of the same paper is on its way is made when that has come.
document.addEventListener("htmx:confirm", (event) => {
  const { elt, triggeringEvent } = event.detail;
  if (!elt.matches(".acts")) return;
  const button = triggeringEvent.submitter.id;
  if (!elt.classList.contains("htmx-request")) elt.dataset.sent = button;
  else if (button !== elt.dataset.sent) {
    document.addEventListener("htmx:afterSettle", () => document.getElementById(button)?.click(), { once: true });
  }
});
