/* A login, in another tab or in place, renews the token of every form: the one of this page is taken from a fresh copy
   of it. Answers whether that worked; without a line or a session it does not. */
"use strict";

globalThis.renewFormToken = async (form) => {
  try {
    const response = await fetch(form.getAttribute("action"));
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("form[data-entry] [name=csrfmiddlewaretoken]");
    if (!fresh) return false;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = fresh.value;
    return true;
  } catch {
    return false;
  }
};
