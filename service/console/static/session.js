// Tells before the session ends, keeps it alive while somebody types or asks for it, and says when it has ended.
const SEEN = "matcher.seen"; // when the server last answered any window of this browser
const WARNING = 5 * 60 * 1000, TYPING = 60 * 1000;
const notice = document.getElementById("session-notice");
const { account, idle, slack, left } = document.body.dataset;
const idleTime = idle * 1000, certain = slack * 1000 + 2000;
let end = Date.now() + left * 1000;
let isOver = false, asking = false, told = "";

if (notice) {
  seen();
  setInterval(look, 1000);
  notice.querySelector("button").addEventListener("click", ask);
  document.addEventListener("input", () => { if (!isOver && Date.now() - lastSeen() > Math.min(TYPING, idleTime / 4)) ask(); });
  document.addEventListener("visibilitychange", () => { if (isOver && !document.hidden) ask(); });
  window.addEventListener("focus", () => { if (isOver) ask(); });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const address = event.detail.xhr.responseURL;
    if (address && new URL(address).pathname === "/login") {
      event.detail.shouldSwap = false;
      over("登录已结束，刚才的操作没有执行。");
    } else if (event.detail.xhr.status < 400) {
      seen();
    } else if (event.detail.xhr.status === 403) {
      ask();
    }
  });
}

function seen() {
  localStorage.setItem(SEEN, Date.now());
}

function lastSeen() {
  return Number(localStorage.getItem(SEEN)) || 0;
}

// The server is asked before the end is told, and not before it must have come: the question would put it off.
function look() {
  if (isOver) return;
  const now = Date.now(), quiet = lastSeen() + idleTime, rest = Math.min(quiet, end) - now;
  if (rest < -certain) return ask();
  if (rest > Math.min(WARNING, idleTime / 2)) return hide();
  const span = rest > 60_000 ? `${Math.ceil(rest / 60_000)} 分钟内` : "1 分钟内";
  if (quiet <= end) show(`很久没有操作，登录将在 ${span}结束。`, "continue");
  else show(`登录已满最长时间，将在 ${span}结束。请先保存，再重新登录。`, "");
}

async function ask() {
  if (asking) return;
  asking = true;
  try {
    const answer = await fetch("/session", { redirect: "manual", cache: "no-store" });
    const now = answer.ok ? await answer.json() : null;
    if (now && now.account === account) renew(now);
    else over(now ? "这个浏览器已换成别的账号登录。" : "登录已结束。");
  } catch {
    if (!isOver && lastSeen() + idleTime < Date.now()) over("连不上服务器，登录可能已结束。");
  } finally {
    asking = false;
  }
}

// After a new login in another window the forms of this page hold again.
function renew(now) {
  isOver = false;
  end = Date.now() + now.left * 1000;
  for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = now.csrf_token;
  seen();
  look();
}

function over(what) {
  isOver = true;
  const here = location.pathname + location.search;
  notice.querySelector("a").href = "/login?next=" + encodeURIComponent(here);
  const typed = document.querySelector("form[data-draft]") ? "填写的内容暂存在这个窗口里，登录后可以恢复。" : "";
  show(`${what}${typed}请重新登录；在另一个窗口登录后，也可以回到这里继续。`, "login");
}

function show(text, way) {
  notice.querySelector("button").hidden = way !== "continue";
  notice.querySelector("a").hidden = way !== "login";
  notice.hidden = false;
  if (text !== told) notice.querySelector("p").textContent = told = text;
}

function hide() {
  notice.hidden = true;
  told = "";
}
