const NAME = "intake-kept";

/** Keeps what is typed about the deposit *key* while its customer's archive is opened. */
export function keepDraft(form: HTMLFormElement, key: string): void {
  const typed = [...new FormData(form)].filter(([name]) => !/^(customer|csrf_token)$/.test(name));
  try {
    sessionStorage.setItem(NAME, JSON.stringify({ key, typed }));
  } catch {
    // It is typed once more.
  }
}

/** Takes up what was kept, once, where the very deposit is on the desk again. */
export function takeUpDraft(form: HTMLFormElement): void {
  try {
    const kept = JSON.parse(sessionStorage.getItem(NAME) ?? "null");
    if (!kept || kept.key !== form.dataset.filing) return;
    sessionStorage.removeItem(NAME);
    for (const [name, value] of kept.typed as [string, string][]) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement && field.type === "checkbox") {
        field.checked = true;
        field.dispatchEvent(new Event("change", { bubbles: true }));
      } else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
        field.value = value;
      }
    }
  } catch {
    // Nothing was kept.
  }
}
