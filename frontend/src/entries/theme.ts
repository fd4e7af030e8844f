/**
 * Runs before the first paint, as a plain blocking script, so that nobody sees the wrong theme
 * or a side bar that jumps. It must import nothing.
 */
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

function applyTheme(): void {
  const chosen = localStorage.getItem("theme") ?? "auto";
  const shown = chosen === "auto" ? (dark.matches ? "dark" : "light") : chosen;
  root.dataset.bsTheme = shown;
  root.dataset.themeChoice = chosen;
}

try {
  applyTheme();
  dark.addEventListener("change", applyTheme);
  if (localStorage.getItem("side") === "narrow") root.dataset.side = "narrow";
} catch {
  // Storage may be forbidden: the page then follows the system.
  root.dataset.bsTheme = dark.matches ? "dark" : "light";
  root.dataset.themeChoice = "auto";
}
