// Proposals by the keyboard: a accepts, r refuses, e goes to the value, x and the arrows to another one; in a field, Escape leaves it.
"use strict";

document.addEventListener("keydown", (event) => {
  const page = document.querySelector(".proposing");
  if (!page || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input,select,textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const link = [...page.querySelectorAll("[data-key]")].find((one) => one.dataset.key.split(" ").includes(event.key));
  if (event.key === "a") page.querySelector("form[action*=add_fact] button")?.click();
  else if (event.key === "r") page.querySelector("form[action*=refuse_proposal] button")?.click();
  else if (event.key === "e") page.querySelector("[name=value],[name=low]")?.select();
  else if (link) link.click();
  else return;
  event.preventDefault();
});
