/** True while the person is typing, so that a single letter must not act as a shortcut. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** `/` goes to the search field. */
export function startKeys(): void {
  // The browser brings only the caret into sight: a text box of several lines stays under the buttons.
  document.addEventListener("keyup", (event) => {
    const focused = document.activeElement;
    if (event.key === "Tab" && focused instanceof HTMLTextAreaElement) focused.scrollIntoView({ block: "nearest" });
  });
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

const TAKEN_BY_INPUT_METHOD = 229; // the only sign of it that Safari gives at the last key of a word

/**
 * While an input method puts a word together, its keys and letters are its own: the arrows and
 * figures that choose among its words, the Enter or Esc that ends them, the letters that are no
 * text yet. No field, list or form acts on them; the whole word then comes as one input.
 */
export function leaveToInputMethod(): void {
  const first = { capture: true };
  addEventListener(
    "keydown",
    (event) => {
      if (!event.isComposing && event.keyCode !== TAKEN_BY_INPUT_METHOD) return;
      event.stopImmediatePropagation();
      // Else the browser would send the form, or empty a search field.
      if (event.key === "Enter" || event.key === "Escape") event.preventDefault();
    },
    first,
  );
  addEventListener(
    "input",
    (event) => {
      if ((event as InputEvent).isComposing) event.stopImmediatePropagation();
    },
    first,
  );
  addEventListener(
    "compositionend",
    (event) => event.target?.dispatchEvent(new Event("input", { bubbles: true })),
    first,
  );
}
