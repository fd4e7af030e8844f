import { say } from "../shell/toast";
import { word } from "../shell/words";
import { keepDraft, takeUpDraft } from "./kept";
import { startPapers } from "./papers";
import { startProposals } from "./proposals";
import type { Queue } from "./queue";
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
  failed?: Record<string, string>;
  said: string;
  left: number;
  detail?: string;
}

/** The desk: one deposit (or several) with its page and its form; filing brings the next one. */
export class Desk {
  viewer: Viewer | null = null;
  private open: string | null = null;
  private customer = ""; // of the paper before
  private kind = "";
  private readonly place: HTMLElement;

  constructor(
    private readonly root: HTMLElement,
    private readonly queue: Queue,
  ) {
    this.place = part(root, "[data-desk]");
    this.place.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send(event.target as HTMLFormElement);
    });
    this.place.addEventListener("click", (event) => {
      const target = event.target as Element;
      const join = target.closest<HTMLElement>("[data-join]");
      const apart = target.closest<HTMLElement>("[data-take-apart]");
      const form = this.form;
      if (join && form) void this.bringBack(join.dataset.join ?? "", new FormData(form));
      if (apart) void this.bringBack(apart.dataset.takeApart ?? "");
    });
    this.place.addEventListener("turned", (event) => {
      const { page, turn } = (event as CustomEvent<{ page: number; turn: number }>).detail;
      if (page === 1 && this.open) this.queue.refreshThumbnail(this.open, turn);
    });
    this.begin();
  }

  get form(): HTMLFormElement | null {
    return this.place.querySelector("form[data-filing]");
  }

  /** Opens the deposit *key*; the customer of the one filed before is one click away. */
  async show(key: string, goOn = false): Promise<void> {
    const address = (this.root.dataset.deskAddress ?? "").replace("KEY", key);
    await this.fetchInto(`${address}?${this.offers()}`);
    const url = new URL(location.href);
    url.searchParams.delete("opened"); // that customer was for the paper before
    url.searchParams.set("deposit", key);
    history.replaceState(null, "", url);
    if (goOn) this.focusNextField();
  }

  async showSeveral(keys: string[]): Promise<void> {
    const asked = this.offers();
    for (const key of keys) asked.append("deposit", key);
    await this.fetchInto(`${this.root.dataset.severalAddress}?${asked}`);
    this.focusNextField();
  }

  async showFirst(): Promise<void> {
    const first = this.queue.keys[0];
    if (first) await this.show(first);
    else this.showNothing();
  }

  async step(by: number): Promise<void> {
    const keys = this.queue.keys;
    const next = keys[keys.indexOf(this.open ?? "") + by];
    if (next) await this.show(next);
  }

  get openKey(): string {
    return this.open ?? "";
  }

  /** Whether nothing is on the desk, or on its way there. */
  get isEmpty(): boolean {
    return this.form === null && !this.place.hasAttribute("aria-busy");
  }

  /** Rejects the open deposit, or those with *keys*; false where the reason must be corrected. */
  async reject(address: string, reason: string, keys: string[]): Promise<boolean> {
    const typed = new URLSearchParams({ reason });
    for (const key of keys) typed.append("deposit", key);
    const answer = await this.post(address, typed);
    return answer !== null && answer.status !== 422;
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
    const answer = await this.ask(address, { method: "POST", body });
    if (!answer) return null;
    if (answer.headers.get("Content-Type")?.startsWith("text/html")) {
      this.place.innerHTML = await answer.text();
      this.begin();
      const wrong =
        this.place.querySelector<HTMLElement>('[aria-invalid="true"], #f-despite') ??
        this.place.querySelector<HTMLElement>("[data-error-summary]");
      wrong?.focus();
    } else if (answer.ok) {
      if (body instanceof FormData) {
        this.customer = String(body.get("customer") ?? "");
        this.kind = String(body.get("kind") ?? "");
      }
      await this.settle((await answer.json()) as Done);
    } else {
      say(String((await answer.json()).detail), "danger");
      if (answer.status === 409) await this.giveUp();
    }
    return answer;
  }

  /** Somebody else decided about the open deposit: it leaves the stack. */
  private async giveUp(): Promise<void> {
    if (this.open) this.queue.remove(this.open);
    await this.showFirst();
  }

  /** What was filed leaves the stack, and the one after it comes onto the desk. */
  private async settle(answer: Done): Promise<void> {
    const before = this.queue.keys;
    const at = Math.max(0, before.indexOf(answer.done[0] ?? ""));
    for (const key of answer.done) this.queue.remove(key);
    this.queue.unpickAll();
    this.queue.showLeft(answer.left);
    this.tell(answer);
    for (const why of Object.values(answer.failed ?? {})) say(why, "danger");
    const keys = this.queue.keys;
    const next = keys[Math.min(at, keys.length - 1)];
    if (next) await this.show(next, true);
    else if (answer.left) location.reload();
    else this.showNothing();
  }

  private async fetchInto(address: string): Promise<void> {
    this.place.setAttribute("aria-busy", "true");
    const answer = await this.ask(address, {});
    this.place.removeAttribute("aria-busy");
    if (!answer) return;
    if (!answer.ok) {
      say(word("noAnswer"), "danger");
      return;
    }
    this.place.innerHTML = await answer.text();
    this.begin();
  }

  private async ask(address: string, init: RequestInit): Promise<Response | null> {
    const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
    const isPost = init.method === "POST";
    const accept = isPost ? "application/json" : "text/html";
    try {
      return await fetch(address, {
        ...init,
        headers: { Accept: accept, "X-CSRFToken": token ?? "" },
      });
    } catch {
      say(word("noAnswer"), "danger");
      return null;
    }
  }

  private showNothing(): void {
    const nothing = part<HTMLTemplateElement>(this.root, "[data-nothing]");
    this.place.replaceChildren(nothing.content.cloneNode(true));
    this.begin();
  }

  private begin(): void {
    const form = this.form;
    this.open = form?.dataset.filing || null;
    this.queue.markOpen(this.open);
    startViewer(this.place, (viewer) => {
      this.viewer = viewer;
    });
    if (!form) return;
    startProposals(form);
    startPapers(this.place, form);
    this.startCustomer(form);
    takeUpDraft(form);
  }

  /** The customer is chosen from the list or from an offer; the kind is what is asked next. */
  private startCustomer(form: HTMLFormElement): void {
    const customer = form.querySelector<HTMLInputElement>("[name=customer]");
    const kind = form.querySelector<HTMLSelectElement>("select[name=kind]");
    if (!customer || !kind) return;
    const goOn = (): void => {
      form.querySelector("[data-customer-offers]")?.remove();
      kind.focus();
    };
    customer.addEventListener("change", () => {
      // A name taken from the list leaves the focus where it was; Tab has moved it already.
      setTimeout(() => {
        if (customer.value && document.activeElement === customer) goOn();
      });
    });
    form.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-as-before], [data-offered]");
      const link = (event.target as Element).closest<HTMLElement>("[data-open-archive]");
      if (link) keepDraft(form, link.dataset.openArchive ?? "");
      if (!button) return;
      const isBefore = button.dataset.asBefore !== undefined;
      customer.value = button.dataset.asBefore ?? button.dataset.offered ?? "";
      if (isBefore && this.kind && !kind.value) {
        kind.value = this.kind;
        kind.dispatchEvent(new Event("change", { bubbles: true }));
      }
      goOn();
    });
  }

  /** The customers that one press chooses: that of the paper before, and the one that led here. */
  private offers(): URLSearchParams {
    const offered = this.root.dataset.cameFrom ?? "";
    return new URLSearchParams({ customer: this.customer, offered });
  }

  /** The first field that the next deposit still needs: the customer, or else the kind. */
  focusNextField(): void {
    const customer = this.form?.querySelector<HTMLInputElement>("[name=customer]");
    const field = customer?.value ? "select[name=kind]" : "[name=customer]";
    if (!matchMedia("(min-width: 992px)").matches) return;
    this.form?.querySelector<HTMLElement>(field)?.focus({ preventScroll: true });
  }

  private undoButton(address: string): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet btn-sm";
    button.textContent = word("undo");
    button.addEventListener("click", () => {
      button.disabled = true;
      void this.bringBack(address);
    });
    return button;
  }

  /** What comes back is on the stack again, and the first of it on the desk. */
  private async bringBack(address: string, body?: FormData): Promise<void> {
    const answer = await this.ask(address, { method: "POST", body });
    if (!answer) return;
    const said = (await answer.json()) as Back;
    if (!answer.ok) {
      say(said.detail ?? "", "danger");
      return;
    }
    said.back.forEach((key, place) => this.queue.add(said.rows[place] ?? "", key));
    for (const key of said.done ?? []) this.queue.remove(key);
    this.queue.unpickAll();
    this.queue.showLeft(said.left);
    part<HTMLElement>(this.root, "[data-said]").textContent = said.said;
    for (const why of Object.values(said.failed ?? {})) say(why, "danger");
    if (said.back[0]) await this.show(said.back[0]);
  }

  /** Says what was done in a line that covers nothing, with a way to see it. */
  private tell(answer: Done): void {
    const line = part<HTMLElement>(this.root, "[data-said]");
    line.replaceChildren(answer.said);
    if (answer.link) {
      const link = document.createElement("a");
      link.href = answer.link;
      link.textContent = word("seeIt");
      line.append(" ", link);
    }
    if (answer.undo) line.append(" ", this.undoButton(answer.undo));
  }
}
