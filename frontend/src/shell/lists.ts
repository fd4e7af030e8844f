import { forgetBeginningWith, recall, recalled } from "./storage";

function hasUsualColumns(form: HTMLFormElement): boolean {
  const boxes = [...form.querySelectorAll<HTMLInputElement>('[type="checkbox"][name="columns"]')];
  return boxes.length > 0 && boxes.every((box) => box.checked === box.hasAttribute("data-usual"));
}

/** Filters that take any number of values apply once their menu is closed, not tick by tick. */
function applyOnceClosed(): void {
  document.addEventListener("change", (event) => {
    const menu = (event.target as Element).closest<HTMLElement>("[data-apply]");
    if (menu) menu.dataset.apply = "wanted";
  });
  document.addEventListener("hidden.bs.dropdown", (event) => {
    const menu = (event.target as Element).parentElement?.querySelector("[data-apply=wanted]");
    menu?.closest("form")?.requestSubmit();
  });
}

/** Rows that are ticked, on this page and on others of the same list: how many, all that was found. */
function startTicking(): void {
  const bar = document.querySelector<HTMLFormElement>("#list-ticked");
  const all = document.querySelector<HTMLInputElement>("[data-tick-all]");
  const said = bar?.querySelector<HTMLElement>("[data-ticked]");
  if (!bar || !all || !said) return;
  const rows = [...document.querySelectorAll<HTMLInputElement>('input[name="rows"]')];
  const kept = keptRows(bar.dataset.narrowing ?? "");
  const here = new Set(rows.map((row) => row.value));
  let found = false;
  const field = (name: string): HTMLInputElement => bar.elements.namedItem(name) as HTMLInputElement;
  const show = (): void => {
    const ticked = rows.filter((row) => row.checked).map((row) => row.value);
    const elsewhere = kept.read().filter((key) => !here.has(key));
    all.checked = found || ticked.length === rows.length;
    all.indeterminate = !found && ticked.length > 0 && ticked.length < rows.length;
    bar.toggleAttribute("data-any", found || ticked.length + elsewhere.length > 0);
    if (found) return;
    const words = (elsewhere.length ? said.dataset.tickedElsewhere : said.dataset.ticked) ?? "";
    const count = ticked.length + elsewhere.length;
    said.textContent = count
      ? words.replace("{count}", String(count)).replace("{here}", String(ticked.length))
      : "";
    field("elsewhere").value = elsewhere.join(" ");
  };
  const keep = (): void => {
    found = false;
    field("all").value = "";
    const elsewhere = kept.read().filter((key) => !here.has(key));
    kept.write([...elsewhere, ...rows.filter((row) => row.checked).map((row) => row.value)]);
    show();
  };
  const tick = (checked: boolean): void => {
    for (const row of rows) row.checked = checked;
    keep();
  };
  const before = new Set(kept.read());
  for (const row of rows) {
    row.checked = before.has(row.value);
    row.addEventListener("change", keep);
  }
  all.addEventListener("change", () => tick(all.checked));
  bar.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("button");
    if (button?.hasAttribute("data-tick-none")) {
      kept.write([]);
      tick(false);
      all.focus();
    }
    if (button?.hasAttribute("data-tick-found")) {
      // No row is named: what is done is done to all that was found.
      kept.write([]);
      tick(false);
      found = true;
      field("all").value = "1";
      said.textContent = button.textContent;
      show();
    }
  });
  show();
}

/** The rows ticked in the list that *narrowing* names, while its window is open. */
function keptRows(narrowing: string): { read: () => string[]; write: (keys: string[]) => void } {
  const name = `ticked:${narrowing}`;
  return {
    read: () => (recalled(name) ?? "").split(" ").filter(Boolean),
    write: (keys) => recall(name, keys.join(" ")),
  };
}

/** Once something was done to the rows of a list they are no longer ticked. */
function forgetTicked(): void {
  const done = document.querySelector<HTMLElement>("[data-forget-ticked]")?.dataset.forgetTicked;
  if (done) forgetBeginningWith(`ticked:${done}?`);
}

/** Lists: what a row links to opens on a click anywhere in it; columns are chosen in the URL. */
export function startLists(): void {
  applyOnceClosed();
  forgetTicked();
  startTicking();
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("a, button, input, label, select, summary")) return;
    if (String(window.getSelection()) !== "") return;
    const link = target.closest("tr[data-opens]")?.querySelector<HTMLAnchorElement>("a[data-open]");
    if (!link) return;
    if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
    else link.click();
  });
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-print]")) window.print();
    const toggle = (event.target as Element).closest("[data-filters]");
    const bar = toggle?.closest(".list-bar");
    if (toggle && bar) toggle.setAttribute("aria-expanded", String(bar.toggleAttribute("data-open")));
  });
  document.addEventListener("change", (event) => {
    const target = event.target;
    if (!(target instanceof HTMLElement) || target.closest("[data-apply]")) return;
    target.closest<HTMLFormElement>("form[data-autosubmit]:not([hx-get])")?.requestSubmit();
    const link = target.closest<HTMLSelectElement>("select[data-goes]");
    if (link) window.location.assign(link.value);
  });
  // A filter left empty has no place in an address that is sent to a colleague.
  document.addEventListener("formdata", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== "get") return;
    for (const [name, value] of [...event.formData.entries()]) {
      if (value === "") event.formData.delete(name);
    }
    if (hasUsualColumns(form)) event.formData.delete("columns");
  });
}
