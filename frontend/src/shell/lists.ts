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

/** Rows that are ticked: how many, all of the page, all that was found. */
function startTicking(): void {
  const bar = document.querySelector<HTMLFormElement>("#list-ticked");
  const all = document.querySelector<HTMLInputElement>("[data-tick-all]");
  const said = bar?.querySelector<HTMLElement>("[data-ticked]");
  if (!bar || !all || !said) return;
  const rows = [...document.querySelectorAll<HTMLInputElement>('input[name="rows"]')];
  const show = (): void => {
    const count = rows.filter((row) => row.checked).length;
    all.checked = count === rows.length;
    all.indeterminate = count > 0 && count < rows.length;
    bar.toggleAttribute("data-any", count > 0);
    said.textContent = count ? (said.dataset.ticked ?? "").replace("{count}", String(count)) : "";
  };
  const tick = (checked: boolean): void => {
    for (const row of rows) row.checked = checked;
    show();
  };
  for (const row of rows) row.addEventListener("change", show);
  all.addEventListener("change", () => tick(all.checked));
  bar.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("button");
    if (button?.hasAttribute("data-tick-none")) {
      tick(false);
      all.focus();
    }
    if (button?.hasAttribute("data-tick-found")) {
      // No row is named: what is done is done to all that was found.
      tick(false);
      bar.setAttribute("data-any", "");
      all.checked = true;
      said.textContent = button.textContent;
    }
  });
  show();
}

/** Lists: what a row links to opens on a click anywhere in it; columns are chosen in the URL. */
export function startLists(): void {
  applyOnceClosed();
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
