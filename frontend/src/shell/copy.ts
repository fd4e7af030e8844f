import { say } from "./toast";
import { word } from "./words";

async function copy(button: HTMLElement): Promise<void> {
  const text = button.dataset.copy ?? "";
  try {
    await navigator.clipboard.writeText(text);
    say(word("copied"), "success");
  } catch {
    // The clipboard needs HTTPS or localhost: show the text to copy by hand.
    window.prompt(word("copyByHand"), text);
  }
}

/** Buttons with `data-copy="text"` put that text on the clipboard and say so. */
export function startCopying(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    if (button) void copy(button);
  });
}
