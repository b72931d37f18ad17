// Passkeys: the browser makes one, or shows one, and the form carries to the server what it answers.
{
  const WHY = {
    NotAllowedError: "No passkey was chosen, or the time for it ran out. Try again, or take another way.",
    InvalidStateError: "This device has a passkey of yours already. Choose another device, or keep that one.",
    ConstraintError: "This device cannot keep such a passkey. Try without the tick, or on another device.",
    NotSupportedError: "This device cannot keep such a passkey. Try another one, or take another way.",
    SecurityError: "The browser shows no passkeys at this address. Open the site by its own name, with https.",
    TypeError: "The server does not answer. Try again in a moment.",
  };
  const OTHERWISE = "The browser could not do it. Try again, or take another way.";

  // What stands in the way of every passkey here, in words; and where there is a way on, its address.
  const obstacle = () => {
    const numbers = /^[\d.]+$|^\[/.test(location.hostname);
    if (/^127\.|^\[::1\]$/.test(location.hostname)) {
      const there = new URL(location);
      there.hostname = "localhost";
      return ["Passkeys belong to a name, and this address is a number. ", there];
    }
    if (numbers) return ["Passkeys belong to a name, and this address is a number. Open the site by its name."];
    if (!isSecureContext) return ["Passkeys need a page that comes by https, and this one does not."];
    if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return ["This browser is too old for passkeys."];
    return [];
  };

  const say = (form, words) => {
    const said = form.querySelector("[data-passkey-said]");
    said.textContent = words;
    said.hidden = !words;
    return said;
  };

  const askedFor = async (form) => {
    const here = document.getElementById(form.dataset.options);
    if (here) return Object.values(JSON.parse(here.textContent))[0].publicKey;
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new TypeError(answer.statusText);
    return Object.values(await answer.json())[0].publicKey;
  };

  const make = (asked, alone) => {
    const selection = { ...asked.authenticatorSelection, residentKey: alone ? "required" : "discouraged", requireResidentKey: alone };
    if (alone) selection.userVerification = "required";
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON({ ...asked, authenticatorSelection: selection });
    return navigator.credentials.create({ publicKey });
  };

  const show = (asked) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-passkey]");
    if (!form) return;
    event.preventDefault();
    say(form, "");
    try {
      const asked = await askedFor(form);
      const shown = await (form.dataset.passkey === "create" ? make(asked, form.elements.passwordless.checked) : show(asked));
      form.elements.credential.value = JSON.stringify(shown);
      form.submit();
    } catch (error) {
      say(form, WHY[error.name] ?? OTHERWISE);
    }
  });

  for (const form of document.querySelectorAll("[data-passkey]")) {
    const [why = "", there] = obstacle();
    const said = say(form, why);
    if (there) said.append(Object.assign(document.createElement("a"), { href: there, textContent: "Open this page at localhost" }));
    if (why) continue;
    form.querySelector("[hidden]").hidden = false;
    Object.assign(said, { className: "message", role: "alert" });
  }
}
