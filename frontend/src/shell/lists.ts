function hasUsualColumns(form: HTMLFormElement): boolean {
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[name="columns"]')];
  return boxes.every((box) => box.checked === box.hasAttribute("data-usual"));
}

/** Lists: what a row links to opens on a click anywhere in it; columns are chosen in the URL. */
export function startLists(): void {
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
    if (!(target instanceof HTMLElement)) return;
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
