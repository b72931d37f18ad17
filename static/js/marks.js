// The second click of a double click marks nothing: it would take back what the first one did.
document.addEventListener(
  "click",
  (event) => {
    if (event.detail > 1 && event.target.closest(".acts")) event.preventDefault();
  },
  true,
);

// At the next answer that has come in its place, or that has not come.
const next = (press) => {
  const listening = new AbortController();
  const { signal } = listening;
  const once = () => {
    listening.abort();
    press();
  };
  document.addEventListener("htmx:afterSettle", once, { signal });
  document.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful || setTimeout(once), { signal });
};

// A mark that is made while another of the same paper is on its way is made when that has come; and an act on a list while
// another of that list is.
document.addEventListener("htmx:confirm", (event) => {
  const { elt, triggeringEvent } = event.detail;
  const button = triggeringEvent?.submitter?.id;
  const isOnList = elt.getAttribute("hx-target") === "#shelf";
  if (isOnList && document.querySelector("#shelf .htmx-request[hx-target='#shelf']")) event.preventDefault();
  else if (!elt.matches(".acts")) return;
  else if (!elt.classList.contains("htmx-request")) {
    elt.dataset.sent = button;
    return;
  } else if (button === elt.dataset.sent) return;
  next(() => document.getElementById(button)?.click());
});

// Of two answers that come the other way round, the older says nothing of what is left.
document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const [shown, come] = [detail.target, detail.fragment.firstElementChild].map((part) => Number(part?.dataset.edition));
  if (come < shown) detail.shouldSwap = false;
});
