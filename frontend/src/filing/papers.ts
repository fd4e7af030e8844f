/**
 * The list of several papers: each has its own title, proposed from its file's own words or from
 * the kind and its number; they are put in order, and left out, one by one.
 */
export function startPapers(place: HTMLElement, form: HTMLFormElement): void {
  const list = place.querySelector<HTMLElement>("[data-papers]");
  if (!list) return;
  const kind = form.elements.namedItem("kind") as HTMLSelectElement;

  const proposed = (title: HTMLInputElement, place: number): string => {
    const word = kind.value ? (kind.selectedOptions[0]?.text ?? "") : "";
    return title.dataset.paperTitle || (word ? `${word} ${place + 1}` : "");
  };
  const propose = (): void => {
    for (const [place, title] of titles(list).entries()) {
      if (!title.dataset.isOwn) title.value = proposed(title, place);
    }
  };
  for (const [place, title] of titles(list).entries()) {
    if (title.value && title.value !== proposed(title, place)) title.dataset.isOwn = "yes";
  }
  list.addEventListener("input", (event) => {
    const field = event.target as HTMLInputElement;
    if (field.value) field.dataset.isOwn = "yes";
    else delete field.dataset.isOwn;
  });
  list.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("button");
    const row = button?.closest<HTMLElement>("[data-paper-row]");
    if (!button || !row) return;
    if (button.hasAttribute("data-paper-drop")) {
      if (rows(list).length > 1) row.remove();
    } else if (button.dataset.paperMove === "-1") {
      row.previousElementSibling?.before(row);
      button.focus();
    } else {
      row.nextElementSibling?.after(row);
      button.focus();
    }
    renumber(list);
    propose();
  });
  kind.addEventListener("change", propose);
  renumber(list);
}

function rows(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>("[data-paper-row]")];
}

function titles(list: HTMLElement): HTMLInputElement[] {
  return [...list.querySelectorAll<HTMLInputElement>("[data-paper-title]")];
}

/** The server takes them in the order of their numbers. */
function renumber(list: HTMLElement): void {
  rows(list).forEach((row, place) => {
    const number = row.querySelector("[data-paper-number]");
    if (number) number.textContent = String(place + 1);
    for (const field of row.querySelectorAll("input")) {
      field.name = field.name.replace(/^papers-\d+-/, `papers-${place}-`);
    }
  });
}
