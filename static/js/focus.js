// When new results took away what had the focus, the focus goes to their heading; when a note was saved, to the way to edit it;
// after an act on a list to the same row, or to the one that stands there now.
{
  let row; // that had the focus last, and its number
  document.addEventListener("focusin", ({ target }) => {
    const entry = target.closest("#shelf .entry");
    if (entry) row = { id: entry.id, number: [...entry.parentNode.children].indexOf(entry) };
    else if (!target.closest("dialog, #toast")) row = null;
  });

  const titleOn = (shelf) => {
    const titles = [...shelf.querySelectorAll(".entry-title a")];
    return row && (titles.find((title) => title.closest(".entry").id === row.id) ?? titles[row.number] ?? titles.at(-1));
  };

  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (document.activeElement !== document.body) return;
    let focused;
    if (target.id === "results") focused = document.getElementById("question");
    else if (target.id === "shelf") focused = titleOn(target) ?? target;
    else if (target.id.startsWith("note-")) focused = target.querySelector("summary");
    focused?.focus({ preventScroll: true });
  });
}
