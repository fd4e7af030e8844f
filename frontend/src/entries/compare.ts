/** Two versions of a draft: from one change to the next by button or by key. */
import "../styles/pages/compare.scss";
import { isTyping } from "../shell/keys";

const changes = [...document.querySelectorAll<HTMLElement>("[data-change]")];
let current = -1;
const KEYS: Record<string, number> = { n: 1, p: -1 };

/** Go to the next change, or with -1 to the one before; from the last one to the first. */
function step(by: number): void {
  current = current < 0 && by < 0 ? changes.length - 1 : (current + by + changes.length) % changes.length;
  const next = changes[current];
  next?.scrollIntoView({ block: "center" });
  next?.focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  const by = KEYS[event.key];
  if (!by || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  event.preventDefault();
  step(by);
});
for (const button of document.querySelectorAll<HTMLElement>("[data-compare-step]")) {
  button.addEventListener("click", () => step(Number(button.dataset.compareStep)));
}
