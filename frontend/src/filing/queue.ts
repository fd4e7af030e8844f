import { word } from "../shell/words";
import { parsed } from "./ask";
import { part } from "./viewer";

/** The stack at the left: which one is open, which are picked, how many are left. */
export class Queue {
  private readonly list: HTMLElement;
  private readonly all: HTMLInputElement;
  private readonly picked: HTMLElement;
  private readonly several: NodeListOf<HTMLButtonElement>;
  private readonly sure: HTMLButtonElement | null; // nobody else files
  private readonly allWords: string;

  constructor(private readonly root: HTMLElement) {
    this.list = part(root, "[data-queue]");
    this.all = part(root, "[data-pick-all]");
    this.picked = part(root, "[data-picked]");
    this.several = root.querySelectorAll("[data-file-several], [data-reject-several]");
    this.sure = root.querySelector("[data-file-sure]");
    this.allWords = this.picked.textContent ?? "";
    root.addEventListener("change", (event) => {
      const box = event.target as HTMLInputElement;
      if (box === this.all) for (const each of this.boxes()) each.checked = this.all.checked;
      if (box === this.all || box.matches("[data-pick]")) this.countPicked();
    });
    this.countSure();
  }

  get keys(): string[] {
    return this.rows().map((row) => row.dataset.row ?? "");
  }

  get pickedKeys(): string[] {
    return this.boxes()
      .filter((box) => box.checked)
      .map((box) => box.value);
  }

  add(row: string, key: string): void {
    if (this.find(key)) return;
    this.list.append(parsed(row));
    this.countPicked();
  }

  /** Draws the line of *key* anew, or adds it; says whether it says something else than before. */
  update(row: string, key: string): boolean {
    const old = this.find(key);
    const fresh = parsed(row).firstElementChild as HTMLElement | null;
    if (!fresh) return false;
    if (!old) {
      this.list.append(fresh);
      this.countPicked();
      return true;
    }
    const hasChanged = old.dataset.mark !== fresh.dataset.mark;
    for (const name of ["data-mark", "data-sure", "data-being-read"]) {
      const value = fresh.getAttribute(name);
      if (value === null) old.removeAttribute(name);
      else old.setAttribute(name, value);
    }
    old.querySelector(".queue-words")?.replaceWith(fresh.querySelector(".queue-words") ?? "");
    // An image that is there stays: it does not flicker.
    const image = old.querySelector<HTMLImageElement>("img");
    if (!image?.naturalWidth) {
      old.querySelector(".queue-thumb")?.replaceWith(fresh.querySelector(".queue-thumb") ?? "");
    }
    this.countSure();
    return hasChanged;
  }

  /** Each line as the server knows it: its deposit, and the mark of what it says. */
  get lines(): string[] {
    return this.rows().map((row) => `${row.dataset.row}:${row.dataset.mark}`);
  }

  /** Whether more will be known of one of them in a moment. */
  get isBusy(): boolean {
    return this.list.querySelector("[data-being-read]") !== null;
  }

  get sureKeys(): string[] {
    return this.rows()
      .filter((row) => row.dataset.sure !== undefined)
      .map((row) => row.dataset.row ?? "");
  }

  /** Puts lines back onto the stack, where *before* is or at its end. */
  put(keys: string[], rows: string[], before?: string): void {
    const place = before ? this.find(before) : null;
    keys.forEach((key, at) => {
      if (this.find(key)) return;
      const row = parsed(rows[at] ?? "");
      if (place) place.before(row);
      else this.list.append(row);
    });
    this.countPicked();
  }

  remove(key: string): void {
    this.find(key)?.remove();
    this.countPicked();
  }

  markOpen(key: string | null): void {
    for (const row of this.rows()) {
      const isOpen = row.dataset.row === key;
      row.classList.toggle("is-open", isOpen);
      const link = row.querySelector("a");
      if (isOpen) link?.setAttribute("aria-current", "true");
      else link?.removeAttribute("aria-current");
      if (isOpen) this.bringIntoView(row);
    }
  }

  /** The small image of *key* is drawn again: its first page was turned. */
  refreshThumbnail(key: string, turn: number): void {
    const image = this.find(key)?.querySelector<HTMLImageElement>("img");
    if (image) image.src = `${image.src.split("?")[0]}?turn=${turn}`;
  }

  /** Picks *key*, or no longer. */
  pick(key: string): void {
    const box = this.find(key)?.querySelector<HTMLInputElement>("[data-pick]");
    if (box) box.checked = !box.checked;
    this.countPicked();
  }

  unpickAll(): void {
    for (const box of this.boxes()) box.checked = false;
    this.countPicked();
  }

  showLeft(left: number): void {
    part<HTMLElement>(this.root, "[data-left]").textContent = String(left);
    part<HTMLElement>(this.root, "[data-queue-none]").hidden = this.keys.length > 0;
    const badge = document.querySelector(".shell-nav a[aria-current] .count")?.lastChild;
    if (badge) badge.textContent = String(left);
  }

  private countSure(): void {
    if (!this.sure) return;
    const count = this.sureKeys.length;
    this.sure.hidden = count === 0;
    part<HTMLElement>(this.sure, "[data-sure-count]").textContent = String(count);
  }

  private countPicked(): void {
    this.countSure();
    const count = this.pickedKeys.length;
    for (const button of this.several) button.disabled = count === 0;
    this.all.checked = count > 0 && count === this.keys.length;
    this.all.indeterminate = count > 0 && !this.all.checked;
    this.picked.textContent = count
      ? word("chosen", { count })
      : this.allWords;
  }

  /** Scrolls the stack alone: the page itself stays where the person has it. */
  private bringIntoView(row: HTMLElement): void {
    const above = row.offsetTop - this.list.offsetTop;
    const below = above + row.offsetHeight - this.list.clientHeight;
    if (this.list.scrollTop > above) this.list.scrollTop = above;
    else if (this.list.scrollTop < below) this.list.scrollTop = below;
  }

  private rows(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[data-row]")];
  }

  private boxes(): HTMLInputElement[] {
    return [...this.list.querySelectorAll<HTMLInputElement>("[data-pick]")];
  }

  private find(key: string): HTMLElement | null {
    return this.list.querySelector(`[data-row="${CSS.escape(key)}"]`);
  }
}
