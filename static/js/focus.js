// When new results took away what had the focus, the focus goes to their heading.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "results" || document.activeElement !== document.body) return;
  document.getElementById("question").focus({ preventScroll: true });
});
