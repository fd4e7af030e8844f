import { parseAsync, renderDocument } from "docx-preview";
import { word } from "../shell/words";
import { markNumbers, writeNumbers } from "./numbering";

const A4_PIXELS = 794;
const LOOKS = {
  className: "docx",
  inWrapper: true,
  ignoreLastRenderedPageBreak: true,
  useBase64URL: true,
  renderComments: false,
};

/** Shows the Word file that *coming* brings, page by page, as wide as there is room. */
export async function showDocument(place: HTMLElement, coming: Promise<Response>): Promise<void> {
  const pages = place.querySelector<HTMLElement>("[data-pages]");
  const note = place.querySelector<HTMLElement>("[data-preview-note]");
  if (!pages || !note) return;
  if (!pages.hasChildNodes()) note.textContent = word("drawing");
  place.ariaBusy = "true";
  try {
    const answer = await coming;
    if (!answer.ok) throw new Error(String(answer.status));
    const file = await answer.blob();
    const made = document.createElement("div");
    const read = await parseAsync(file, LOOKS);
    markNumbers(read);
    made.append(...(await renderDocument(read, LOOKS)));
    // The renderer gives pictures no words; the document's own text says what they are.
    for (const image of made.querySelectorAll<HTMLImageElement>("img:not([alt])")) image.alt = "";
    pages.replaceChildren(made);
    writeNumbers(made);
    fit(place, pages);
    note.textContent = "";
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    note.textContent = word("notDrawn");
    pages.replaceChildren();
  }
  place.ariaBusy = null;
}

function fit(place: HTMLElement, pages: HTMLElement): void {
  const resize = (): void => {
    const room = place.clientWidth - 16;
    pages.style.setProperty("zoom", String(Math.min(1, room / A4_PIXELS)));
  };
  resize();
  new ResizeObserver(resize).observe(place);
}
