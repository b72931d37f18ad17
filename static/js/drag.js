// A row is put elsewhere by its grip: the row over which the pointer lets go says before or after which paper.
{
  let dragged, over;
  const key = (row) => row.id.slice(4);

  const stop = () => {
    dragged?.classList.remove("is-dragged");
    over?.removeAttribute("data-drop");
    dragged = over = null;
  };

  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    dragged = grip.closest(".entry");
    dragged.classList.add("is-dragged");
  });

  document.addEventListener("pointermove", ({ clientY }) => {
    if (!dragged) return;
    const there = document.elementsFromPoint(innerWidth / 2, clientY); // also below what is told at the foot
    const row = there.map((each) => each.closest(".entry:has(.grip)")).find(Boolean);
    over?.removeAttribute("data-drop");
    over = row === dragged ? null : row;
    if (!over) return;
    const { top, height } = over.getBoundingClientRect();
    over.dataset.drop = clientY < top + height / 2 ? "before" : "after";
    over.scrollIntoView({ block: "nearest", behavior: "instant" });
  });

  const put = (id, side, other) => {
    const beside = document.querySelector(`#${id} [data-beside]`);
    if (!beside) return;
    beside.name = side;
    beside.value = other;
    beside.form.requestSubmit();
  };

  // While another act on the list is on its way, it waits for the rows that this one brings.
  document.addEventListener("pointerup", () => {
    if (dragged && over) {
      const said = [dragged.id, over.dataset.drop, key(over)];
      if (!document.querySelector("#shelf .htmx-request[hx-target='#shelf']")) put(...said);
      else document.addEventListener("htmx:afterSettle", () => put(...said), { once: true });
    }
    stop();
  });
  document.addEventListener("pointercancel", stop);
}
