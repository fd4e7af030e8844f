import htmx from "htmx.org";
import { say } from "./toast";
import { word } from "./words";

function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}

/** htmx: the CSRF token goes with every change, and a request that got no answer is said aloud. */
export function startFragments(): void {
  document.addEventListener("htmx:config:request", (event) => {
    const { request } = (event as CustomEvent).detail.ctx;
    if (request.method && request.method !== "GET") request.headers["X-CSRFToken"] = csrfToken();
  });
  document.addEventListener("htmx:error", () => say(word("noAnswer"), "danger"));
  document.addEventListener("htmx:before:request", (event) => {
    (event.target as Element | null)
      ?.closest?.("[data-busy-area]")
      ?.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:finally:request", () => {
    for (const area of document.querySelectorAll("[data-busy-area][aria-busy]")) {
      area.removeAttribute("aria-busy");
    }
  });
  window.htmx = htmx;
}

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}
