// What is refused is said at its field, and nothing that was typed is lost. Without this script the same form works,
// and the refusal is a page of its own.
"use strict";

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const sender = event.submitter;
  const address = new URL((sender && sender.getAttribute("formaction")) || form.action, location.href);
  if (!form.matches("form.ask") || form.method !== "post" || !address.pathname.startsWith("/do/")) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  clear(form);
  try {
    const answer = await fetch(address, { method: "POST", body: new FormData(form, sender), headers: { "HX-Request": "true" } });
    const target = answer.headers.get("HX-Redirect");
    const text = await answer.text();
    if (target) go(new URL(target, location.href));
    else if (answer.headers.has("X-Refused")) tell(form, text);
    else if (answer.redirected) location.assign(answer.url);
    else show(text);
  } catch {
    form.submit();
  } finally {
    form.removeAttribute("aria-busy");
  }
});

document.addEventListener("input", (event) => {
  if (event.target.getAttribute("aria-invalid")) settle(event.target);
});

function go(target) {
  const stays = target.pathname === location.pathname && target.search === location.search;
  if (!stays) return location.assign(target);
  if (target.hash) history.replaceState(null, "", target);
  location.reload();
}

function show(page) {
  document.open();
  document.write(page);
  document.close();
}

function tell(form, text) {
  const list = new DOMParser().parseFromString(text, "text/html").querySelector(".refusal");
  let first = null;
  for (const item of [...list.children]) {
    const field = form.elements[item.dataset.field];
    if (!(field instanceof HTMLElement) || field.type === "hidden") continue;
    const words = document.createElement("span");
    words.className = "wrong";
    words.id = `wrong-${item.dataset.field}-${Date.now()}`;
    words.append(...item.childNodes);
    field.after(words);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", words.id);
    item.remove();
    first = first || field;
  }
  list.setAttribute("role", "alert");
  list.tabIndex = -1;
  if (list.children.length) form.insertBefore(list, form.querySelector("button"));
  (first || list).focus();
}

function settle(field) {
  const words = document.getElementById(field.getAttribute("aria-describedby"));
  if (words) words.remove();
  field.removeAttribute("aria-invalid");
  field.removeAttribute("aria-describedby");
}

function clear(form) {
  form.querySelectorAll("[aria-invalid]").forEach(settle);
  form.querySelectorAll(":scope > .refusal").forEach((list) => list.remove());
}
