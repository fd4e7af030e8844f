import { say } from "../shell/toast";
import { word } from "../shell/words";
import { ask, parsed } from "./ask";
import { Boxes } from "./boxes";
import { focusNext, startCustomer } from "./customer";
import { takeUpDraft } from "./kept";
import { startPapers } from "./papers";
import { startProposals } from "./proposals";
import type { Queue } from "./queue";
import { Said } from "./said";
import { Typed } from "./typed";
import { part, startViewer, type Viewer } from "./viewer";

interface Done {
  done: string[];
  link?: string;
  undo?: string | null;
  failed?: Record<string, string>;
  said: string;
  left: number;
}

interface Back {
  back: string[];
  rows: string[];
  done?: string[];
  undo?: string | null;
  failed?: Record<string, string>;
  said: string;
  left: number;
  detail?: string;
}

/** The desk: one deposit (or several) with its page and its form; filing brings the next one. */
export class Desk {
  viewer: Viewer | null = null;
  private open: string | null = null;
  private last: string | null = null; // the deposit that was open before several were
  private typed: Typed | null = null;
  private customer = ""; // of the paper before
  private kind = "";
  private readonly place: HTMLElement;
  private readonly said: Said;

  constructor(
    private readonly root: HTMLElement,
    private readonly queue: Queue,
    private readonly onFragment: (place: HTMLElement) => void,
  ) {
    this.place = part(root, "[data-desk]");
    this.said = new Said(part(root, "[data-said]"), (address) => void this.bringBack(address));
    this.place.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send(event.target as HTMLFormElement);
    });
    this.place.addEventListener("click", (event) => this.act(event.target as Element));
    this.place.addEventListener("turned", (event) => {
      const { page, turn } = (event as CustomEvent<{ page: number; turn: number }>).detail;
      if (page === 1 && this.open) this.queue.refreshThumbnail(this.open, turn);
    });
    new Boxes(this.place, () => this.viewer);
    this.begin();
  }

  get form(): HTMLFormElement | null {
    return this.place.querySelector("form[data-filing]");
  }

  get openKey(): string {
    return this.open ?? "";
  }

  /** Whether nothing is on the desk, or on its way there. */
  get isEmpty(): boolean {
    const isBlank = this.form === null && this.open === null;
    return isBlank && !this.place.hasAttribute("aria-busy");
  }

  /**
   * Opens the deposit *key*, or after filing (`goOn`) it or the next one that nobody else works at.
   * The customer of the one filed before is one press away.
   */
  async show(key: string, goOn = false): Promise<void> {
    const address = (this.root.dataset.deskAddress ?? "").replace("KEY", key);
    const asked = this.offers();
    if (goOn) asked.set("next", "yes");
    if (!(await this.fetchInto(`${address}?${asked}`))) {
      await this.goPast(key);
      return;
    }
    const url = new URL(location.href);
    url.searchParams.delete("opened"); // that customer was for the paper before
    url.searchParams.set("deposit", this.openKey || key);
    history.replaceState(null, "", url);
    if (goOn) focusNext(this.form);
  }

  async showSeveral(address: string, keys: string[]): Promise<void> {
    if (!keys.length) return;
    const asked = this.offers();
    for (const key of keys) asked.append("deposit", key);
    await this.fetchInto(`${address}?${asked}`);
    focusNext(this.form);
  }

  /** Something else than a form about the open deposit, such as its pages. */
  async showOther(address: string): Promise<void> {
    await this.fetchInto(address);
  }

  /** Back from several papers, or from the pages of one, to the one that was open. */
  async goBack(): Promise<void> {
    const isElsewhere = !this.open || this.place.querySelector("[data-arranging]") !== null;
    const key = this.open ?? this.last;
    if (!key || !isElsewhere) return;
    await this.show(key);
    focusNext(this.form);
  }

  async step(by: number): Promise<void> {
    const keys = this.queue.keys;
    const next = keys[keys.indexOf(this.open ?? this.last ?? "") + by];
    if (!next) return;
    await this.show(next);
    focusNext(this.form);
  }

  focusNextField(): void {
    focusNext(this.form);
  }

  /** Chooses the customer that the paper may name in that place of the list. */
  takeCandidate(place: number): void {
    this.place.querySelectorAll<HTMLElement>("[data-candidate]")[place]?.click();
  }

  /**
   * More is known of the open deposit: the side says so at once, unless the person is at work
   * there; then it is one press away, and nothing moves.
   */
  hearOf(key: string): void {
    if (key !== this.open) return;
    if (this.typed?.isUntouched) void this.takeUpReading();
    else this.place.querySelector("[data-take-reading]")?.removeAttribute("hidden");
  }

  /** Rejects the open deposit, or those with *keys*; false where the reason must be corrected. */
  async reject(address: string, reason: string, keys: string[]): Promise<boolean> {
    const typed = new URLSearchParams({ reason });
    for (const key of keys) typed.append("deposit", key);
    const answer = await this.post(address, typed);
    return answer !== null && answer.status !== 422;
  }

  /** What comes back is on the stack again, and the first of it on the desk. */
  async bringBack(address: string, body?: FormData | URLSearchParams): Promise<void> {
    if (this.place.hasAttribute("aria-busy")) return;
    this.place.setAttribute("aria-busy", "true");
    const answer = await ask(address, { method: "POST", body });
    this.place.removeAttribute("aria-busy");
    if (!answer) return;
    const said = (await answer.json()) as Back;
    if (!answer.ok) {
      say(said.detail ?? "", "danger");
      return;
    }
    // What several were joined into comes last, as it is stored; all else takes the place it had.
    this.queue.put(said.back, said.rows, body instanceof FormData ? undefined : said.done?.[0]);
    for (const key of said.done ?? []) this.queue.remove(key);
    this.queue.unpickAll();
    this.queue.showLeft(said.left);
    this.said.tell(said);
    for (const why of Object.values(said.failed ?? {})) say(why, "danger");
    if (said.back[0]) await this.show(said.back[0]);
    focusNext(this.form);
  }

  private act(target: Element): void {
    const join = target.closest<HTMLElement>("[data-join]");
    const back = target.closest<HTMLElement>("[data-take-apart]");
    const over = target.closest<HTMLElement>("[data-take-over]");
    const again = target.closest<HTMLElement>("[data-read-again]");
    const form = this.form;
    if (join && form) void this.bringBack(join.dataset.join ?? "", new FormData(form));
    if (back) void this.bringBack(back.dataset.takeApart ?? "");
    if (over) void this.post(over.dataset.takeOver ?? "", new URLSearchParams());
    if (again) void this.readAgain(again.dataset.readAgain ?? "");
    if (target.closest("[data-take-reading]")) void this.takeUpReading();
    if (target.closest("[data-drop-line]")) target.closest("[data-line]")?.remove();
    if (target.closest("[data-go-back]")) void this.goBack();
  }

  private async send(form: HTMLFormElement): Promise<void> {
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    try {
      await this.post(form.action, new FormData(form));
    } finally {
      form.ariaBusy = null;
    }
  }

  private async post(
    address: string,
    body: FormData | URLSearchParams,
  ): Promise<Response | null> {
    const answer = await ask(address, { method: "POST", body });
    if (!answer) return null;
    if (answer.headers.get("Content-Type")?.startsWith("text/html")) {
      this.place.innerHTML = await answer.text();
      this.begin();
      const wrong =
        this.place.querySelector<HTMLElement>('[aria-invalid="true"], #f-despite') ??
        this.place.querySelector<HTMLElement>("[data-error-summary]");
      if (wrong) wrong.focus();
      else focusNext(this.form);
    } else if (answer.ok) {
      if (body instanceof FormData && body.has("customer")) {
        this.customer = String(body.get("customer") ?? "");
        this.kind = String(body.get("kind") ?? "");
      }
      await this.settle((await answer.json()) as Done);
    } else {
      say(String((await answer.json()).detail), "danger");
      // Somebody else has it on the desk, which its side says, or has decided about it.
      if (answer.status === 409 && this.open) await this.show(this.open);
    }
    return answer;
  }

  /** The deposit *key* does not wait any more: the one after it comes onto the desk. */
  private async goPast(key: string): Promise<void> {
    const at = this.queue.keys.indexOf(key);
    this.queue.remove(key);
    const keys = this.queue.keys;
    const next = keys[Math.min(Math.max(0, at), keys.length - 1)];
    if (next) await this.show(next, true);
    else this.showNothing();
  }

  /** What was filed leaves the stack, and the one after it comes onto the desk. */
  private async settle(answer: Done): Promise<void> {
    const before = this.queue.keys;
    const at = Math.max(0, before.indexOf(answer.done[0] ?? ""));
    for (const key of answer.done) this.queue.remove(key);
    this.queue.unpickAll();
    this.queue.showLeft(answer.left);
    this.said.tell(answer);
    for (const why of Object.values(answer.failed ?? {})) say(why, "danger");
    const keys = this.queue.keys;
    const next = keys[Math.min(at, keys.length - 1)];
    if (next) await this.show(next, true);
    else if (answer.left) location.reload();
    else this.showNothing();
  }

  /** Draws the side anew with what is known now; what the person typed stays. */
  private async takeUpReading(): Promise<void> {
    const key = this.openKey;
    const address = (this.root.dataset.deskAddress ?? "").replace("KEY", key);
    const answer = await ask(`${address}?${this.offers()}`);
    if (!answer?.ok || key !== this.open) return;
    const fresh = parsed(await answer.text());
    const side = fresh.querySelector("[data-side]");
    const page = fresh.querySelector<HTMLElement>("[data-boxes]");
    const now = part<HTMLElement>(this.place, "[data-boxes]");
    if (!side || !page) return;
    now.dataset.boxes = page.dataset.boxes;
    const focused = (document.activeElement as HTMLInputElement | null)?.name;
    const typed = this.typed;
    part(this.place, "[data-side]").replaceWith(side);
    this.viewer?.showBoxes(Boxes.of(this.place));
    this.startForm();
    if (this.form) typed?.putInto(this.form);
    const field = focused && !typed?.isUntouched ? this.form?.elements.namedItem(focused) : null;
    if (field instanceof HTMLElement) field.focus({ preventScroll: true });
    else if (!document.querySelector("dialog[open]")) focusNext(this.form);
  }

  private async readAgain(address: string): Promise<void> {
    const answer = await ask(address, { method: "POST" });
    if (!answer) return;
    const said = (await answer.json()) as { row?: string; detail?: string };
    if (!said.row) say(said.detail ?? "", "danger");
    else if (this.queue.update(said.row, this.openKey)) await this.takeUpReading();
  }

  /** Puts a fragment onto the desk; false where its deposit is decided about already. */
  private async fetchInto(address: string): Promise<boolean> {
    this.place.setAttribute("aria-busy", "true");
    const answer = await ask(address);
    this.place.removeAttribute("aria-busy");
    if (answer?.status === 409) return false;
    if (answer && !answer.ok) say(word("noAnswer"), "danger");
    if (!answer?.ok) return true;
    this.place.innerHTML = await answer.text();
    this.begin();
    return true;
  }

  private showNothing(): void {
    const nothing = part<HTMLTemplateElement>(this.root, "[data-nothing]");
    this.place.replaceChildren(nothing.content.cloneNode(true));
    this.begin();
  }

  private begin(): void {
    const open = this.place.querySelector<HTMLElement>("[data-open-key]");
    this.last = this.open ?? this.last;
    this.open = open?.dataset.openKey ?? null;
    this.queue.markOpen(this.open);
    startViewer(this.place, (viewer) => {
      this.viewer = viewer;
      viewer?.showBoxes(Boxes.of(this.place));
    });
    this.onFragment(this.place);
    this.startForm();
    if (this.form) takeUpDraft(this.form);
  }

  private startForm(): void {
    const form = this.form;
    this.typed = form && new Typed(form);
    if (!form?.querySelector("[data-proposals]")) return;
    startProposals(form);
    startPapers(this.place, form);
    startCustomer(form, this.kind);
  }

  /** The customers that one press chooses: that of the paper before, and the one that led here. */
  private offers(): URLSearchParams {
    const offered = this.root.dataset.cameFrom ?? "";
    return new URLSearchParams({ customer: this.customer, offered });
  }
}
