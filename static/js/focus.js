// When new results took away what had the focus, the focus goes to their heading; when a note was saved, to the way to edit it.
document.addEventListener("htmx:afterSettle", (event) => {
  if (document.activeElement !== document.body) return;
  if (event.target.id === "results") document.getElementById("question").focus({ preventScroll: true });
  else if (event.target.id.startsWith("note-")) event.target.querySelector("summary").focus({ preventScroll: true });
});
