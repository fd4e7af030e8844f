import { isTyping } from "../shell/keys";
import { word } from "../shell/words";

const ZOOMS = [1, 1.5, 2, 3, 4];
const WIDTHS = [900, 1400, 2200];

/** Shows one page at a time, as the server draws it; turning and zooming change only the view. */
export class Viewer {
  private page = 1;
  private turn = 0;
  private zoom = 0;
  private width = 0;
  private readonly pages: number;
  private readonly image: HTMLImageElement;
  private readonly stage: HTMLElement;
  private readonly sheet: HTMLElement;
  private readonly note: HTMLElement;
  private readonly again: HTMLElement;
  private readonly number: HTMLInputElement | null;

  constructor(private readonly root: HTMLElement) {
    this.pages = Number(root.dataset.pages);
    this.image = part(root, "[data-page-image]");
    this.stage = part(root, "[data-stage]");
    this.sheet = part(root, "[data-sheet]");
    this.note = part(root, "[data-note]");
    this.again = part(root, "[data-again]");
    this.number = root.querySelector("[data-page-number]");
    this.listen();
    this.show(1);
  }

  /** Whether the viewer is still on the page. */
  get isShown(): boolean {
    return this.root.isConnected;
  }

  step(by: number): void {
    this.show(this.page + by);
  }

  rotate(): void {
    this.turn = (this.turn + 90) % 360;
    this.fit();
  }

  zoomBy(by: number): void {
    this.zoom = Math.min(ZOOMS.length - 1, Math.max(0, this.zoom + by));
    this.fit();
    if (this.wantedWidth() > this.width) this.load();
  }

  private show(page: number): void {
    const wanted = Math.min(this.pages, Math.max(1, page));
    if (this.number) this.number.value = String(wanted);
    if (wanted === this.page && this.width) return;
    this.page = wanted;
    this.stage.scrollTo(0, 0);
    this.load();
  }

  private load(again = false): void {
    this.width = this.wantedWidth();
    const address = (this.root.dataset.address ?? "").replace(/\/0(?=$|\?)/, `/${this.page}`);
    const joint = address.includes("?") ? "&" : "?";
    this.say(word("drawing"));
    this.again.hidden = true;
    this.image.src = `${address}${joint}width=${this.width}${again ? "&again=yes" : ""}`;
    this.image.alt = word("page", { page: this.page, pages: this.pages });
    for (const button of this.root.querySelectorAll<HTMLButtonElement>("[data-page-step]")) {
      const next = this.page + Number(button.dataset.pageStep);
      button.disabled = next < 1 || next > this.pages;
    }
  }

  private wantedWidth(): number {
    const asked = this.stage.clientWidth * devicePixelRatio * (ZOOMS[this.zoom] ?? 1);
    return WIDTHS.find((width) => width >= asked * 0.9) ?? WIDTHS[WIDTHS.length - 1] ?? 900;
  }

  /** The sheet takes the size that the turned and zoomed page needs, so that the stage scrolls. */
  private fit(): void {
    const { naturalWidth: across, naturalHeight: down } = this.image;
    if (!across || !down) return;
    const sideways = this.turn % 180 !== 0;
    const [width, height] = sideways ? [down, across] : [across, down];
    const whole = Math.min(this.stage.clientWidth / width, this.stage.clientHeight / height);
    const scale = whole * (ZOOMS[this.zoom] ?? 1);
    this.sheet.style.width = `${width * scale}px`;
    this.sheet.style.height = `${height * scale}px`;
    this.image.style.width = `${across * scale}px`;
    this.image.style.height = `${down * scale}px`;
    this.image.style.transform = `translate(-50%, -50%) rotate(${this.turn}deg)`;
  }

  private say(text: string): void {
    this.note.textContent = text;
    this.note.hidden = !text;
  }

  private listen(): void {
    this.image.addEventListener("load", () => {
      this.say("");
      this.image.hidden = false;
      this.fit();
    });
    this.image.addEventListener("error", () => {
      this.image.hidden = true;
      this.say(word("notDrawn"));
      this.again.hidden = false;
    });
    this.root.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("button");
      if (!button) return;
      if (button.dataset.pageStep) this.step(Number(button.dataset.pageStep));
      if (button.dataset.zoom) this.zoomBy(Number(button.dataset.zoom));
      if (button.hasAttribute("data-rotate")) this.rotate();
      if (button === this.again) this.load(true);
    });
    this.number?.addEventListener("change", () => this.show(Number(this.number?.value) || 1));
    new ResizeObserver(() => this.fit()).observe(this.stage);
  }
}

/** Starts the viewer inside *place*, if there is one. */
export function startViewer(place: ParentNode): Viewer | null {
  const root = place.querySelector<HTMLElement>("[data-viewer]");
  return root ? new Viewer(root) : null;
}

/** Page and view keys; says whether the key was one of them. */
export function steerViewer(viewer: Viewer | null, event: KeyboardEvent): boolean {
  if (!viewer?.isShown || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) {
    return false;
  }
  const acts: Record<string, () => void> = {
    ArrowLeft: () => viewer.step(-1),
    ArrowRight: () => viewer.step(1),
    r: () => viewer.rotate(),
    R: () => viewer.rotate(),
    "+": () => viewer.zoomBy(1),
    "=": () => viewer.zoomBy(1),
    "-": () => viewer.zoomBy(-1),
  };
  const act = acts[event.key];
  act?.();
  return act !== undefined;
}

export function part<T extends Element>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`the page lacks ${selector}`);
  return found;
}
