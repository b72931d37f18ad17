// What may be meant is listed below the search box while somebody types. The focus stays in the box: the arrows walk
// through the list, Enter opens what they stand on or else searches, Escape closes the list, and so does leaving.
{
  const box = document.querySelector("[data-suggests]");
  const list = document.getElementById(box?.dataset.suggests);
  let isWanted = false;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const active = () => list.querySelector("[aria-selected=true]");

  const activate = (option) => {
    active()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) box.setAttribute("aria-activedescendant", option.id);
    else box.removeAttribute("aria-activedescendant");
  };

  const open = (isOpen) => {
    isWanted = isOpen;
    list.hidden = !isOpen || options().length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
    activate(null);
  };

  // From the box through the list and back to the box.
  const move = (step) => {
    const stops = [null, ...options()];
    activate(stops.at((stops.indexOf(active()) + step) % stops.length));
  };

  if (box) {
    const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(combobox)) box.setAttribute(name, value);
    box.addEventListener("input", () => {
      activate(null);
      isWanted = true;
    });
    box.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.isComposing) return;
      if (step && options().length) list.hidden ? open(true) : move(step);
      else if (event.key === "Enter" && active()) active().click();
      else if (event.key === "Escape" && !list.hidden) open(false);
      else return;
      event.preventDefault();
    });
    box.form.addEventListener("submit", () => open(false));
    box.form.addEventListener("focusout", (event) => box.form.contains(event.relatedTarget) || open(false));
    list.addEventListener("htmx:afterSwap", () => open(isWanted));
  }
}
