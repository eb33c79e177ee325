/* Comfort while figures and texts are typed; everything works without it.
   Sums and percentages live, a question about a figure far from the one before, a column pasted from a spreadsheet,
   arrows between rows, characters left. */
"use strict";

(() => {
  document.documentElement.classList.add("con-js");

  const chilean = new Intl.NumberFormat("es-CL");
  const oneDecimal = new Intl.NumberFormat("es-CL", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

  /* As the portal writes it everywhere: 22,7 %, with a space that does not break. */
  function percent(numerator, denominator) {
    return numerator !== null && denominator ? `${oneDecimal.format(100 * numerator / denominator)}\u00a0%` : "–";
  }

  function wholeNumber(input) {
    const text = input ? input.value.trim() : "";
    return /^(\d{1,9}|\d{1,3}(\.\d{3}){1,2})$/.test(text) ? Number(text.replaceAll(".", "")) : null;
  }

  /* A breakdown: the percentage of each row, the sum, and its percentage. */
  function refreshGrid(table) {
    let sum = 0;
    let denominators = 0;
    for (const row of table.tBodies[0].rows) {
      const input = row.querySelector("input");
      if (!input) continue;
      const number = wholeNumber(input);
      const denominator = Number(row.dataset.denominator || 0);
      sum += number || 0;
      denominators += denominator;
      const output = row.querySelector("output");
      if (output) output.textContent = percent(number, denominator);
    }
    table.tFoot.querySelector("[data-sum-total]").textContent = `suma ${chilean.format(sum)}`;
    const share = table.tFoot.querySelector("[data-sum-percent]");
    if (share) share.textContent = percent(sum, denominators);
  }

  for (const table of document.querySelectorAll("table[data-sum]")) {
    table.addEventListener("input", () => refreshGrid(table));
    refreshGrid(table);
  }

  /* A ratio of two fields, or of one field and the universe. */
  for (const box of document.querySelectorAll("[data-ratio]")) {
    const output = box.querySelector("output");
    const fields = box.closest(".indicador");
    const numerator = fields.querySelector("input[name$='-numerator']");
    const denominator = fields.querySelector("input[name$='-denominator']");
    const show = () => {
      output.textContent = percent(wholeNumber(numerator), denominator ? wholeNumber(denominator) : Number(box.dataset.ratio));
    };
    fields.addEventListener("input", show);
    show();
  }

  /* Far from the period before: asked at once, as the server asks it after saving. */
  for (const input of document.querySelectorAll("input[data-previous]")) {
    const before = Number(input.dataset.previous);
    const times = Number(input.dataset.jump);
    const place = input.closest("td") || input.closest(".campo").parentElement;
    input.addEventListener("input", () => {
      const now = wholeNumber(input);
      const question = place.querySelector(".advertencia") || place.appendChild(Object.assign(document.createElement("p"), { className: "advertencia" }));
      if (now && now > times * before) question.textContent = input.dataset.above;
      else if (now && times * now < before) question.textContent = input.dataset.below;
      else question.remove();
    });
  }

  /* Between the rows of a column: arrows and Enter; a column, or a block, pasted from a spreadsheet. */
  function cellAt(table, row, column) {
    return table.tBodies[0].rows[row]?.cells[column]?.querySelector("input") ?? null;
  }

  function placeOf(input) {
    const cell = input.closest("td");
    return { row: cell.parentElement.sectionRowIndex, column: cell.cellIndex };
  }

  /* A spreadsheet writes 31-12-2016; the browser's calendar wants 2016-12-31. */
  function isoDay(text) {
    const parts = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/.exec(text);
    return parts ? `${parts[3]}-${parts[2].padStart(2, "0")}-${parts[1].padStart(2, "0")}` : text;
  }

  /* What is plainly no value of its field; the server judges the rest. */
  function fits(input) {
    if (input.inputMode === "numeric") return wholeNumber(input) !== null;
    if (input.inputMode === "decimal") return /^(\d+|\d{1,3}(\.\d{3})+)(,\d+)?\s*%?$/.test(input.value);
    return input.value !== "";
  }

  function paste(table, input, text) {
    const start = placeOf(input);
    let filled = 0;
    let wrong = 0;
    text.replace(/\r?\n$/, "").split(/\r?\n/).forEach((line, down) => line.split("\t").forEach((value, right) => {
      const cell = cellAt(table, start.row + down, start.column + right);
      if (!cell) return;
      cell.value = cell.type === "date" ? isoDay(value.trim()) : value.trim();
      filled += 1;
      if (value.trim() && !fits(cell)) wrong += 1;
      cell.dispatchEvent(new Event("input", { bubbles: true }));
    }));
    const one = input.inputMode === "numeric" ? "es un número entero" : "sirve en su celda";
    const many = input.inputMode === "numeric" ? "son números enteros" : "sirven en su celda";
    const said = wrong ? ` ${chilean.format(wrong)} no ${wrong === 1 ? one : many}: revise.` : "";
    return `Se pegaron ${chilean.format(filled)} valores.${said}`;
  }

  for (const table of document.querySelectorAll("table.captura")) {
    const news = Object.assign(document.createElement("p"), { className: "form-text" });
    news.setAttribute("role", "status");
    (table.closest(".desplaza") || table).after(news);
    table.tBodies[0].addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
      if (!step || event.target.tagName !== "INPUT" || event.target.type === "date") return;
      const { row, column } = placeOf(event.target);
      const next = cellAt(table, row + step, column);
      event.preventDefault();
      if (next) next.focus();
    });
    table.tBodies[0].addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text");
      if (!/[\t\n]/.test(text)) return;
      event.preventDefault();
      news.textContent = paste(table, event.target, text);
    });
  }

  for (const area of document.querySelectorAll("textarea[maxlength]")) {
    const counter = Object.assign(document.createElement("p"), { className: "form-text mt-1 mb-0" });
    area.after(counter);
    const count = () => { counter.textContent = `${chilean.format(area.value.length)} de ${chilean.format(area.maxLength)} caracteres`; };
    area.addEventListener("input", count);
    count();
  }
})();
