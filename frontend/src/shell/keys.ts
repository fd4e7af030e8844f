/** True while the person is typing, so that a single letter must not act as a shortcut. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** `/` goes to the search field. */
export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target)) return;
    const field = document.querySelector<HTMLInputElement>("[data-search-field]");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
