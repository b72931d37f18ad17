// What the server refused, or could not be asked, is said; what stands on the page stays.
const say = (event) => {
  const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const said = [...answer.querySelectorAll("h1, h1 + p")].map((part) => part.textContent).join(". ");
  const trouble = document.getElementById("trouble");
  trouble.textContent = said || trouble.dataset.silence;
};
for (const name of ["responseError", "sendError", "timeout"]) document.addEventListener(`htmx:${name}`, say);
document.addEventListener("htmx:afterSettle", () => document.getElementById("trouble").replaceChildren());
