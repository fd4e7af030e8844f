import { word } from "./words";

/** What the server offers: `text` goes into the field, `label` and `note` are shown in the list. */
interface Offer {
  text: string;
  label: string;
  note: string;
  /** Where it leads, in a field with `data-leads`. */
  address?: string;
}

/** Said by a field when something was taken from its list and the focus is still there. */
export const TAKEN = "lookup:taken";
const PAUSE_MS = 120;

/**
 * A combobox (WAI-ARIA, list with manual or automatic selection) whose offers come from the server
 * as one types. With `data-free` any text may stay as typed, so that nothing is chosen unasked;
 * without it the first offer is marked, and Enter or Tab takes it. With `data-leads` an offer is a
 * page that is opened, and Enter sends the form as long as none is marked.
 */
class Lookup {
  private readonly text: HTMLInputElement;
  private readonly box: HTMLElement;
  private readonly list: HTMLElement;
  private readonly nothing: HTMLElement;
  private readonly status: HTMLElement;
  private offers: Offer[] = [];
  private at = -1;
  private pause = 0;
  private asking: AbortController | null = null;
  private takeFirst = false;

  constructor(private readonly root: HTMLElement) {
    this.text = part<HTMLInputElement>(root, "[role=combobox]");
    this.box = part(root, "[data-lookup-box]");
    this.list = part(root, "[role=listbox]");
    this.nothing = part(root, "[data-lookup-nothing]");
    this.status = part(root, "[role=status]");
    this.listen();
    this.selectAll();
  }

  private get isFree(): boolean {
    return this.root.hasAttribute("data-free");
  }

  private get isLeading(): boolean {
    return this.root.hasAttribute("data-leads");
  }

  private get isOpen(): boolean {
    return !this.box.hidden;
  }

  /** The next key takes the place of what was chosen before; a text of one's own is kept. */
  private selectAll(): void {
    if (!this.isFree) this.text.select();
  }

  /** Ask a moment after the last key; an answer to what was typed before is dropped. */
  private askSoon(): void {
    this.forget();
    if (!this.text.value.trim()) {
      this.close();
      return;
    }
    this.pause = window.setTimeout(() => void this.ask(), PAUSE_MS);
  }

  private async ask(): Promise<void> {
    this.forget();
    const asking = new AbortController();
    this.asking = asking;
    const address = new URL(this.root.dataset.lookup ?? "", location.href);
    address.searchParams.set("q", this.text.value.trim());
    try {
      const answer = await fetch(address, {
        headers: { Accept: "application/json" },
        signal: asking.signal,
      });
      if (!answer.ok) throw new Error(answer.statusText);
      const offers = (await answer.json()) as Offer[];
      if (this.asking === asking) this.show(offers);
    } catch {
      if (this.asking === asking) this.close(); // what was typed stays; the form says what is wrong
    }
  }

  /** Whatever was asked before is of no interest any more. */
  private forget(): void {
    clearTimeout(this.pause);
    this.pause = 0;
    this.asking?.abort();
    this.asking = null;
  }

  private get isWaiting(): boolean {
    return this.pause !== 0 || this.asking !== null;
  }

  private show(offers: Offer[]): void {
    this.forget();
    this.offers = offers;
    if (this.takeFirst && offers[0]) {
      this.take(offers[0]);
      return;
    }
    this.takeFirst = false;
    this.list.replaceChildren(...offers.map((offer, place) => this.line(offer, place)));
    this.nothing.hidden = offers.length > 0;
    this.status.textContent = offers.length
      ? word("offered", { count: offers.length })
      : this.nothing.textContent;
    const isNew = !this.isOpen;
    this.box.hidden = false;
    this.text.setAttribute("aria-expanded", "true");
    this.mark(this.isFree || !offers.length ? -1 : 0);
    if (isNew) this.box.scrollIntoView({ block: "nearest" });
  }

  private close(): void {
    this.forget();
    this.takeFirst = false;
    this.box.hidden = true;
    this.offers = [];
    this.text.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  private mark(place: number): void {
    this.at = place;
    this.text.removeAttribute("aria-activedescendant");
    for (const [index, line] of [...this.list.children].entries()) {
      line.setAttribute("aria-selected", String(index === place));
      if (index !== place) continue;
      this.text.setAttribute("aria-activedescendant", line.id);
      line.scrollIntoView({ block: "nearest" });
    }
  }

  private step(by: 1 | -1): void {
    const last = this.offers.length - 1;
    if (last < 0) return;
    const next = this.at + by;
    this.mark(next > last ? 0 : next < 0 ? last : next);
  }

  /** Puts *offer* into the field; `isLeaving` where the key itself goes on to the next field. */
  private take(offer: Offer, isLeaving = false): void {
    this.close();
    if (this.isLeading) {
      if (offer.address) location.assign(offer.address);
      return;
    }
    this.text.value = offer.text;
    this.text.removeAttribute("aria-invalid");
    this.status.textContent = "";
    this.text.dispatchEvent(new Event("change", { bubbles: true }));
    if (!isLeaving) this.text.dispatchEvent(new Event(TAKEN, { bubbles: true }));
  }

  private line(offer: Offer, place: number): HTMLElement {
    const line = document.createElement("li");
    line.id = `${this.list.id}-${place}`;
    line.setAttribute("role", "option");
    const note = document.createElement("span");
    note.className = "code";
    note.textContent = offer.note;
    line.append(offer.label, note);
    line.addEventListener("click", () => this.take(offer));
    return line;
  }

  private listen(): void {
    this.text.addEventListener("input", () => this.askSoon());
    this.text.addEventListener("blur", () => this.close());
    this.text.addEventListener("focus", () => this.selectAll());
    this.text.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey) return;
      if (this.act(event.key)) {
        event.preventDefault();
        event.stopPropagation();
      }
    });
    // The field keeps the focus, or the list would be gone before the click; scrolling stays.
    this.box.addEventListener("mousedown", (event) => event.preventDefault());
  }

  /** Does what *key* asks; says whether the key is used up. */
  private act(key: string): boolean {
    switch (key) {
      case "ArrowDown":
      case "ArrowUp":
        if (this.isOpen) this.step(key === "ArrowDown" ? 1 : -1);
        else void this.ask();
        return true;
      case "Enter":
        return this.enter();
      case "Escape":
        if (!this.isOpen) return false;
        this.close();
        return true;
      case "Tab":
        if (!this.isLeading) this.takeMarked(true);
        return false;
      default:
        return false;
    }
  }

  /** Takes what is marked; before the answer is there, what it will offer first. */
  private enter(): boolean {
    if (this.takeMarked()) return true;
    if (!this.isFree && this.isWaiting) {
      this.takeFirst = true;
      return true;
    }
    if (this.isLeading) this.forget();
    if (!this.isOpen) return false;
    this.close();
    return !this.isLeading;
  }

  private takeMarked(isLeaving = false): boolean {
    const offer = this.offers[this.at];
    if (!this.isOpen || !offer || this.isWaiting) return false;
    this.take(offer, isLeaving);
    return true;
  }
}

function part<T extends HTMLElement>(root: HTMLElement, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`the field lacks ${selector}`);
  return found;
}

/** Fields with `data-lookup="<address>"`, also those that come later with a row or a fragment. */
export function startLookups(): void {
  const started = new WeakSet<HTMLElement>();
  document.addEventListener("focusin", (event) => {
    const root = (event.target as Element).closest<HTMLElement>("[data-lookup]");
    if (!root || started.has(root)) return;
    started.add(root);
    new Lookup(root);
  });
}
