/* Comfort on the page of a report; everything works without it.
   Live totals and percentages of a breakdown, characters left. */
"use strict";

document.documentElement.classList.add("con-js");

const chilean = new Intl.NumberFormat("es-CL");
const oneDecimal = new Intl.NumberFormat("es-CL", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/* As the portal writes it everywhere: 22,7 %, with a space that does not break. */
function percent(share) {
  return `${oneDecimal.format(100 * share)}\u00a0%`;
}

function wholeNumber(input) {
  const text = input.value.trim();
  return /^(\d{1,9}|\d{1,3}(\.\d{3}){1,2})$/.test(text) ? Number(text.replaceAll(".", "")) : null;
}

function refreshGrid(table) {
  let sum = 0;
  let denominators = 0;
  for (const row of table.tBodies[0].rows) {
    const input = row.querySelector("input");
    const output = row.querySelector("output");
    if (!input) continue;
    const number = wholeNumber(input);
    const denominator = Number(row.dataset.denominator || 0);
    sum += number || 0;
    denominators += denominator;
    if (output) output.textContent = number !== null && denominator ? percent(number / denominator) : "–";
  }
  const total = table.tFoot.querySelector("input");
  total.placeholder = chilean.format(sum);
  const share = table.tFoot.querySelector("[data-sum-percent]");
  if (share) share.textContent = denominators ? percent(sum / denominators) : "–";
}

for (const table of document.querySelectorAll("table[data-sum]")) {
  table.addEventListener("input", () => refreshGrid(table));
  refreshGrid(table);
}

for (const area of document.querySelectorAll("textarea[maxlength]")) {
  const counter = document.createElement("p");
  counter.className = "form-text mt-1 mb-0";
  area.after(counter);
  const count = () => { counter.textContent = `${chilean.format(area.value.length)} de ${chilean.format(area.maxLength)} caracteres`; };
  area.addEventListener("input", count);
  count();
}
