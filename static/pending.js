/* How many actions are marked, and the way to answer them together, always in sight. */
const boxes = [...document.querySelectorAll("input[name=tasks]")];
const bar = document.querySelector("[data-marked]");
const panel = document.querySelector("#varias-respuestas details");

/* Until it is known where the form stands: a bar that comes and goes would move the page under somebody's finger. */
let isAnswering = true;

function show() {
  const marked = boxes.filter((box) => box.checked).length;
  bar.hidden = !marked || isAnswering;
  bar.querySelector("[data-marked-count]").textContent = marked === 1 ? "1 acción marcada" : `${marked} acciones marcadas`;
}

if (panel) {
  for (const box of boxes) box.addEventListener("change", show);
  for (const link of document.querySelectorAll("a[href='#varias-respuestas']")) link.addEventListener("click", () => { panel.open = true; });
  /* With its form before the eyes the way to it is only in the way. */
  new IntersectionObserver(([form]) => { isAnswering = form.isIntersecting; show(); }).observe(panel.querySelector("form"));
  show();
}
