/* The draft saves itself while somebody writes; everything works without it, with the buttons.
   What is not yet in the portal is kept on this computer until it is: a dead line or a closed lid loses nothing. */

const form = document.querySelector("form[data-entry]");
const status = form.querySelector("[data-saved]");
const conflict = document.querySelector("[data-conflict]");
const recovery = document.querySelector("[data-recovery]");
const login = document.querySelector("[data-login]");
const loginForm = login.querySelector("form");

const QUIET_MS = 1200;
const RETRY_MS = 8000;
const TIMEOUT_MS = 30000;
const SAVED_WORD = form.dataset.savedWord ?? "Guardado";
const SAVED = "check-circle-fill";
const COPY = `borrador ${form.dataset.person} ${form.getAttribute("action")}`;

/* The name of this opened page, and of the one that it reloaded in the same tab. */
const page = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
const pageBefore = rememberPage();
form.elements.page.value = `${page} ${pageBefore}`.trim();

let isDirty = false;
let isStopped = false;
let isLeaving = false;
let isPressed = false;
/* What was pressed as the session had ended: it goes on after the login. */
let pressed = null;
let current = null;
/* An oficio or a link is written, complete, and only waits to be added. */
let hasAddable = false;
let timer = 0;

/* What the page says of itself */

function say(text, icon = "") {
  status.textContent = "";
  status.toggleAttribute("data-trouble", Boolean(icon) && icon !== SAVED);
  if (icon) {
    const mark = document.createElement("i");
    mark.className = `bi bi-${icon}`;
    mark.setAttribute("aria-hidden", "true");
    status.append(mark, " ");
  }
  const words = document.createElement("b");
  words.textContent = text;
  status.append(words);
}

function showChecklist(html) {
  const list = document.querySelector("[data-checklist]");
  if (!list) return;
  if (list.innerHTML !== html && !list.contains(document.activeElement)) list.innerHTML = html;
  const missing = Number(list.querySelector("[data-blocking]").dataset.blocking);
  form.querySelector("[data-to-send]").textContent = missing ? `Ver qué falta (${missing})` : "Ir a enviar";
}

/* What is wrong stands at its field as long as it is wrong; what is merely missing, once a submit has failed. */

function showErrors(errors) {
  const told = new Map(errors.filter((error) => !error.is_missing || "attempted" in form.dataset).map((error) => [error.field, error.text]));
  for (const box of form.querySelectorAll("[id$='_error']")) {
    const id = box.id.replace(/_error$/, "");
    if (/^id_m\d+-/.test(id) || told.has(id)) continue;
    mark(id, false);
    box.remove();
  }
  for (const [id, text] of told) {
    const field = document.getElementById(id);
    if (!field) continue;
    let box = document.getElementById(`${id}_error`);
    if (!box) {
      box = Object.assign(document.createElement("div"), { id: `${id}_error` });
      (field.closest("td, .campo, fieldset") ?? field.parentElement).append(box);
    }
    if (box.textContent.trim() !== text) {
      const sign = Object.assign(document.createElement("i"), { className: "bi bi-exclamation-circle" });
      sign.setAttribute("aria-hidden", "true");
      const line = Object.assign(document.createElement("p"), { className: "error" });
      line.append(sign, text);
      box.replaceChildren(line);
    }
    mark(id, true);
  }
}

function mark(id, isWrong) {
  const field = document.getElementById(id);
  if (!field?.matches("input, select, textarea")) return;
  field.classList.toggle("is-invalid", isWrong);
  const described = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  if (isWrong) described.add(`${id}_error`); else described.delete(`${id}_error`);
  if (isWrong) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
  if (described.size) field.setAttribute("aria-describedby", [...described].join(" ")); else field.removeAttribute("aria-describedby");
}

/* What is typed */

function typed() {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  return new URLSearchParams(fields);
}

function written() {
  const fields = [...typed()].filter(([name]) => !["csrfmiddlewaretoken", "version", "seen", "page"].includes(name));
  return JSON.stringify(fields);
}

function keepCopy() {
  try { localStorage.setItem(COPY, JSON.stringify({ at: Date.now(), page, fields: written() })); } catch { /* full or forbidden: the portal still saves */ }
}

function dropCopy() {
  try { localStorage.removeItem(COPY); } catch { /* as above */ }
}

function readCopy() {
  try { return JSON.parse(localStorage.getItem(COPY)); } catch { return null; }
}

function rememberPage() {
  try {
    const before = sessionStorage.getItem(COPY) ?? "";
    sessionStorage.setItem(COPY, page);
    return before;
  } catch { return ""; }
}

/* Saving: one at a time; answers true when everything typed is in the portal */

function saveSoon(delay = QUIET_MS) {
  window.clearTimeout(timer);
  timer = window.setTimeout(save, delay);
}

async function save() {
  window.clearTimeout(timer);
  while (current) await current;
  if (isStopped) return false;
  if (!isDirty) return true;
  isDirty = false;
  current = attempt();
  const isSaved = await current;
  current = null;
  isDirty = isDirty || !isSaved;
  if (isSaved && isDirty) saveSoon();
  return isSaved;
}

