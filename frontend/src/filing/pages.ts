import { say } from "../shell/toast";
import { word } from "../shell/words";
import { ask } from "./ask";
import { loadInSight } from "./small";
import { part } from "./viewer";

const PAPERS = "papers-made";

/** What the person has made of the pages: for each paper the numbers of its pages. */
export interface PapersMade {
  address: string;
  papers: number[][];
}

/**
 * The pages of one file as tiles: a paper begins where it is cut, tiles are put in order by keys, by
 * the tools or by dragging, and taken out. Nothing is sent until the person says so.
 */
class Pages {
  private readonly list: HTMLElement;
  private readonly done: HTMLButtonElement;
  private readonly total: number;

  constructor(private readonly root: HTMLElement) {
    this.list = part(root, "[data-arrange-pages]");
    this.done = part(root, "[data-arrange-done]");
    this.total = this.tiles.length;
    root.addEventListener("click", (event) => this.click(event.target as Element));
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("focusin", (event) => this.choose(event.target as HTMLElement));
    this.startDragging();
    loadInSight(this.tiles.map((tile) => part<HTMLImageElement>(tile, "img")));
    this.tell();
    this.tiles[0]?.focus({ preventScroll: true });
    this.choose(this.tiles[0]);
  }

  private get tiles(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[data-page]")];
  }

  private get chosen(): HTMLElement | undefined {
    return this.list.querySelector<HTMLElement>('[tabindex="0"]') ?? this.tiles[0];
  }

  /** The papers as they are now; a page that is taken out is in none. */
  private get papers(): number[][] {
    const made: number[][] = [];
    let begins = true;
    for (const tile of this.tiles) {
      begins ||= tile.dataset.cut !== undefined;
      if (tile.dataset.out !== undefined) continue;
      if (begins) made.push([]);
      made[made.length - 1]?.push(Number(tile.dataset.page));
      begins = false;
    }
    return made;
  }

  private choose(tile: HTMLElement | undefined): void {
    for (const each of this.tiles) each.tabIndex = each === tile ? 0 : -1;
  }

