// A button that copies a field. Where the browser has no clipboard for pages, the field is selected, to be copied by hand.
for (const button of document.querySelectorAll("[data-copies]")) button.hidden = false;
document.addEventListener("click", async ({ target }) => {
  if (!target.dataset?.copies) return;
  const field = document.getElementById(target.dataset.copies);
  field.select();
  await navigator.clipboard?.writeText(field.value);
  if (navigator.clipboard) target.textContent = "Copied";
});
