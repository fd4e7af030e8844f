import { word } from "../shell/words";
import { asDrawn, type Box } from "./boxes";

const WIDTHS = [900, 1400, 2200];
const A4 = [210, 297] as const;
const SETTLED_MS = 150;

/** One page of a file as it is on the screen: its place is there at once, its image when seen. */
export class Sheet {
  readonly element = document.createElement("div");
  readonly image = document.createElement("img");
  private readonly note = document.createElement("p");
  private readonly again = document.createElement("button");
  private readonly layer = document.createElement("div");
  private boxes: Box[] = [];
  private turned = 0; // further than the image shows, in degrees to the right
  private loadedTurn = 0;
  private width = 0;
  private wait = 0;

  constructor(
    readonly page: number,
    pages: number,
    private readonly address: string,
    private readonly isKept: boolean, // the server draws it as it was turned
    private readonly onSize: () => void,
    private drawn: number, // how far the server turned the image that is shown
  ) {
    this.element.className = "viewer-sheet";
    this.element.dataset.sheet = String(page);
    this.note.className = "viewer-note";
    this.image.alt = word("page", { page, pages });
    this.image.hidden = true;
    this.again.type = "button";
    this.again.className = "btn btn-quiet viewer-again";
    this.again.textContent = word("again");
    this.again.hidden = true;
    this.again.addEventListener("click", () => this.fetch("&again=yes"));
    this.layer.className = "viewer-boxes";
    this.layer.hidden = true;
    this.element.append(this.image, this.layer, this.note, this.again);
    this.image.addEventListener("load", () => {
      this.turned = (this.turned - this.loadedTurn + 360) % 360;
      this.drawn = (this.drawn + this.loadedTurn) % 360;
      this.loadedTurn = 0;
      this.image.hidden = false;
      this.drawBoxes();
      this.note.textContent = "";
      this.onSize();
    });
    this.image.addEventListener("error", () => {
      this.image.hidden = true;
      this.again.hidden = false;
      this.note.textContent = word("notDrawn");
    });
  }

  /** Asks for the image once the page has been in sight for a moment. */
  comeIntoSight(wanted: number, ready: () => Promise<void>): void {
    clearTimeout(this.wait);
    this.wait = window.setTimeout(() => void this.load(wanted, ready), SETTLED_MS);
  }

  showBoxes(boxes: Box[]): void {
    this.boxes = boxes;
    this.drawBoxes();
  }

  /** Lights the boxes of these fields; says whether it has one of them. */
  light(names: string[]): boolean {
    const lit = [...this.layer.children].filter((each) => {
      const isLit = names.includes((each as HTMLElement).dataset.box ?? "");
      each.classList.toggle("is-lit", isLit);
      return isLit;
    });
    return lit.length > 0;
  }

  private drawBoxes(): void {
    this.layer.hidden = this.image.hidden;
    this.layer.replaceChildren(
      ...this.boxes.map((each) => {
        const [left, top, right, bottom] = asDrawn(each, this.drawn);
        const box = document.createElement("span");
        box.dataset.box = each.name;
        box.style.inset = [top, 1 - right, 1 - bottom, left].map((part) => `${part * 100}%`).join(" ");
        box.addEventListener("pointerenter", () => this.tell(each.name));
        box.addEventListener("pointerleave", () => this.tell(""));
        return box;
      }),
    );
  }

  private tell(name: string): void {
    this.layer.dispatchEvent(new CustomEvent("box-lit", { bubbles: true, detail: name }));
  }

  leaveSight(): void {
    clearTimeout(this.wait);
  }

  async load(wanted: number, ready: () => Promise<void>): Promise<void> {
    const width = WIDTHS.find((each) => each >= wanted * 0.9) ?? WIDTHS[WIDTHS.length - 1] ?? 900;
    if (width <= this.width) return;
    this.width = width;
    if (this.image.hidden) this.note.textContent = word("drawing");
    await ready();
    this.loadedTurn = this.isKept ? this.turned : 0;
    this.fetch();
  }

  /** What proved too demanding is drawn again only where somebody asks for it. */
  private fetch(more = ""): void {
    this.again.hidden = true;
    const joint = this.address.includes("?") ? "&" : "?";
    this.image.src = `${this.address}${joint}width=${this.width}${more}`;
  }

  /** Turns what is shown, at once. */
  turn(by: number): void {
    this.turned = (this.turned + by + 360) % 360;
  }

  /** Takes the room that the page needs; in `page` each has the stage for itself. */
  layOut(stage: { width: number; height: number }, fit: "page" | "width", zoom: number): void {
    const across = this.image.naturalWidth || A4[0];
    const down = this.image.naturalHeight || A4[1];
    const [width, height] = this.turned % 180 ? [down, across] : [across, down];
    const toWidth = stage.width / width;
    const scale = (fit === "page" ? Math.min(toWidth, stage.height / height) : toWidth) * zoom;
    this.element.style.width = `${Math.max(width * scale, stage.width)}px`;
    const least = fit === "page" ? stage.height : 0;
    this.element.style.height = `${Math.max(height * scale, least)}px`;
    this.image.style.width = `${across * scale}px`;
    this.image.style.height = `${down * scale}px`;
    this.image.style.transform = `translate(-50%, -50%) rotate(${this.turned}deg)`;
    const { width: wide, height: high } = this.image.style;
    const transform = `translate(-50%, -50%) rotate(${this.turned + (this.boxes[0]?.skew ?? 0)}deg)`;
    Object.assign(this.layer.style, { width: wide, height: high, transform });
  }
}
