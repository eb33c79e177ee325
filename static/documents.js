/* Keeps the list of documents fresh while something is being prepared, and leaves the form as it was typed.
   Without it, the page has a link to reload. */
"use strict";

const PAUSE = 2000;
const list = document.getElementById("pedidos");
const notice = document.getElementById("aviso-pedidos");

function waiting() {
  return [...list.querySelectorAll("[data-job]")];
}

async function fetched(address, type) {
  const response = await fetch(address, { headers: { Accept: type } });
  if (!response.ok) throw new Error(response.statusText);
  return response;
}

/* Whether the list still says what is true; then only the progress moves. */
function isCurrent(jobs) {
  return waiting().every((row) => {
    const job = jobs.find((candidate) => String(candidate.id) === row.dataset.job);
    if (!job || job.state !== row.dataset.state) return false;
    row.querySelector("progress").value = job.progress;
    return true;
  });
}

async function redraw() {
  const page = await fetched(window.location.href, "text/html");
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html").getElementById("pedidos");
  list.replaceChildren(...fresh.childNodes);
  if (!waiting().length) notice.textContent = "Terminó la preparación de los documentos pedidos.";
}

async function watch() {
  try {
    const { jobs } = await (await fetched(list.dataset.status, "application/json")).json();
    if (!isCurrent(jobs)) await redraw();
  } catch {
    /* The portal may be restarting: ask again. */
  }
  if (waiting().length) window.setTimeout(watch, PAUSE);
}

if (waiting().length) window.setTimeout(watch, PAUSE);
