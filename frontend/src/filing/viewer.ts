import { isTyping } from "../shell/keys";
import { remember } from "../shell/storage";
import { say } from "../shell/toast";
import { word } from "../shell/words";
import type { Box } from "./boxes";
import { Sheet } from "./sheets";

const ZOOMS = [0.5, 0.75, 1, 1.5, 2, 3, 4];
const UNZOOMED = 2;
const FIT = "viewer-fit";

/**
 * The pages of one file, one under the other, drawn by the server when they come into sight. They
 * fit the stage as a whole or by their width; the whole window is theirs where somebody asks.
 */
export class Viewer {
  private zoom = UNZOOMED;
  private fit: "page" | "width";
  private at = 1;
  private saving: Promise<void> = Promise.resolve();
  private readonly sheets: Sheet[];
  private readonly stage: HTMLElement;
  private readonly number: HTMLInputElement | null;

  constructor(private readonly root: HTMLElement) {
    this.stage = part(root, "[data-stage]");
    this.number = root.querySelector("[data-page-number]");
    this.fit = rememberedFit();
    const pages = Number(root.dataset.pages);
    const turns = JSON.parse(root.dataset.turns ?? "{}") as Record<string, number>;
    this.sheets = Array.from({ length: pages }, (_, place) => {
      const address = pageAddress(root.dataset.address ?? "", place + 1);
      const isKept = root.dataset.turn !== undefined;
      const drawn = turns[place + 1] ?? 0;
      return new Sheet(place + 1, pages, address, isKept, () => this.layOut(), drawn);
    });
    this.stage.append(...this.sheets.map((sheet) => sheet.element));
    this.layOut();
    this.watch();
    this.listen();
    this.tell();
  }

  /** Whether the viewer is still on the page. */
  get isShown(): boolean {
    return this.root.isConnected;
  }

  get isFull(): boolean {
    return this.root.classList.contains("is-full");
  }

  /** Shows where on the pages fields are written. */
  showBoxes(boxes: Box[]): void {
    for (const sheet of this.sheets) {
      sheet.showBoxes(boxes.filter((each) => each.page === sheet.page));
    }
  }

  /** Lights the boxes of these fields, and where asked goes to the page of the first one. */
  light(names: string[], goThere: boolean): void {
    const lit = this.sheets.filter((sheet) => sheet.light(names));
    const first = lit[0];
    if (goThere && first && !lit.some((sheet) => sheet.page === this.at)) this.show(first.page);
  }

  step(by: number): void {
    this.show(this.at + by);
  }

  /** Turns the page in sight by a quarter, and keeps it so where this person may. */
  turn(way: "left" | "right"): void {
    const sheet = this.sheets[this.at - 1];
    if (!sheet) return;
    const by = way === "right" ? 90 : -90;
    sheet.turn(by);
    this.layOut();
    const address = this.root.dataset.turn;
    if (!address) return;
    this.saving = this.saving.then(() => this.keep(pageAddress(address, sheet.page), way, sheet));
  }

  zoomBy(by: number): void {
    this.zoom = Math.min(ZOOMS.length - 1, Math.max(0, this.zoom + by));
    this.layOut();
    this.askForThose();
  }

  /** The whole page, or its whole width. */
  changeFit(): void {
    this.fit = this.fit === "page" ? "width" : "page";
    remember(FIT, this.fit);
    this.zoom = UNZOOMED;
    this.layOut();
    this.show(this.at);
    this.askForThose();
  }

  /** The window is the viewer's alone, or the page has it back. */
  changeFull(): void {
    const isFull = this.root.classList.toggle("is-full");
    document.documentElement.classList.toggle("has-full-viewer", isFull);
    if (isFull) this.stage.focus({ preventScroll: true });
    this.tell();
  }

  scrollBy(stages: number): void {
    this.stage.scrollBy({ top: stages * this.stage.clientHeight * 0.9 });
  }

