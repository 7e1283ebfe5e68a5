// What is typed into a form marked data-draft outlives the end of a session: it stays in this window (sessionStorage)
// until the form is saved, the account logs out or the window is closed. Never kept: passwords, files, hidden fields
// and those marked data-private.
const OUT = "matcher.out";
const { account } = document.body.dataset;
const PREFIX = "typed:", OWN = `${PREFIX}${account}:`;
const SOON = 300, DAY = 24 * 60 * 60 * 1000;
const waiting = new Map();
let leaving = null; // the form that is being sent, or "all" where leaving loses nothing

if ("undone" in document.body.dataset) markUndone();
else if (account) begin();

function begin() {
  for (const key of keys()) if (!key.startsWith(OWN)) sessionStorage.removeItem(key);
  // Saving leads on to another address; a page opened by itself tells nothing of what was sent before.
  const ledHere = performance.getEntriesByType("navigation")[0]?.redirectCount > 0;
  const saved = ledHere && document.querySelector("#notices .alert-success") !== null;
  for (const key of keys()) settle(key, ledHere, saved);
  document.addEventListener("input", typed);
  document.addEventListener("change", typed);
  document.addEventListener("submit", sent);
  document.addEventListener("click", (event) => { if (event.target.closest("[data-keeps-typed]")) leaving = "all"; });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = draftOf(event.detail.elt);
    const address = event.detail.xhr.responseURL;
    if (form && event.detail.successful && new URL(address, location.href).pathname !== "/login") forget(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if (leaving !== "all" && [...drafts()].some((form) => form !== leaving && isChanged(form))) event.preventDefault();
  });
  window.addEventListener("pageshow", () => { leaving = null; });
  window.addEventListener("pagehide", () => { for (const form of waiting.keys()) keep(form, false); });
  window.addEventListener("storage", (event) => { if (event.key === OUT) clear(); });
}

function typed(event) {
  const form = draftOf(event.target);
  if (!form || waiting.has(form)) return;
  waiting.set(form, setTimeout(() => { waiting.delete(form); keep(form, false); }, SOON));
}

function sent(event) {
  if (event.defaultPrevented) return;
  const form = event.target;
  if (form.matches("form[action='/logout']")) {
    clear();
    localStorage.setItem(OUT, Date.now());
  } else if (draftOf(form)) {
    still(form);
    keep(form, true);
    leaving = form;
  }
}

// On the login page and on the page of a fault: whatever was sent last has not been saved.
function markUndone() {
  for (const key of keys()) write(key, { ...read(key), sent: false });
  const note = document.getElementById("kept-note");
  if (note) note.hidden = keys().length === 0;
}

function settle(key, ledHere, saved) {
  const draft = read(key), form = [...drafts()].find((one) => OWN + one.getAttribute("action") === key);
  if (Date.now() - draft.at > DAY || (draft.sent && (saved || (ledHere && !form)))) return sessionStorage.removeItem(key);
  if (draft.sent) write(key, { ...draft, sent: false });
  if (form && !("unsaved" in form.dataset)) offer(form, key, draft);
}

function offer(form, key, draft) {
  const count = Object.keys(draft.fields).length, when = new Date(draft.at);
  const hour = `${when.getHours()}:${String(when.getMinutes()).padStart(2, "0")}`;
  const line = document.createElement("div"), words = document.createElement("p");
  line.className = "alert alert-warning draft-offer no-print";
  line.setAttribute("role", "status");
  words.textContent = `您 ${hour} 在这里填写的内容没有保存（${count} 栏）。`;
  const yes = button("恢复刚才填写的内容", "btn btn-sm btn-primary", () => {
    restore(form, draft);
    const hidden = form.querySelector("[data-private]") ? "联系方式、走访情况等隐私内容不暂存，改过的请重新填写。" : "";
    words.textContent = `已恢复刚才填写的内容，请核对后保存。${hidden}`;
    yes.remove();
    no.remove();
  });
  const no = button("不要了", "btn btn-sm", () => { sessionStorage.removeItem(key); line.remove(); });
  line.append(words, yes, no);
  form.prepend(line);
  line.scrollIntoView({ block: "nearest" });
}

function button(label, look, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: look, textContent: label });
  made.addEventListener("click", act);
  return made;
}

// The version that was seen comes back too, so that the server tells what somebody else changed since.
function restore(form, draft) {
  if (draft.seen && form.elements.seen) form.elements.seen.value = draft.seen;
  for (const [name, values] of Object.entries(draft.fields)) {
    for (const field of named(form, name)) {
      if (isTick(field)) field.checked = values.includes(field.value);
      else field.value = values[0] ?? "";
      field.classList.add("restored");
    }
  }
  keep(form, false);
  form.querySelector(".restored")?.focus();
}

function keep(form, isSent) {
  const key = OWN + form.getAttribute("action"), before = read(key)?.fields ?? {};
  const fields = changed(form);
  // What the server sent back stands in the form as if it had been there from the beginning.
  if ("unsaved" in form.dataset) for (const name of Object.keys(before)) fields[name] = said(named(form, name));
  if (Object.keys(fields).length === 0) sessionStorage.removeItem(key);
  else write(key, { at: Date.now(), sent: isSent, seen: form.elements.seen?.value ?? "", fields });
}

function forget(form) {
  still(form);
  sessionStorage.removeItem(OWN + form.getAttribute("action"));
}

function still(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
}

function clear() {
  for (const form of [...waiting.keys()]) still(form);
  sessionStorage.clear(); // filters of lists too
}

// Name -> values of the fields that say something else than the server wrote.
function changed(form) {
  const found = {};
  for (const name of new Set([...form.elements].filter(isKept).map((field) => field.name))) {
    const fields = named(form, name).filter(isKept);
    if (fields.some(differs)) found[name] = said(fields);
  }
  return found;
}

function said(fields) {
  return fields.filter((field) => !isTick(field) || field.checked).map((field) => field.value);
}

// A form that the server sent back with what was typed is unsaved as it stands.
function isChanged(form) {
  return "unsaved" in form.dataset || [...form.elements].some((field) => isTyped(field) && differs(field));
}

function differs(field) {
  if (isTick(field)) return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return field.value !== ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value;
  return field.value !== field.defaultValue;
}

function isTyped(field) {
  return Boolean(field.name) && !["hidden", "submit", "button", "password", "file"].includes(field.type) && field.tagName !== "FIELDSET";
}

function isKept(field) {
  return isTyped(field) && !("private" in field.dataset);
}

function isTick(field) {
  return field.type === "checkbox" || field.type === "radio";
}

function named(form, name) {
  return [...form.elements].filter((field) => field.name === name);
}

function drafts() {
  return document.querySelectorAll("form[data-draft]");
}

function draftOf(element) {
  const form = element.form ?? element.closest?.("form");
  return form?.matches?.("form[data-draft]") ? form : null;
}

function keys() {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
}

function read(key) {
  return JSON.parse(sessionStorage.getItem(key)); // null where nothing is kept
}

function write(key, draft) {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    sessionStorage.removeItem(key); // no room: better nothing than half of it
  }
}
