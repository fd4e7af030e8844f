import { word } from "../shell/words";

const PAUSE = 400;
const PREFIX = "draft:";

type Typed = [string, string][];

/** What the person has typed; the rest of the form is the page's own. */
function typedIn(form: HTMLFormElement): Typed {
  return [...new FormData(form)].flatMap(([name, value]): Typed =>
    typeof value === "string" && !["csrf_token", "form_key", "seen"].includes(name)
      ? [[name, value]]
      : [],
  );
}

function keep(name: string, typed: Typed): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(typed));
  } catch {
    // Without room the page itself still holds what was typed.
  }
}

function kept(name: string): Typed | null {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? "null") as Typed | null;
  } catch {
    return null;
  }
}

function forget(isMeant: (name: string) => boolean): void {
  for (const name of Object.keys(sessionStorage)) {
    if (isMeant(name)) sessionStorage.removeItem(name);
  }
}

/** Puts *typed* back into *form*, with as many rows of prices as it had. */
function putBack(form: HTMLFormElement, typed: Typed): void {
  const rows = new Set(typed.flatMap(([name]) => /^prices-(\d+)-/.exec(name)?.[1] ?? []));
  const add = form.querySelector<HTMLButtonElement>("[data-sheet-add]");
  for (const row of form.querySelectorAll("[data-sheet-row]")) row.remove();
  for (const number of rows) {
    add?.click();
    const made = [...form.querySelectorAll<HTMLElement>("[data-sheet-row]")].at(-1);
    const columns = typed.filter(([name]) => name.startsWith(`prices-${number}-`));
    for (const [name, value] of columns) {
      const column = name.slice(`prices-${number}-`.length);
      const cell = made?.querySelector<HTMLInputElement>(`[name$="-${column}"]`);
      if (cell) cell.value = value;
    }
  }
  for (const [name, value] of typed) {
    const field = form.elements.namedItem(name);
    if (name.startsWith("prices-") || !field || field instanceof RadioNodeList) continue;
    (field as HTMLInputElement).value = value;
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function offer(form: HTMLFormElement, name: string, typed: Typed): void {
  const bar = document.createElement("div");
  bar.className = "notice notice-info draft-kept";
  bar.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = word("kept");
  bar.append(words);
  for (const [label, act] of [
    ["putBack", (): void => putBack(form, typed)],
    ["forget", (): void => forget((each) => each === name)],
  ] as const) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet btn-sm";
    button.textContent = word(label);
    button.addEventListener("click", () => {
      bar.remove();
      act();
    });
    bar.append(button);
  }
  form.before(bar);
}

/** Keeps what is typed into a draft in this tab, and offers it again when the page comes back. */
export function startKeeping(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-draft]");
  if (!form) {
    // A contract is shown: its draft was made, and what was typed for it is in it.
    if (document.querySelector("[data-made]")) forget((name) => name.startsWith(PREFIX));
    return;
  }
  const name = PREFIX + location.pathname;
  const before = kept(name);
  if (before && JSON.stringify(before) !== JSON.stringify(typedIn(form))) offer(form, name, before);
  let timer: ReturnType<typeof setTimeout>;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(name, typedIn(form)), PAUSE);
  });
  form.addEventListener("submit", () => keep(name, typedIn(form)));
  form.addEventListener("input", (event) => {
    const field = event.target as HTMLElement;
    if (field.dataset.taken) sayTyped(field);
  });
}

/** A value that is typed over is no longer taken from anywhere. */
function sayTyped(field: HTMLElement): void {
  const help = document.getElementById(`${field.id}-help`);
  const taken = field.dataset.taken ?? "";
  if (help) help.textContent = (help.textContent ?? "").replace(taken, "").trim();
  delete field.dataset.taken;
}