  private show(page: number): void {
    const wanted = Math.min(this.sheets.length, Math.max(1, page));
    const sheet = this.sheets[wanted - 1];
    if (sheet) this.stage.scrollTop = sheet.element.offsetTop;
    this.arriveAt(wanted);
  }

  private arriveAt(page: number): void {
    this.at = page;
    this.tell();
  }

  /** What the bar says: which page, and which buttons lead somewhere. */
  private tell(): void {
    if (this.number && document.activeElement !== this.number) this.number.value = String(this.at);
    for (const button of this.root.querySelectorAll<HTMLButtonElement>("[data-page-step]")) {
      const next = this.at + Number(button.dataset.pageStep);
      button.disabled = next < 1 || next > this.sheets.length;
    }
    for (const sheet of this.sheets) {
      sheet.element.toggleAttribute("data-current", sheet.page === this.at);
    }
    press(this.root, "[data-fit-width]", this.fit === "width");
    press(this.root, "[data-full]", this.isFull);
  }

  private layOut(): void {
    const stage = { width: this.stage.clientWidth, height: this.stage.clientHeight };
    if (!stage.width || !stage.height) return;
    const sheet = this.sheets[this.at - 1];
    const above = (sheet?.element.offsetTop ?? 0) - this.stage.scrollTop;
    const zoom = ZOOMS[this.zoom] ?? 1;
    for (const each of this.sheets) each.layOut(stage, this.fit, zoom);
    // What is looked at stays where it is, whatever became of the pages above it.
    if (sheet) this.stage.scrollTop = sheet.element.offsetTop - above;
  }

  private wantedWidth(): number {
    return this.stage.clientWidth * devicePixelRatio * (ZOOMS[this.zoom] ?? 1);
  }

  /** Images wide enough for the zoom, for the pages that are in sight. */
  private askForThose(): void {
    const top = this.stage.scrollTop;
    const bottom = top + this.stage.clientHeight;
    for (const sheet of this.sheets) {
      const { offsetTop, offsetHeight } = sheet.element;
      if (offsetTop < bottom && offsetTop + offsetHeight > top) this.ask(sheet);
    }
  }

  private ask(sheet: Sheet): void {
    sheet.comeIntoSight(this.wantedWidth(), () => this.saving);
  }

  private watch(): void {
    const byElement = new Map(this.sheets.map((sheet) => [sheet.element as Element, sheet]));
    const sight = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const sheet = byElement.get(entry.target);
          if (!sheet) continue;
          if (entry.isIntersecting) this.ask(sheet);
          else sheet.leaveSight();
        }
      },
      { root: this.stage, threshold: 0.02 },
    );
    for (const sheet of this.sheets) sight.observe(sheet.element);
    new ResizeObserver(() => {
      this.layOut();
      this.askForThose();
    }).observe(this.stage);
  }

  private listen(): void {
    this.stage.addEventListener("scroll", () => {
      const middle = this.stage.scrollTop + this.stage.clientHeight / 2;
      const above = this.sheets.filter((each) => each.element.offsetTop <= middle).length;
      if (above && above !== this.at) this.arriveAt(above);
    });
    this.root.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("button");
      if (!button) return;
      const { pageStep, zoom, turnWay } = button.dataset;
      if (pageStep) this.step(Number(pageStep));
      if (zoom) this.zoomBy(Number(zoom));
      if (turnWay) this.turn(turnWay === "left" ? "left" : "right");
      if (button.hasAttribute("data-fit-width")) this.changeFit();
      if (button.hasAttribute("data-full")) this.changeFull();
    });
    this.number?.addEventListener("change", () => {
      const asked = Number(this.number?.value) || 1;
      this.number?.blur();
      this.show(asked);
    });
  }

  /** The server keeps the turn; if it does not, what is shown turns back. */
  private async keep(address: string, way: string, sheet: Sheet): Promise<void> {
    const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": token ?? "" },
        body: new URLSearchParams({ way }),
      });
      const said = (await answer.json()) as { turn?: number; detail?: string };
      if (!answer.ok) throw new Error(said.detail);
      const detail = { page: sheet.page, turn: said.turn };
      this.root.dispatchEvent(new CustomEvent("turned", { bubbles: true, detail }));
    } catch (fault) {
      say((fault instanceof Error && fault.message) || word("noAnswer"), "danger");
      sheet.turn(way === "right" ? -90 : 90);
      this.layOut();
    }
  }
}

