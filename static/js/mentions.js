// Whom somebody may mean who types @ and the beginning of a name is offered below what they write, one Tab away; to choose one
// puts their user name there.
{
  const BEGUN = /(?:^|[^\p{L}\p{N}_@.+/-])@([\p{L}\p{N}_.+-]+)$/u;

  const begun = (box) => box.value.slice(0, box.selectionStart).match(BEGUN)?.[1];

  document.addEventListener("input", async ({ target }) => {
    if (!target.matches("[data-mentions]")) return;
    const offered = target.nextElementSibling;
    const who = begun(target);
    if (who) await htmx.ajax("GET", target.dataset.mentions, { source: target, target: offered, swap: "innerHTML", values: { who } });
    if (!begun(target)) offered.replaceChildren();
  });

  document.addEventListener("click", ({ target }) => {
    const chosen = target.closest("[data-mention]");
    if (!chosen) return;
    const offered = chosen.parentElement;
    const box = offered.previousElementSibling;
    const end = box.selectionStart;
    box.setRangeText(`@${chosen.dataset.mention} `, box.value.lastIndexOf("@", end - 1), end, "end");
    offered.replaceChildren();
    box.focus();
  });
}
