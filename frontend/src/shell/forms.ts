import { word } from "./words";

let changed = false;

/** Marks that something typed here is not saved; leaving the page then asks first. */
export function markChanged(): void {
  changed = true;
}

function setBusy(form: HTMLFormElement, submitter: HTMLElement | null): void {
  const button = submitter ?? form.querySelector<HTMLElement>("button[type=submit]");
  // A disabled button would not be sent: wait until the browser has read the form.
  setTimeout(() => {
    if (!(button instanceof HTMLButtonElement)) return;
    button.disabled = true;
    button.classList.add("btn-loading");
    button.setAttribute("aria-busy", "true");
  });
}

function setIdle(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[aria-busy]")) {
    button.disabled = false;
    button.classList.remove("btn-loading");
    button.removeAttribute("aria-busy");
  }
}

let rowsAdded = 0;

/** Rows are named `contacts-<number>-name`; the server takes them in order, gaps and all. */
function addRow(rows: HTMLElement): void {
  const template = rows.querySelector("template");
  const list = rows.querySelector("[data-row-list]");
  if (!template || !list) return;
  rowsAdded += 1;
  const number = String(1000 + rowsAdded);
  const row = document.createElement("template");
  row.innerHTML = template.innerHTML.replaceAll("__n__", number);
  list.append(row.content);
  list.lastElementChild?.querySelector<HTMLElement>("input, select, textarea")?.focus();
}

function changeRows(button: HTMLElement): void {
  const rows = button.closest<HTMLElement>("[data-rows]");
  if (!rows) return;
  if (button.hasAttribute("data-row-add")) {
    addRow(rows);
  } else {
    button.closest("[data-row]")?.remove();
    rows.querySelector<HTMLElement>("[data-row-add]")?.focus();
  }
  markChanged();
}

/** Fitting height for the text, up to what the style sheet allows. */
function fit(area: HTMLTextAreaElement): void {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

/** How much room a field with `data-longest` has left, said below it once it gets narrow. */
function tellRoom(field: HTMLInputElement | HTMLTextAreaElement): void {
  const longest = Number(field.dataset.longest);
  const left = longest - [...field.value.trim()].length;
  let note = field.parentElement?.querySelector<HTMLElement>(":scope > [data-room]");
  if (left > longest / 10 || longest < 20) {
    note?.remove();
    return;
  }
  if (!note) {
    note = document.createElement("p");
    note.dataset.room = "";
    note.setAttribute("role", "status");
    field.after(note);
  }
  note.className = left < 0 ? "wrong" : "help";
  note.textContent = word(left < 0 ? "tooLong" : "roomLeft", { number: Math.abs(left) });
}

/** `data-only-when="kind=business"`: shown while the form's field `kind` has that value. */
function showWhatApplies(form: HTMLFormElement): void {
  for (const part of form.querySelectorAll<HTMLElement>("[data-only-when]")) {
    const [name = "", wanted] = (part.dataset.onlyWhen ?? "").split("=");
    part.hidden = new FormData(form).get(name) !== wanted;
  }
}

/**
 * Forms with `data-guard` warn before unsaved words are lost; every submit button shows that it
 * works and cannot be pressed twice; the first wrong field, or the summary, has the focus. Parts
 * with `data-only-when` come and go with the field that they name.
 */
export function startForms(): void {
  document.addEventListener("input", (event) => {
    const target = event.target;
    if (!(target instanceof HTMLElement)) return;
    if (target.closest("form[data-guard]")) markChanged();
    if (target instanceof HTMLTextAreaElement && target.matches("[data-fit]")) fit(target);
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
      if (target.dataset.longest) tellRoom(target);
    }
  });
  document.addEventListener("change", (event) => {
    const form = (event.target as Element).closest("form");
    if (form) showWhatApplies(form);
  });
  for (const form of document.forms) showWhatApplies(form);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return;
    changed = false;
    if (form.method === "post" && !form.matches("[hx-post], [data-stay]")) {
      setBusy(form, event.submitter);
    }
  });
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>(
      "[data-row-add], [data-row-drop]",
    );
    if (button) changeRows(button);
    const eye = (event.target as Element).closest<HTMLElement>("[data-reveal]");
    if (eye) reveal(eye);
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
  // Coming back with the browser's own button shows the page as it was left: busy.
  window.addEventListener("pageshow", setIdle);
  if (document.querySelector("form[data-guard] [data-error-summary]")) markChanged();
  for (const area of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-fit]"))
    fit(area);
  document.querySelector<HTMLElement>("[data-error-summary]")?.focus();
}

function reveal(button: HTMLElement): void {
  const field = document.getElementById(button.dataset.reveal ?? "");
  if (!(field instanceof HTMLInputElement)) return;
  const hidden = field.type === "password";
  field.type = hidden ? "text" : "password";
  button.setAttribute("aria-pressed", String(hidden));
  button.setAttribute("aria-label", word(hidden ? "hidePassword" : "showPassword"));
}
