// The toast goes when it is told to. If it takes the focus along, that goes to the paper of which it spoke.
let of;
document.addEventListener("click", (event) => {
  const button = event.target.closest("#toast button");
  if (!button) return;
  of = button.dataset.of;
  if (!button.matches("[data-close]")) return;
  document.getElementById("toast").replaceChildren();
  document.getElementById("main").focus({ preventScroll: true });
});
document.addEventListener("htmx:afterSettle", () => {
  if (!of || document.activeElement !== document.body) return;
  document.querySelector(`#row-${of} a, #acts-${of} button`)?.focus({ preventScroll: true });
  of = "";
});
