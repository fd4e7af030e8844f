import { remember } from "./storage";

/** The side navigation: narrow or wide on a desk, a drawer on a phone. */
export function startSide(): void {
  const root = document.documentElement;
  const side = document.querySelector<HTMLElement>("#side");
  if (!side) return;
  const openers = document.querySelectorAll<HTMLElement>("[data-side-open]");
  const fold = document.querySelector<HTMLElement>("[data-side-fold]");
  let opener: HTMLElement | null = null;

  const setOpen = (open: boolean): void => {
    root.toggleAttribute("data-side-shown", open);
    for (const button of openers) button.setAttribute("aria-expanded", String(open));
    for (const part of document.querySelectorAll("[data-behind-side]")) {
      part.toggleAttribute("inert", open);
    }
    if (open) side.querySelector<HTMLElement>("a, button")?.focus();
    else opener?.focus();
  };

  for (const button of openers) {
    button.addEventListener("click", () => {
      opener = button;
      setOpen(true);
    });
  }
  document.querySelector("[data-side-close]")?.addEventListener("click", () => setOpen(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.hasAttribute("data-side-shown")) setOpen(false);
  });
  fold?.addEventListener("click", () => {
    const narrow = root.dataset.side !== "narrow";
    if (narrow) root.dataset.side = "narrow";
    else delete root.dataset.side;
    fold.setAttribute("aria-expanded", String(!narrow));
    remember("side", narrow ? "narrow" : "wide");
  });
  fold?.setAttribute("aria-expanded", String(root.dataset.side !== "narrow"));
}
