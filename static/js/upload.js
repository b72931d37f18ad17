// Files go one after another, each with its progress; what the server says of one takes the place of that.
const form = document.querySelector("[data-upload]");
const input = form.querySelector("[type=file]");
const told = document.querySelector("[data-upload-status]");
const report = document.querySelector("[data-uploaded]");
const rows = report.querySelector("tbody");

const element = (name, properties) => Object.assign(document.createElement(name), properties);

const rowFor = (file) => {
  const row = element("tr", {});
  const name = element("th", { scope: "row", dir: "auto", textContent: file.name });
  const cell = element("td", { colSpan: 7 });
  const bar = element("progress", { max: 1, value: 0, ariaLabel: `${file.name}, sent` });
  cell.append(bar);
  row.append(name, cell);
  rows.append(row);
  return { row, cell, bar };
};

const fail = ({ row, cell }, why) => {
  row.className = "is-wrong";
  cell.replaceChildren(element("p", { className: "wrong", textContent: why }));
};

const said = (page) => [...page.querySelectorAll(".errorlist li, main h1, main h1 + p")].map((part) => part.textContent).join(". ");

const send = (file, place) =>
  new Promise((done) => {
    const request = new XMLHttpRequest();
    const body = new FormData(form);
    body.delete(input.name);
    body.append(input.name, file, file.name);
    request.open("POST", form.action);
    request.responseType = "document";
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      if (loaded < total) place.bar.value = loaded / total;
      else place.bar.removeAttribute("value"); // sent, and being read
    });
    request.addEventListener("load", () => {
      const answer = request.response;
      const lines = answer ? [...answer.querySelectorAll("[data-uploaded] tbody tr")] : [];
      if (lines.length) place.row.replaceWith(...lines);
      else fail(place, (answer && said(answer)) || form.dataset.silence);
      done();
    });
    request.addEventListener("error", () => {
      fail(place, form.dataset.silence);
      done();
    });
    request.send(body);
  });

form.addEventListener("submit", async (event) => {
  const files = [...input.files];
  if (!files.length) return;
  event.preventDefault();
  const button = form.querySelector("[type=submit]");
  if (button.disabled) return;
  button.disabled = true;
  rows.replaceChildren();
  report.hidden = false;
  const places = files.map(rowFor);
  for (const [number, file] of files.entries()) {
    told.textContent = `Reading ${number + 1} of ${files.length} …`;
    if (file.size > Number(form.dataset.limit)) fail(places[number], form.dataset.tooLarge);
    else await send(file, places[number]);
  }
  const wrong = rows.querySelectorAll(".is-wrong").length;
  const all = rows.rows.length; // an archive has a row for each file in it
  told.textContent = `${all - wrong} of ${all} read${wrong ? "; the others say why not" : ""}.`;
  input.value = "";
  button.disabled = false;
});

// Files that are dropped are chosen.
const zone = form.querySelector("[data-drop]");
const hover = (event) => {
  event.preventDefault();
  zone.classList.toggle("is-over", event.type === "dragover");
};
for (const name of ["dragover", "dragleave"]) zone.addEventListener(name, hover);
zone.addEventListener("drop", (event) => {
  hover(event);
  if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
});
