import type { Viewer } from "./viewer";

/** Where on the pages a field that was read is written: fractions of the page turned by `turn`. */
export interface Box {
  name: string;
  page: number;
  box: [number, number, number, number];
  turn: number;
  skew: number;
}

/** What of the form says the same as a field of the paper. */
const MEANS: Record<string, string[]> = {
  customer: ["credit_code", "permit_number", "name"],
  valid_until: ["valid_until"],
  document_on: ["issued_on"],
};

/** A field lights its box on the page while it has the pointer or the focus, and is lit by it. */
export class Boxes {
  constructor(
    private readonly place: HTMLElement,
    private readonly viewer: () => Viewer | null,
  ) {
    for (const [come, go] of [["pointerover", "pointerout"], ["focusin", "focusout"]] as const) {
      place.addEventListener(come, (event) => this.light(event, come === "focusin"));
      place.addEventListener(go, () => this.viewer()?.light([], false));
    }
    place.addEventListener("click", (event) => this.choose(event.target as Element));
    place.addEventListener("box-lit", (event) => this.lightField((event as CustomEvent).detail));
  }

  /** The boxes of the paper on the desk, as the server wrote them down. */
  static of(place: HTMLElement): Box[] {
    const written = place.querySelector<HTMLElement>("[data-boxes]")?.dataset.boxes;
    return JSON.parse(written ?? "[]") as Box[];
  }

  private light(event: Event, goThere: boolean): void {
    const target = event.target as HTMLInputElement;
    const field = target.closest<HTMLElement>("[data-read-field]");
    const names = field ? [field.dataset.readField ?? ""] : goThere ? MEANS[target.name] : undefined;
    if (names) this.viewer()?.light(names, goThere);
  }

  /** A press on a box leads to its field; a press on a field shows its box, whatever page it is on. */
  private choose(target: Element): void {
    const field = target.closest<HTMLElement>("[data-read-field]");
    if (field) this.viewer()?.light([field.dataset.readField ?? ""], true);
    const box = target.closest<HTMLElement>("[data-box]");
    if (box) this.field(box.dataset.box ?? "")?.focus();
  }

  private lightField(name: string): void {
    for (const each of this.place.querySelectorAll("[data-read-field]")) {
      each.classList.toggle("is-lit", each === this.field(name));
    }
    this.field(name)?.scrollIntoView({ block: "nearest" });
  }

  private field(name: string): HTMLElement | null {
    return this.place.querySelector(`[data-read-field="${CSS.escape(name)}"]`);
  }
}

/** *box*, of a page turned to read upright, where that page is drawn turned by *drawn* degrees. */
export function asDrawn({ box, turn }: Box, drawn: number): Box["box"] {
  const [left, top, right, bottom] = box;
  switch ((drawn - turn + 720) % 360) {
    case 90:
      return [1 - bottom, left, 1 - top, right];
    case 180:
      return [1 - right, 1 - bottom, 1 - left, 1 - top];
    case 270:
      return [top, 1 - right, bottom, 1 - left];
    default:
      return box;
  }
}
