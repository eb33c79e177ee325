/* Buttons that print the page; without this script they are not shown. */
document.documentElement.classList.add("con-js");
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
