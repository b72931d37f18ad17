// Letters are commands, unless somebody writes or has switched them off. A control says by data-key which one is its own.
// It is looked for in the paper at hand, which is the row or the pane with the focus; else on the page outside of papers.
// What j and k walk through are the titles of the rows, and the ways to the pages before and behind them.
{
  const ELSEWHERE = "input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=menu], [role=listbox]";
  const PATIENCE = 1500; // ms for the second letter of two
  let begun = { letter: "", at: 0 };
  let last = ""; // the id of the row that had the focus last

  const isOn = () => "keys" in document.body.dataset;
  const isShown = (control) => control.checkVisibility();
  const all = (selector) => [...document.querySelectorAll(selector)].filter(isShown);
  const titleOf = (row) => row?.querySelector('[data-key="o"]');
  const openPane = () => all("#pane:has([data-paper])")[0];

  // The letter on the key; that of the same key on a Latin keyboard where there is another script on it. What fills in
  // forms presses keys that are none.
  const letterOf = ({ key = "", code = "", shiftKey }) => {
    const letter = key > "~" ? code.replace("Key", "") : key;
    if (letter.length !== 1 || !/[a-z]/i.test(letter)) return letter.length === 1 ? letter : "";
    return shiftKey ? letter.toUpperCase() : letter.toLowerCase();
  };

  const find = (key) => {
    const selector = key === "u" ? "[data-undo]" : `[data-key="${CSS.escape(key)}"]`;
    const atHand = document.activeElement.closest(".entry, #pane") ?? openPane();
    const own = atHand?.querySelector(selector);
    return own ?? all(selector).findLast((each) => !each.closest(".entry, #pane"));
  };

  // What has just been swapped in is a plain form until htmx has settled it, and would leave the page.
  const press = (control, key) => {
    if (!control.closest(".htmx-added")) control.click();
    else document.addEventListener("htmx:afterSettle", () => find(key)?.click(), { once: true });
  };

  const show = (title) => {
    title.closest(".entry")?.scrollIntoView({ block: "nearest", behavior: "instant" });
    title.scrollIntoView({ block: "nearest", behavior: "instant" });
    title.focus({ preventScroll: true });
  };

  const move = (step) => {
    const titles = all(".entry").map(titleOf).filter(Boolean);
    if (!titles.length) return false;
    const stops = [...all('[data-key="K"]').slice(-1), ...titles, ...all('[data-key="J"]').slice(-1)];
    const inPane = document.activeElement.closest("#pane") && document.querySelector(".entry[aria-current]");
    const row = document.activeElement.closest(".entry") ?? (inPane || document.getElementById(last));
    const here = stops.indexOf(row ? titleOf(row) : document.activeElement);
    const isInView = (title) => title.getBoundingClientRect().top > 0;
    const there = here < 0 ? titles.find(isInView) ?? titles[0] : stops[here + step];
    if (there) show(there);
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (!isOn() || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(ELSEWHERE) || document.querySelector("dialog[open]")) return;
    const letter = letterOf(event);
    if (!letter || (event.repeat && !"jk".includes(letter))) return;
    const isSecond = begun.letter && event.timeStamp - begun.at < PATIENCE;
    const key = isSecond ? `${begun.letter} ${letter}` : letter;
    begun = { letter: key === "g" ? "g" : "", at: event.timeStamp };
    const moved = (key === "j" && move(1)) || (key === "k" && move(-1));
    const control = !moved && find(key);
    if (!moved && !control) return;
    event.preventDefault();
    if (control) press(control, key);
  });

  document.addEventListener("focusin", ({ target }) => {
    const row = target.closest(".entry");
    if (row) last = row.id;
    else if (!target.closest("#pane")) last = "";
  });

  // Whoever comes to a page by a key stands at its first row, or at the one that the address names.
  const arrive = () => {
    if (!isOn() || !sessionStorage.getItem("by-key")) return;
    sessionStorage.removeItem("by-key");
    const title = titleOf(document.getElementById(location.hash.slice(1))) ?? all('.entry [data-key="o"]')[0];
    if (title) show(title);
  };
  document.addEventListener("click", ({ detail, target }) => {
    if (isOn() && !detail && target.closest('[data-key="J"], [data-key="K"], [data-key="n"]')) sessionStorage.setItem("by-key", "yes");
  });
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (target.id === "results") arrive();
    if (!target.matches("dialog")) return;
    if (!target.firstElementChild) target.close();
    else if (!target.open) target.showModal();
  });
  document.addEventListener("htmx:oobBeforeSwap", ({ target }) => target.matches("dialog") && target.close());

  // Assistive technology is told of the keys of buttons and ways; of a title's it need not be, as Enter opens that.
  document.addEventListener("htmx:load", ({ target }) => {
    if (!isOn()) return;
    for (const control of target.querySelectorAll("[data-key]")) {
      const { key } = control.dataset;
      if (key.length === 1 && key !== "o") control.setAttribute("aria-keyshortcuts", key === key.toLowerCase() ? key : `Shift+${key}`);
    }
  });
  // When the browser has gone to where the address leads, as it takes the focus away then.
  if (document.readyState === "complete") arrive();
  else window.addEventListener("load", () => setTimeout(arrive));
}
