// Where there is room for a reading pane, a paper's link opens the paper in it; elsewhere it is a link like any other.
// Back leads to the list at once, however many papers were opened beside it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-pane]");
  const pane = document.getElementById("pane");
  if (!link || !pane?.offsetParent) return;
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const address = link.getAttribute("href");
  const history = pane.querySelector("[data-paper]") ? { replace: address } : { push: address };
  const opened = htmx.ajax("GET", address, { source: link, target: pane, swap: "innerHTML", ...history });
  opened.catch(() => {}); // trouble.js has said so
});

// The pane takes the focus when a paper opens in it, and the paper's row points at it.
document.addEventListener("htmx:afterSettle", (event) => {
  const pane = document.getElementById("pane");
  if (event.target === pane) {
    pane.scrollTop = 0;
    pane.focus({ preventScroll: true });
  }
  const open = pane?.querySelector("[data-paper]")?.dataset.paper;
  document.querySelector(".entry[aria-current]")?.removeAttribute("aria-current");
  document.getElementById(`row-${open}`)?.setAttribute("aria-current", "true");
});
