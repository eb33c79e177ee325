/* Keeps the list of documents fresh while something is being prepared; without it, the page has a link to reload. */
"use strict";

const PAUSE = 2000;
const table = document.getElementById("pedidos");

async function ask() {
  const response = await fetch(table.dataset.status, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(response.statusText);
  return (await response.json()).jobs;
}

/* Whether the page shows a state that is no longer true: then it is drawn anew. */
function refresh(jobs) {
  for (const row of table.querySelectorAll("[data-job]")) {
    const job = jobs.find((candidate) => String(candidate.id) === row.dataset.job);
    if (!job || job.state !== row.dataset.state) return true;
    row.querySelector("progress").value = job.progress;
  }
  return false;
}

async function watch() {
  try {
    if (refresh(await ask())) {
      window.location.reload();
      return;
    }
  } catch {
    /* The portal may be restarting: ask again. */
  }
  window.setTimeout(watch, PAUSE);
}

if (table) window.setTimeout(watch, PAUSE);
