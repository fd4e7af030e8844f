import { remember } from "./storage";

/** Buttons `data-theme-set="light|dark|auto"` choose the theme; the choice stays on this device. */
export function startTheme(): void {
  const root = document.documentElement;
  const buttons = document.querySelectorAll<HTMLElement>("[data-theme-set]");
  const show = (choice: string): void => {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.themeSet === choice));
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const choice = button.dataset.themeSet ?? "auto";
      const dark = matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.bsTheme = choice === "auto" ? (dark ? "dark" : "light") : choice;
      root.dataset.themeChoice = choice;
      remember("theme", choice);
      show(choice);
    });
  }
  show(root.dataset.themeChoice ?? "auto");
}
