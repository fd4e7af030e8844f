/** Search: results follow the typing; j and k walk through them, Enter opens. */
import "../styles/pages/search.scss";
import { isTyping } from "../shell/keys";
import { word } from "../shell/words";

const form = document.querySelector<HTMLFormElement>("[data-search]");
const field = form?.querySelector<HTMLInputElement>("[data-search-field]");

function hits(): HTMLAnchorElement[] {
  return [...(form?.querySelectorAll<HTMLAnchorElement>("[data-hit]") ?? [])];
}

/** The focus goes to the next or previous hit; `Enter` on a focused link opens it. */
function walk(by: 1 | -1): void {
  const found = hits();
  const at = found.indexOf(document.activeElement as HTMLAnchorElement);
  const next = found[Math.max(0, Math.min(found.length - 1, at < 0 ? 0 : at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

/** The choices come anew with each answer: what the person has opened stays open. */
function keepChoicesAsTheyAre(search: HTMLFormElement): void {
  const wide = matchMedia("(min-width: 992px)");
  const widened = new Set<string>();
  let isOpen = false;
  const restore = () => {
    const choices = search.querySelector<HTMLDetailsElement>("[data-choices]");
    if (choices) choices.open = wide.matches || isOpen;
    for (const button of search.querySelectorAll<HTMLElement>("[data-further]")) {
      const isWidened = widened.has(button.dataset.further ?? "");
      button.closest("fieldset")?.classList.toggle("is-widened", isWidened);
    }
  };
  search.addEventListener("click", (event) => {
    const target = event.target as Element;
    const further = target.closest<HTMLElement>("[data-further]")?.dataset.further;
    if (further) widened.add(further);
    if (target.closest("[data-choices] > summary")) isOpen = !isOpen;
    if (further) restore();
  });
  restore();
  wide.addEventListener("change", restore);
  document.addEventListener("htmx:after:swap", restore);
}

const PATIENCE_MS = 400;

/** On a slow line the hits of before stay, dimmed and said to be old, until new ones are there. */
function showAge(search: HTMLFormElement, input: HTMLInputElement): void {
  const found = search.querySelector<HTMLElement>("#found");
  const status = search.querySelector<HTMLElement>("[data-search-status]");
  if (!found || !status) return;
  let asked = input.value;
  let patience = 0;
  const grow = () => {
    found.setAttribute("aria-busy", "true");
    found.classList.add("is-old");
    patience ||= window.setTimeout(() => {
      status.textContent = word("searching");
    }, PATIENCE_MS);
  };
  const rest = () => {
    if (input.value !== asked) return; // an answer to what was typed before
    clearTimeout(patience);
    patience = 0;
    found.removeAttribute("aria-busy");
    status.textContent = "";
  };
  search.addEventListener("input", grow);
  search.addEventListener("htmx:before:request", () => {
    asked = input.value;
    grow();
  });
  document.addEventListener("htmx:after:swap", () => {
    if (input.value === asked) found.classList.remove("is-old");
  });
  document.addEventListener("htmx:finally:request", rest);
}

/** The help goes away as it came, and by Esc or a click elsewhere. */
function closeHelpBySide(help: HTMLDetailsElement): void {
  document.addEventListener("click", (event) => {
    if (!help.contains(event.target as Node)) help.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !help.open) return;
    help.open = false;
    help.querySelector("summary")?.focus();
  });
}

function startSearch(search: HTMLFormElement, input: HTMLInputElement): void {
  // One field on this page: `/` goes here.
  for (const other of document.querySelectorAll("[data-search-field]")) {
    if (other !== input) other.removeAttribute("data-search-field");
  }
  const help = search.querySelector<HTMLDetailsElement>(".search-help");
  if (help) closeHelpBySide(help);
  input.setSelectionRange(input.value.length, input.value.length);
  keepChoicesAsTheyAre(search);
  showAge(search, input);
  // What is usual has no place in an address that is sent to a colleague.
  search.addEventListener("formdata", ({ formData }) => {
    if (formData.get("sort") === "best") formData.delete("sort");
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown" && event.target === input) walk(1);
    else if (isTyping(event.target)) return;
    else if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else return;
    event.preventDefault();
  });
}

if (form && field) startSearch(form, field);
