// Small manners of the pages. Everything is done by the server; without this file links and forms still work.
"use strict";

// A form with data-confirm asks first, in the dialog of base.html.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const question = (event.submitter && event.submitter.dataset.confirm) || form.dataset.confirm;
  if (!question || form.dataset.confirmed) {
    delete form.dataset.confirmed;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const dialog = document.getElementById("confirm");
  document.getElementById("confirm-text").textContent = question;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(event.submitter || undefined);
  }, { once: true });
  dialog.showModal();
  dialog.querySelector("[value=yes]").focus();
}, true);

document.addEventListener("click", (event) => {
  const button = event.target.closest("#confirm button");
  if (button) button.closest("dialog").close(button.value);
  for (const open of document.querySelectorAll("details[data-closes][open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details[data-closes][open]")) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

// One box in the heading of a list ticks all of the page: data-ticks names their form.
// Ticks of rows are no filters: the filter form, which listens on their way up, hears nothing of them.
document.addEventListener("change", (event) => {
  const form = event.target.dataset.ticks;
  if (!form && event.target.getAttribute("form") !== "approving") return;
  event.stopPropagation();
  for (const box of document.querySelectorAll(`tbody input[form="${form}"]`)) box.checked = event.target.checked;
}, true);

// The way back to a list leads to it as it was filtered; lists are marked data-list.
function rememberList() {
  if (document.querySelector("[data-list]")) sessionStorage.setItem(listKey(location.pathname), location.search);
}
function listKey(path) {
  return `list:${document.body.dataset.account}:${path}`;
}
document.addEventListener("htmx:pushedIntoHistory", rememberList);
rememberList();
document.addEventListener("click", (event) => {
  const link = event.target.closest(".crumbs a, a[data-to-list]");
  const kept = link && sessionStorage.getItem(listKey(link.getAttribute("href")));
  if (kept) link.search = kept;
});

// A form marked data-stays keeps what is typed when it is refused: only the sentence comes to the page.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("form[data-stays]")) return;
  event.preventDefault();
  const sent = { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" };
  const answer = await fetch(form.action, sent).catch(() => null);
  if (answer?.type === "opaqueredirect") return location.assign("/");
  const text = await answer?.text().catch(() => null);
  if (text == null) return tell("连不上服务器，请检查网络后再试。");
  const shown = new DOMParser().parseFromString(text, "text/html");
  const said = shown.querySelector("form[data-stays] [data-told]") || shown.querySelector("[role=alert]");
  if (!said) return tell("没有完成。请稍后再试一次；仍不行时请告诉系统管理员。");
  form.querySelector("[data-told]").replaceChildren(...said.cloneNode(true).childNodes);
  form.querySelector("[data-told]").hidden = false;
});

// A filter form sends itself when a box is ticked: data-auto. Its button is for whoever has no script.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form) form.requestSubmit();
});

function tell(text) {
  const line = document.createElement("p");
  line.className = "alert alert-danger";
  line.setAttribute("role", "alert");
  line.textContent = text;
  document.getElementById("notices").replaceChildren(line);
}

// htmx: a fault; no network.
document.addEventListener("htmx:responseError", () => tell("没有完成。请再试一次；仍不行时请刷新页面，或告诉系统管理员。"));
document.addEventListener("htmx:sendError", () => tell("连不上服务器，请检查网络后再试。"));
document.addEventListener("htmx:afterSwap", () => document.getElementById("notices").replaceChildren());