function rememberedFit(): "page" | "width" {
  try {
    return localStorage.getItem(FIT) === "width" ? "width" : "page";
  } catch {
    return "page";
  }
}

/** The address of one page: addresses hold 0 in its place. */
function pageAddress(pattern: string, page: number): string {
  return pattern.replace(/\/0(?=$|\?|\/)/, `/${page}`);
}

function press(root: HTMLElement, selector: string, isPressed: boolean): void {
  root.querySelector(selector)?.setAttribute("aria-pressed", String(isPressed));
}

type Take = (viewer: Viewer | null) => void;

/** Starts the viewer inside *place*; one whose pages are yet to be made is given when it is there. */
export function startViewer(place: ParentNode, take: Take): void {
  document.documentElement.classList.remove("has-full-viewer");
  const root = place.querySelector<HTMLElement>("[data-viewer]");
  take(root ? new Viewer(root) : null);
  const late = place.querySelector<HTMLElement>("[data-viewer-late]");
  if (late) void fetchViewer(late, late.dataset.viewerLate ?? "", take);
}

/** Puts the viewer, or the words why there is none, in the place of *late*. */
async function fetchViewer(late: HTMLElement, address: string, take: Take): Promise<void> {
  const place = late.parentElement;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    const fragment = await answer.text();
    if (!answer.ok) throw new Error(fragment);
    if (!late.isConnected || !place) return; // another file is looked at by now
    late.outerHTML = fragment;
  } catch {
    part(late, "h2").textContent = word("noAnswer");
    return;
  }
  const root = place.querySelector<HTMLElement>("[data-viewer]");
  if (root) take(new Viewer(root));
  const retry = place.querySelector<HTMLButtonElement>("[data-viewer-retry]");
  retry?.addEventListener("click", () => {
    retry.disabled = true;
    const blank = retry.closest<HTMLElement>(".viewer");
    if (blank) void fetchViewer(blank, retry.dataset.viewerRetry ?? "", take);
  });
}

/** Page and view keys; says whether the key was one of them. */
export function steerViewer(viewer: Viewer | null, event: KeyboardEvent): boolean {
  if (!viewer?.isShown || event.ctrlKey || event.metaKey || event.altKey) return false;
  const field = event.target;
  const inField = isTyping(field);
  // In a field of one line these keys mean nothing: there too they turn the pages.
  const always: Record<string, () => void> = {
    PageDown: () => viewer.scrollBy(1),
    PageUp: () => viewer.scrollBy(-1),
  };
  const acts: Record<string, () => void> = {
    ArrowLeft: () => viewer.step(-1),
    ArrowRight: () => viewer.step(1),
    r: () => viewer.turn("right"),
    R: () => viewer.turn("left"),
    w: () => viewer.changeFit(),
    f: () => viewer.changeFull(),
    "+": () => viewer.zoomBy(1),
    "=": () => viewer.zoomBy(1),
    "-": () => viewer.zoomBy(-1),
    ...(viewer.isFull ? { Escape: () => viewer.changeFull() } : {}),
  };
  const asTyped = event.shiftKey ? event.key : event.key.toLowerCase(); // Caps Lock is no Shift
  const act = inField
    ? field instanceof HTMLInputElement ? always[event.key] : undefined
    : (always[event.key] ?? acts[event.key] ?? acts[asTyped]);
  act?.();
  return act !== undefined;
}

export function part<T extends Element>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`the page lacks ${selector}`);
  return found;
}
