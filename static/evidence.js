/* Files go up as soon as they are chosen, each with its progress; without this script they go with the page.
   The form tells others what happens: `evidence:busy` with each file that begins, `evidence:idle` after the last. */
"use strict";

(() => {
  const form = document.querySelector("form[data-entry]");
  const AT_ONCE = 2;
  /* A line that moves nothing for so long is taken for dropped; the server may take as long to check a large file. */
  const STALLED_AFTER = 90000;
  const SIGNED_OUT = "La sesión terminó: ingrese de nuevo y pulse Reintentar.";
  const DROPPED = "Se cortó la conexión: pulse Reintentar.";
  const UNAVAILABLE = "El portal no responde en este momento: pulse Reintentar.";
  /* Asked so, the portal answers 401 when the session has ended, instead of the page of the login. */
  const JSON_TOO = "application/json";
  const WAITING = "Espere: se están subiendo archivos. Se seguirá al terminar.";

  const waiting = [];
  let running = 0;
  let heldSubmitter = null;
  let isHeld = false;
  let needsToken = false;

  const token = () => form.elements.csrfmiddlewaretoken;

  function element(tag, properties = {}, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  function button(text, about, act) {
    const made = element("button", { type: "button", className: "btn btn-sm btn-secundario" }, text);
    made.append(element("span", { className: "visually-hidden" }, ` ${about}`));
    made.addEventListener("click", act);
    return made;
  }

  /* One line for each file on its way: what it is, how far it got, what can be done. */
  class Upload {
    constructor(zone, file, replaces) {
      Object.assign(this, { zone, file, replaces, request: null, watch: 0 });
      this.medio = zone.closest(".medio");
      this.bar = element("progress", { max: 100, value: 0 });
      this.bar.setAttribute("aria-label", `Avance de ${file.name}`);
      this.said = element("p", { className: "menor mb-0" });
      this.acts = element("div", { className: "fila-actos" });
      this.row = element("li", { className: "archivo" }, element("div", { className: "archivo__nombre" }, file.name), this.bar, this.said, this.acts);
      this.medio.querySelector("[data-queue]").append(this.row);
    }

    say(text, ...acts) {
      this.said.textContent = text;
      const hadFocus = this.acts.contains(document.activeElement);
      this.acts.replaceChildren(...acts);
      if (hadFocus && acts.length) acts[0].focus();
    }

    show(percent, text) {
      this.bar.value = percent;
      this.said.textContent = text;
    }

    get cancelling() {
      return button("Cancelar", this.file.name, () => this.cancel());
    }

    begin() {
      this.row.classList.remove("archivo--mal");
      this.said.className = "menor mb-0";
      this.bar.hidden = false;
      this.bar.value = 0;
      if (this.file.size > Number(this.zone.dataset.maxBytes)) return this.refuse(this.zone.dataset.tooLarge);
      this.say("En espera", this.cancelling);
      waiting.push(this);
      return next();
    }

    async send() {
      running += 1;
      tell("evidence:busy");
      this.say("Subiendo: 0 %", this.cancelling);
      this.isWanted = true;
      if (needsToken) await renewToken();
      if (!this.isWanted) return;
      const body = new FormData();
      body.append("csrfmiddlewaretoken", token().value);
      if (this.replaces) body.append("replaces", this.replaces);
      body.append("file", this.file);
      const request = this.request = new XMLHttpRequest();
      request.upload.addEventListener("progress", (event) => this.moved(event));
      request.upload.addEventListener("load", () => { this.show(100, "Revisando el archivo…"); this.rewatch(); });
      request.addEventListener("load", () => this.answered());
      request.addEventListener("error", () => this.fail(DROPPED));
      request.open("POST", this.zone.dataset.upload);
      request.setRequestHeader("Accept", JSON_TOO);
      request.send(body);
      this.rewatch();
    }

    moved(event) {
      const percent = Math.floor(100 * event.loaded / event.total);
      this.show(percent, `Subiendo: ${percent} %`);
      this.rewatch();
    }

    rewatch() {
      window.clearTimeout(this.watch);
      this.watch = window.setTimeout(() => { this.request.abort(); this.fail(DROPPED); }, STALLED_AFTER);
    }

    answered() {
      const { status, responseText } = this.request;
      if (isSignedOut(status)) this.fail(SIGNED_OUT, true);
      else if (status === 200) this.done(responseText);
      else if (status === 413) this.finish(() => this.refuse(this.zone.dataset.tooLarge));
      else if (status === 422) this.finish(() => this.refuse(responseText));
      else this.fail(status === 503 && isSentence(this.request) ? responseText : UNAVAILABLE);
    }

    done(html) {
      this.finish(() => { showFiled(this.medio, html); this.row.remove(); });
      news.textContent = `${this.file.name}: guardado.`;
    }

    /* What may succeed another time. */
    fail(text, isSignedOutNow = false) {
      needsToken ||= isSignedOutNow;
      this.finish(() => {
        this.wrong(text, button("Reintentar", this.file.name, () => this.begin()), this.dropping("Descartar"));
      });
    }

    /* What this file will never be. */
    refuse(text) {
      this.wrong(text, this.dropping("Entendido"));
    }

    wrong(text, ...acts) {
      this.bar.hidden = true;
      this.row.classList.add("archivo--mal");
      this.said.className = "error mt-0";
      this.say(text, ...acts);
      news.textContent = `${this.file.name}: ${text}`;
      if (isHeld) acts[0].focus();
      isHeld = false;
    }

    dropping(word) {
      return button(word, this.file.name, () => { this.row.remove(); });
    }

    cancel() {
      this.isWanted = false;
      const place = waiting.indexOf(this);
      if (place >= 0) waiting.splice(place, 1);
      const leave = () => { this.row.remove(); this.medio.querySelector(".zona input").focus(); showOnTheWay(); };
      if (place >= 0) return leave();
      if (this.request) this.request.abort();
      return this.finish(leave);
    }

    finish(act) {
      window.clearTimeout(this.watch);
      this.request = null;
      running -= 1;
      act();
      next();
      if (!isBusy()) becomeIdle();
    }
  }

  function next() {
    while (running < AT_ONCE && waiting.length) waiting.shift().send();
    showOnTheWay();
  }

  function isBusy() {
    return running + waiting.length > 0;
  }

  function tell(name) {
    form.dispatchEvent(new CustomEvent(name));
  }

  /* What is on its way is not called missing. */
  function showOnTheWay() {
    const files = running + waiting.length;
    form.classList.toggle("subiendo", files > 0);
    onTheWay.hidden = !files;
    onTheWay.textContent = `${files === 1 ? "Se está subiendo 1 archivo" : `Se están subiendo ${files} archivos`}: al terminar se revisa de nuevo qué falta.`;
  }

  function becomeIdle() {
    tell("evidence:idle");
    holding.hidden = true;
    if (isHeld) {
      isHeld = false;
      form.requestSubmit(inPage(heldSubmitter));
    }
  }

  /* The button that was pressed, or the one that has come in its place with the list of its medio. */
  function inPage(button) {
    if (!button || form.contains(button)) return button;
    return [...form.querySelectorAll("button[formaction]")].find((other) => other.formAction === button.formAction) ?? null;
  }

  /* 403: a login elsewhere has renewed the token since. */
  function isSignedOut(status) {
    return status === 401 || status === 403;
  }

  function isSentence(request) {
    return (request.getResponseHeader("Content-Type") || "").startsWith("text/plain");
  }

  /* Where it fails, the upload that follows meets the same line and says so. */
  async function renewToken() {
    needsToken = !await renewFormToken(form);
  }

  /* The medio as the portal has it. */
  function showFiled(medio, html) {
    const filed = medio.querySelector("[data-filed]");
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-filed]");
    /* Of two answers on their way the older may come last. */
    if (!fresh || Number(fresh.dataset.filed) < Number(filed.dataset.filed)) return;
    filed.replaceWith(fresh);
    for (const file of fresh.querySelectorAll("[data-stored]")) offerElsewhere(medio, file);
  }

  function offerElsewhere(medio, file) {
    const { stored, label } = file.dataset;
    for (const select of document.querySelectorAll("[data-shelf] select")) {
      const isKnown = [...select.options].some((option) => option.value === stored);
      if (!medio.contains(select) && !isKnown) select.options[0].after(new Option(label, stored));
    }
  }

  function take(zone, files, replaces = "") {
    for (const file of files) new Upload(zone, file, replaces).begin();
  }

  function takeFromInput(zone, input, replaces) {
    const files = [...input.files];
    input.value = "";
    take(zone, files, replaces);
  }

  const onTheWay = form.querySelector("[data-on-the-way]");
  const holding = element("p", { className: "aviso-linea", hidden: true }, WAITING);
  holding.setAttribute("role", "status");
  form.querySelector(".barra-guardado").prepend(holding);
  /* Progress is for the eyes; what it came to is also told. */
  const news = element("p", { className: "visually-hidden" });
  news.setAttribute("role", "status");
  form.append(news);

  for (const zone of document.querySelectorAll(".zona[data-upload]")) {
    zone.addEventListener("dragover", (event) => event.preventDefault());
    zone.addEventListener("drop", (event) => { event.preventDefault(); take(zone, [...event.dataTransfer.files]); });
    zone.closest(".medio").addEventListener("change", (event) => {
      if (event.target.dataset.classify) classify(event.target);
      if (event.target.type === "file") takeFromInput(zone, event.target, event.target.dataset.replaces);
    });
  }

  /* Files are not part of the draft: choosing one changes nothing that must be saved. */
  for (const medio of document.querySelectorAll(".medio")) {
    medio.addEventListener("input", (event) => { if (event.target.type === "file") event.stopPropagation(); });
  }

  for (const shelf of document.querySelectorAll("[data-shelf]")) {
    const select = shelf.querySelector("select");
    const wrong = shelf.parentElement.querySelector("[data-shelf-error]");
    addSearch(shelf, select);
    shelf.querySelector("button").addEventListener("click", async (event) => {
      event.preventDefault();
      const problem = await useStored(shelf, select);
      wrong.textContent = problem;
      wrong.hidden = !problem;
    });
  }

  /* What went wrong, in a sentence; nothing where the file now proves this medio. */
  async function useStored(shelf, select) {
    const medio = shelf.closest(".medio");
    const problem = await post(shelf.dataset.shelf, select.name, select.value, (html) => showFiled(medio, html));
    if (!problem) {
      select.value = "";
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    return problem;
  }

  /* Sends one choice; answers what went wrong. A session that another login has renewed is tried once more. */
  async function post(address, name, value, show) {
    const body = new FormData();
    body.append(name, value);
    if (needsToken) await renewToken();
    body.append("csrfmiddlewaretoken", token().value);
    try {
      const answer = await fetch(address, { method: "POST", body, headers: { Accept: JSON_TOO } });
      const text = await answer.text();
      needsToken = isSignedOut(answer.status);
      if (needsToken) return "La sesión terminó: ingrese de nuevo y vuelva a intentar.";
      if (answer.status === 422) return text;
      if (!answer.ok) return "El portal no responde en este momento: vuelva a intentar.";
      show(text);
      return "";
    } catch {
      return "Se cortó la conexión: vuelva a intentar.";
    }
  }

  /* Who may read a file is kept as soon as it is chosen; what could not be kept is not shown as if it were. */
  async function classify(select) {
    const told = select.parentElement.querySelector("[data-told]");
    told.textContent = "Guardando…";
    select.disabled = true;
    const problem = await post(select.dataset.classify, "classification", select.value, () => { select.dataset.kept = select.value; });
    select.disabled = false;
    if (problem) select.value = select.dataset.kept;
    told.textContent = problem || "Guardada.";
  }

  function addSearch(shelf, select) {
    if (select.options.length < 8) return;
    const search = element("input", { type: "search", className: "form-control", id: `${select.id}-busca`, autocomplete: "off" });
    const label = element("label", { className: "form-label", htmlFor: search.id }, "Buscar por nombre o acción");
    search.addEventListener("input", (event) => {
      event.stopPropagation();
      const words = search.value.toLocaleLowerCase("es").split(/\s+/);
      for (const option of [...select.options].slice(1)) {
        const text = option.text.toLocaleLowerCase("es");
        option.hidden = option.disabled = !words.every((word) => text.includes(word));
      }
    });
    shelf.prepend(element("div", { className: "campo" }, label, search));
  }

  /* A page sent while files go up would cut them off: it waits, and goes when the last is there. */
  document.addEventListener("submit", (event) => {
    if (event.target !== form || !isBusy()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    heldSubmitter = event.submitter;
    isHeld = true;
    holding.hidden = false;
  }, true);
  window.addEventListener("beforeunload", (event) => { if (isBusy()) event.preventDefault(); });
})();
