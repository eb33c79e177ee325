/* Comfort while figures and texts are typed; everything works without it.
   Sums and percentages live, a question about a figure far from the one before, a column pasted from a spreadsheet with
   or without its names, arrows between rows, names and characters counted. */
"use strict";

(() => {
  document.documentElement.classList.add("con-js");

  const chilean = new Intl.NumberFormat("es-CL");
  const oneDecimal = new Intl.NumberFormat("es-CL", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

  function sign(name) {
    const made = Object.assign(document.createElement("i"), { className: `bi bi-${name}` });
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  /* As the portal writes it everywhere: 22,7 %, with a space that does not break. */
  function percent(numerator, denominator) {
    return numerator !== null && denominator ? `${oneDecimal.format(100 * numerator / denominator)}\u00a0%` : "–";
  }

  function wholeNumber(input) {
    const text = input ? input.value.trim() : "";
    return /^(\d{1,9}|\d{1,3}([. \u00a0\u202f]\d{3}){1,2})$/.test(text) ? Number(text.replace(/\D/g, "")) : null;
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

  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
  }

  /* The rows of the table, by the names and codes that a spreadsheet may bring beside the numbers. */
  function rowsByName(table) {
    const found = new Map();
    [...table.tBodies[0].rows].forEach((row, at) => {
      const label = row.cells[0];
      const code = label.querySelector(".codigo")?.textContent ?? "";
      found.set(plain(label.textContent), at);
      found.set(plain(label.textContent.replace(code, "")), at);
    });
    return found;
  }

  const isText = (value) => /[a-zA-Z\u00C0-\u024F]/.test(value);

  /* Which field gets which text, or why nothing can be pasted. With names each number goes to the row of its name;
     without, row after row, and only where all of them have one. */
  function plan(table, input, text) {
    const lines = text.replace(/\r?\n$/, "").split(/\r?\n/).map((line) => line.split("\t").map((value) => value.trim()));
    const start = placeOf(input);
    const names = rowsByName(table);
    const isNamed = lines.some((line) => line.length > 1 && names.has(plain(line[0])));
    const moves = [];
    const strangers = [];
    const places = new Set();
    lines.forEach((line, down) => {
      const row = isNamed ? names.get(plain(line[0])) : start.row + down;
      const values = isNamed ? line.slice(1).filter((value) => !isText(value) || input.inputMode !== "numeric") : line;
      if (isNamed && row === undefined) {
        if (values.some((value) => /\d/.test(value))) strangers.push(line[0]);
        return;
      }
      if (isNamed && !values.length) strangers.push(line.join(" "));
      if (values.length) places.add(row);
      values.forEach((value, right) => moves.push([cellAt(table, row, start.column + right), value]));
    });
    if (moves.some(([cell]) => !cell)) return { refusal: misfit(table, start, lines, isNamed) };
    return { moves, strangers, rows: isNamed ? [...places].map((row) => nameOf(table, row)) : [] };
  }

  function counted(number, one, several) {
    return `${chilean.format(number)} ${number === 1 ? one : several}`;
  }

  /* Whether the rows or the columns are too many, and what to do about it. */
  function misfit(table, start, lines, isNamed) {
    const rows = table.tBodies[0].rows.length - start.row;
    if (!isNamed && lines.length > rows) {
      return `Lo copiado no calza: trae ${counted(lines.length, "fila", "filas")} y desde esta casilla hay ${chilean.format(rows)}. No se pegó nada. Copie también la columna con los nombres, o péguelo desde la fila que corresponde.`;
    }
    const columns = Math.max(...lines.map((line) => line.length)) - (isNamed ? 1 : 0);
    let free = 0;
    while (cellAt(table, start.row, start.column + free)) free += 1;
    return `Lo copiado no calza: trae ${counted(columns, "columna", "columnas")} con valores y desde esta casilla hay ${chilean.format(free)}. No se pegó nada. Copie solo las columnas que se piden aquí.`;
  }

  function nameOf(table, row) {
    const label = table.tBodies[0].rows[row].cells[0];
    return label.textContent.replace(label.querySelector(".codigo")?.textContent ?? "", "").trim();
  }

  function fill(cells) {
    for (const [cell, value] of cells) {
      cell.value = cell.type === "date" ? isoDay(value) : value;
      cell.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function paste(table, input, text, news) {
    const { moves, strangers, rows, refusal } = plan(table, input, text);
    if (refusal) {
      news.textContent = refusal;
      return;
    }
    const before = moves.map(([cell]) => [cell, cell.value]);
    fill(moves);
    const wrong = moves.filter(([cell, value]) => value && !fits(cell)).length;
    const [one, many] = input.inputMode === "numeric" ? ["es un número entero", "son números enteros"] : ["sirve en su celda", "sirven en su celda"];
    const told = [`Se ${moves.length === 1 ? "pegó 1 valor" : `pegaron ${chilean.format(moves.length)} valores`}.`];
    if (rows.length) told.push(`Por su nombre, en ${rows.join(", ")}.`);
    if (wrong) told.push(`${chilean.format(wrong)} no ${wrong === 1 ? one : many}: revise.`);
    if (strangers.length) told.push(`No se pegó: ${strangers.join(", ")}.`);
    const undo = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-secundario", textContent: "Deshacer" });
    undo.addEventListener("click", () => {
      fill(before);
      news.textContent = "Se deshizo lo pegado.";
      input.focus();
    });
    news.replaceChildren(`${told.join(" ")} `, undo);
  }

  for (const table of document.querySelectorAll("table.captura")) {
    const news = Object.assign(document.createElement("div"), { className: "pegado-aviso" });
    news.setAttribute("role", "status");
    (table.closest(".desplaza") || table).before(news);
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
      paste(table, event.target, text, news);
    });
  }

  /* The sum of a wide grid. */
  for (const table of document.querySelectorAll("table[data-cross]")) {
    const output = table.closest(".indicador").querySelector("[data-cross-sum] output");
    const show = () => {
      const sum = [...table.querySelectorAll("input")].reduce((total, input) => total + (wholeNumber(input) || 0), 0);
      output.textContent = chilean.format(sum);
    };
    table.addEventListener("input", show);
    show();
  }

  /* A list of names: how many there are, and how many there were. */
  for (const area of document.querySelectorAll("textarea[data-lines]")) {
    const counter = Object.assign(document.createElement("p"), { className: "form-text mt-1 mb-0" });
    const before = Number(area.dataset.lines);
    area.after(counter);
    const show = () => {
      const names = new Set(area.value.split("\n").map((line) => line.trim().replace(/\s+/g, " ").toLocaleLowerCase("es-CL")).filter(Boolean));
      counter.textContent = `${chilean.format(names.size)} ${names.size === 1 ? "nombre distinto" : "nombres distintos"}${before ? ` (antes ${chilean.format(before)})` : ""}`;
    };
    area.addEventListener("input", show);
    show();
  }

  /* Letters against the limit; what is beyond is told and never cut. */
  for (const area of document.querySelectorAll("[data-limit]")) {
    const limit = Number(area.dataset.limit);
    const counter = document.createElement("p");
    const count = () => {
      const length = [...area.value].length;
      const text = `${chilean.format(length)} de ${chilean.format(limit)} caracteres`;
      const beyond = length - limit;
      counter.className = beyond > 0 ? "error" : "form-text mt-1 mb-0";
      if (beyond > 0) counter.replaceChildren(sign("exclamation-circle"), `${text}: ${beyond === 1 ? "sobra" : "sobran"} ${chilean.format(beyond)}`);
      else counter.textContent = text;
    };
    area.after(counter);
    area.addEventListener("input", count);
    count();
  }
})();
