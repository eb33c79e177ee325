/* Pages of evidence on the page of a review: asks for those that are missing, looks again while they are drawn, and
   opens reserved ones without leaving the page. Without it, each has a button that keeps what was typed. */
"use strict";

const PAUSE = 3000;
const form = document.querySelector("form[data-review]");

function viewers(mark) {
  return [...form.querySelectorAll(`[data-viewer]:has(${mark})`)];
}

/* The same places of a fresh copy of the page; what was typed is elsewhere and stays. */
async function redraw(places, response) {
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const place of places) {
    const fresh = page.getElementById(place.id);
    if (fresh) place.replaceChildren(...fresh.childNodes);
  }
}

function posted(address) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  return fetch(address.split("#")[0], { method: "POST", body: data });
}

async function look() {
  try {
    await redraw(viewers("[data-waiting]"), await fetch(form.getAttribute("action")));
  } catch {
    /* The portal may be restarting: look again. */
  }
  watch();
}

function watch() {
  if (viewers("[data-waiting]").length) window.setTimeout(look, PAUSE);
}

async function ask() {
  const missing = viewers("[data-missing]");
  if (missing.length) {
    try {
      await redraw(missing, await posted(missing[0].querySelector("[data-prepare]").formAction));
    } catch {
      /* The button is still there. */
    }
  }
  watch();
}

form.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-act], [data-prepare]");
  if (!button) return;
  event.preventDefault();
  const place = button.closest("[data-viewer]");
  button.disabled = true;
  try {
    await redraw([place], await posted(button.formAction));
    place.querySelector(".visor")?.focus();
  } catch {
    button.disabled = false;
    place.querySelector("p").textContent = "No se pudo: revise su conexión e inténtelo de nuevo.";
  }
  watch();
});

ask();