async function attempt(mayRenew = true) {
  say("Guardando…");
  let response;
  try {
    response = await fetch(form.dataset.autosave, {
      method: "POST", body: typed(), headers: { Accept: "application/json" }, keepalive: document.hidden, signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 200) return kept(await response.json());
    if (response.status === 409) return collided(await response.json());
  } catch {
    return postponed("Sin conexión: lo escrito está en este equipo y se guardará al volver.");
  }
  if (response.status === 401) return expired();
  if (response.status === 403 && mayRenew && await renewFormToken(form)) return attempt(false);
  return postponed("No se pudo guardar: lo escrito está en este equipo y se reintentará.");
}

function kept(answer) {
  form.elements.version.value = answer.version;
  hasAddable = answer.may_be_added;
  if (!isDirty) dropCopy();
  say(`${SAVED_WORD} ${answer.saved_at}`, SAVED);
  showChecklist(answer.checklist);
  showErrors(answer.errors);
  return true;
}

function postponed(text) {
  say(text, "wifi-off");
  saveSoon(RETRY_MS);
  return false;
}

function collided(answer) {
  isStopped = true;
  say("Esta página dejó de guardarse.", "exclamation-triangle");
  conflict.querySelector("[data-conflict-text]").textContent = `${answer.message} Lo que está en esta página no se ha guardado ni borrado.`;
  const overwrite = conflict.querySelector("[data-overwrite]");
  overwrite.hidden = answer.version === null;
  overwrite.dataset.version = answer.version;
  conflict.hidden = false;
  conflict.scrollIntoView({ block: "center" });
  return false;
}

conflict.querySelector("[data-overwrite]").addEventListener("click", (event) => {
  form.elements.version.value = event.currentTarget.dataset.version;
  conflict.hidden = true;
  isStopped = false;
  isDirty = true;
  save();
});

/* Signing in again in place */

function expired() {
  say("Su sesión terminó: ingrese para guardar.", "lock");
  login.querySelector("[data-login-goes-on]").textContent = pressed ? `Ingrese de nuevo: se guarda y se sigue con «${pressed.ariaLabel ?? pressed.textContent.trim()}».` : "Ingrese de nuevo y se guarda.";
  if (!login.open) login.showModal();
  return false;
}

loginForm.addEventListener("submit", async (event) => {
  event.preventDefault();
  const error = login.querySelector("[data-login-error]");
  error.textContent = "";
  try {
    error.textContent = await signIn();
  } catch {
    error.textContent = "Sin conexión. Vuelva a intentar.";
  }
  if (error.textContent) return;
  loginForm.elements.password.value = "";
  const goesOn = pressed;
  login.close();
  isDirty = true;
  if (await save() && goesOn?.isConnected) form.requestSubmit(goesOn);
});

/* Answers what went wrong; nothing where the person is in. */
async function signIn() {
  const body = new URLSearchParams(new FormData(loginForm));
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const response = await fetch(loginForm.action, { method: "POST", body, headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (response.ok) return await renewFormToken(form) ? "" : "Esta cuenta ya no puede editar el reporte.";
  if (response.status === 403 && await renewFormToken(form)) return "";
  const answer = await response.json().catch(() => null);
  return answer?.form?.errors?.[0] ?? "No se pudo ingresar. Espere unos minutos y vuelva a intentar.";
}

login.querySelector("[data-login-close]").addEventListener("click", () => login.close());
login.addEventListener("close", () => { pressed = null; });

/* Sending: first everything is saved, then the browser goes. A double click is one. «Guardar borrador» stays on the
   page, unless it has an oficio or a link to add. */

form.addEventListener("submit", async (event) => {
  if (isLeaving) return;
  event.preventDefault();
  if (isPressed) return undefined;
  const button = event.submitter;
  const onlySaves = !button || button.hasAttribute("data-save");
  isDirty = isPressed = true;
  pressed = onlySaves ? null : button;
  const isSaved = await save();
  isPressed = false;
  if (!login.open) pressed = null;
  if (!isSaved || (onlySaves && !hasAddable)) return undefined;
  isLeaving = true;
  // Not at once: while the first submit is still being told around, the browser ignores another.
  return window.setTimeout(() => form.requestSubmit(button), 0);
});
/* New evidence changes what is missing: the answer to a save brings the list anew. */
form.addEventListener("evidence:idle", () => { isDirty = true; save(); });
window.addEventListener("pageshow", () => { isLeaving = false; });
window.addEventListener("beforeunload", (event) => { if (isDirty && !isLeaving) event.preventDefault(); });
document.addEventListener("visibilitychange", () => { if (document.hidden && isDirty) save(); });
window.addEventListener("online", () => { if (isDirty) save(); });

for (const kind of ["input", "change"]) {
  form.addEventListener(kind, (event) => {
    if (event.target.type === "file" || !event.target.name) return;
    isDirty = true;
    keepCopy();
    saveSoon();
  });
}

/* What this computer kept of a page that could not be saved */

const copy = readCopy();
if (copy && copy.fields !== written() && pageBefore && copy.page === pageBefore) {
  // This very page was loaded again before its last save had arrived: it goes on where it was.
  fillIn(JSON.parse(copy.fields));
} else if (copy && copy.fields !== written()) {
  const when = new Date(copy.at);
  recovery.querySelector("[data-recovery-time]").textContent = `el ${when.toLocaleDateString("es-CL")} a las ${when.toLocaleTimeString("es-CL", { hour: "2-digit", minute: "2-digit", hour12: false })}`;
  recovery.hidden = false;
} else {
  dropCopy();
}

function fillIn(fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || ["file", "submit", "hidden"].includes(field.type)) continue;
    const texts = values.get(field.name) ?? [];
    if (["radio", "checkbox"].includes(field.type)) field.checked = texts.includes(field.value);
    else if (texts.length) field.value = texts[0];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

recovery.querySelector("[data-recover]").addEventListener("click", () => {
  recovery.hidden = true;
  fillIn(JSON.parse(copy.fields));
});
recovery.querySelector("[data-discard]").addEventListener("click", () => {
  recovery.hidden = true;
  dropCopy();
});

/* A second tab of the same browser is told at once. */

const tabs = new BroadcastChannel(COPY);
tabs.addEventListener("message", (event) => {
  document.querySelector("[data-other-tab]").hidden = false;
  if (event.data === "opened") tabs.postMessage("here");
});
tabs.postMessage("opened");