  private click(target: Element): void {
    const tile = target.closest<HTMLElement>("[data-page]");
    if (tile) this.choose(tile);
    if (target.closest("[data-arrange-done]")) this.send();
    const act = target.closest<HTMLElement>("[data-page-act]")?.dataset.pageAct;
    if (act) this.act(act);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey) return;
    const acts: Record<string, string> = {
      " ": "cut", Delete: "out", Backspace: "out", d: "out", r: "turn", p: "proposed", z: "reset",
      ...(event.altKey ? { ArrowLeft: "earlier", ArrowRight: "later" } : {}),
    };
    const act = acts[event.key] ?? acts[event.key.toLowerCase()];
    const steps: Record<string, number> = {
      ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.across, ArrowDown: this.across,
      Home: -this.total, End: this.total,
    };
    const step = steps[event.key];
    if (act) this.act(act);
    else if (event.key === "Enter") this.send();
    else if (step !== undefined) this.step(step);
    else return;
    event.preventDefault();
    event.stopPropagation(); // these keys mean something else elsewhere on the page
  }

  private get across(): number {
    const [first] = this.tiles;
    return this.tiles.filter((each) => each.offsetTop === first?.offsetTop).length || 1;
  }

  private step(by: number): void {
    const tiles = this.tiles;
    const at = tiles.indexOf(this.chosen as HTMLElement) + by;
    const next = tiles[Math.min(tiles.length - 1, Math.max(0, at))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  private act(name: string): void {
    const tile = this.chosen;
    if (!tile) return;
    if (name === "cut") flip(tile, "cut");
    if (name === "out") flip(tile, "out");
    if (name === "earlier") tile.previousElementSibling?.before(tile);
    if (name === "later") tile.nextElementSibling?.after(tile);
    if (name === "turn") void this.turn(tile);
    if (name === "proposed") this.propose();
    if (name === "reset") this.reset();
    this.tell();
    tile.focus();
  }

  private propose(): void {
    const first: number[] = JSON.parse(this.root.dataset.firstPages ?? "[]");
    const spare: number[] = JSON.parse(this.root.dataset.sparePages ?? "[]");
    for (const tile of this.tiles) {
      const page = Number(tile.dataset.page);
      tile.toggleAttribute("data-cut", first.includes(page));
      tile.toggleAttribute("data-out", spare.includes(page));
    }
  }

  private reset(): void {
    const inOrder = this.tiles.sort((a, b) => Number(a.dataset.page) - Number(b.dataset.page));
    for (const tile of inOrder) {
      delete tile.dataset.cut;
      delete tile.dataset.out;
    }
    this.list.append(...inOrder);
  }

  /** Turns a page by a quarter, for good, as in the viewer. */
  private async turn(tile: HTMLElement): Promise<void> {
    const address = (this.root.dataset.turn ?? "").replace("/0/", `/${tile.dataset.page}/`);
    const body = new URLSearchParams({ way: "right" });
    const answer = await ask(address, { method: "POST", body });
    const said = (await answer?.json()) as { turn?: number; detail?: string } | undefined;
    if (!answer?.ok) {
      if (said?.detail) say(said.detail, "danger");
      return;
    }
    const image = part<HTMLImageElement>(tile, "img");
    image.src = `${image.dataset.src}&turn=${said?.turn}`;
  }

  /** Which paper begins where, and what the button would do. */
  private tell(): void {
    const papers = this.papers;
    const firsts = new Map(papers.map((paper, place) => [paper[0], place + 1]));
    for (const tile of this.tiles) {
      const number = firsts.get(Number(tile.dataset.page));
      const isOut = tile.dataset.out !== undefined;
      tile.classList.toggle("begins", number !== undefined && papers.length > 1);
      const name = isOut ? word("takenOut") : number && papers.length > 1 ? word("paper", { number }) : "";
      part(tile, "[data-paper-name]").textContent = name;
    }
    const out = this.total - papers.flat().length;
    const isMoved = papers.flat().some((page, at, all) => at > 0 && page < (all[at - 1] ?? 0));
    this.done.disabled = papers.length === 0 || (papers.length === 1 && !out && !isMoved);
    const how = papers.length > 1
      ? out ? "arrangeCutOut" : "arrangeCut"
      : out ? "arrangeOut" : isMoved ? "arrangeKeep" : "arrangeNone";
    part(this.done, "[data-arrange-words]").textContent = word(how, { papers: papers.length, out });
  }

  private send(): void {
    if (this.done.disabled) return;
    const detail: PapersMade = { address: this.root.dataset.arranging ?? "", papers: this.papers };
    this.root.dispatchEvent(new CustomEvent<PapersMade>(PAPERS, { bubbles: true, detail }));
  }

  private startDragging(): void {
    let dragged: HTMLElement | null = null;
    this.list.addEventListener("dragstart", (event) => {
      dragged = (event.target as HTMLElement).closest<HTMLElement>("[data-page]");
      event.dataTransfer?.setData("text/plain", dragged?.dataset.page ?? "");
    });
    this.list.addEventListener("dragover", (event) => {
      const over = (event.target as HTMLElement).closest<HTMLElement>("[data-page]");
      if (!dragged || !over || over === dragged) return;
      event.preventDefault();
      const { left, width } = over.getBoundingClientRect();
      if (event.clientX > left + width / 2) over.after(dragged);
      else over.before(dragged);
    });
    this.list.addEventListener("drop", (event) => event.preventDefault());
    this.list.addEventListener("dragend", () => {
      this.choose(dragged ?? undefined);
      dragged = null;
      this.tell();
    });
  }
}

/** Starts the tiles inside *place*, where there are any. */
export function startPages(place: HTMLElement): void {
  const root = place.querySelector<HTMLElement>("[data-arranging]");
  if (root) new Pages(root);
}

/** What is done once the person has made papers. */
export function onPapersMade(root: HTMLElement, act: (made: PapersMade) => void): void {
  root.addEventListener(PAPERS, (event) => act((event as CustomEvent<PapersMade>).detail));
}

function flip(tile: HTMLElement, name: "cut" | "out"): void {
  if (tile.dataset[name] === undefined) tile.dataset[name] = "";
  else delete tile.dataset[name];
}
