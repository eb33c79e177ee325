/* Reckons the SHA-256 of a file in the browser, so that it need not be sent to be compared. Where a browser cannot
   (without a secure connection, for one), the form sends the file. */
"use strict";

const form = document.getElementById("comparar");

async function fingerprint(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function tell(text) {
  const told = form.querySelector("[data-told]");
  told.textContent = text;
  told.hidden = !text;
}

async function compare(file) {
  if (file.size > Number(form.dataset.maxBytes)) return tell(form.dataset.tooLarge);
  const address = new URL(form.action);
  try {
    address.search = new URLSearchParams({ huella: await fingerprint(file) });
  } catch {
    return tell("No se pudo leer el archivo; elíjalo de nuevo.");
  }
  return window.location.assign(address);
}

if (form && window.crypto?.subtle) {
  form.querySelector("[data-sends]").hidden = true;
  form.querySelector("[data-reckons]").hidden = false;
  form.addEventListener("submit", (event) => {
    const [file] = form.elements.file.files;
    if (!file) return;
    event.preventDefault();
    tell("");
    compare(file);
  });
}
