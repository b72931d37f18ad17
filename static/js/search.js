// The key / leads to the search box, unless somebody is writing, or has switched keys off.
document.addEventListener("keydown", (event) => {
  if (!("keys" in document.body.dataset)) return;
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector("[data-search] input[type=search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
