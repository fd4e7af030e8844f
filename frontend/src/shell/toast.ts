import { word } from "./words";

export type Tone = "success" | "info" | "warning" | "danger";

const SECONDS_SHOWN = 6;

/** Says *text* in a corner, also to screen readers; bad news stays until it is closed. */
export function say(text: string, tone: Tone = "info"): void {
  const place = document.querySelector("[data-toasts]");
  if (!place) return;
  const toast = document.createElement("div");
  toast.className = `notice notice-${tone}`;
  toast.setAttribute("role", tone === "danger" ? "alert" : "status");
  const words = document.createElement("span");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn-close";
  close.setAttribute("aria-label", word("close"));
  close.dataset.closeNotice = "";
  toast.append(words, close);
  place.append(toast);
  if (tone !== "danger") setTimeout(() => toast.remove(), SECONDS_SHOWN * 1000);
}

/** The cross of a notice takes it away, also of one that the server sent. */
export function startNotices(): void {
  document.addEventListener("click", (event) => {
    const cross = (event.target as Element).closest("[data-close-notice]");
    cross?.closest(".notice")?.remove();
  });
}
