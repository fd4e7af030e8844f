import { say } from "../shell/toast";
import { word } from "../shell/words";
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

interface Undone {
  back: string[];
  rows: string[];
  failed: Record<string, string>;
  said: string;
  left: number;
  detail?: string;
}

/** The desk: one deposit (or several) with its page and its form; filing brings the next one. */
export class Desk {
  viewer: Viewer | null = null;
  private open: string | null = null;
  private customer = "";
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
    this.begin();
  }

  get form(): HTMLFormElement | null {
    return this.place.querySelector("form[data-filing]");
  }

  /** Opens the deposit *key*; the customer of the one filed before is one click away. */
  async show(key: string, goOn = false): Promise<void> {
    const address = (this.root.dataset.deskAddress ?? "").replace("KEY", key);
    await this.fetchInto(`${address}?${new URLSearchParams({ customer: this.customer })}`);
    const url = new URL(location.href);
    url.searchParams.set("deposit", key);
    history.replaceState(null, "", url);
    if (goOn) this.focusNextField();
  }

  async showSeveral(keys: string[]): Promise<void> {
    const asked = new URLSearchParams({ customer: this.customer });
    for (const key of keys) asked.append("deposit", key);
    await this.fetchInto(`${this.root.dataset.severalAddress}?${asked}`);
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

  get isEmpty(): boolean {
    return this.form === null;
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
      this.place.querySelector<HTMLElement>("[data-error-summary]")?.focus();
    } else if (answer.ok) {
      if (body instanceof FormData) this.customer = String(body.get("customer") ?? "");
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
    this.viewer = startViewer(this.place);
    if (!form) return;
    startProposals(form);
    const before = form.querySelector<HTMLElement>("[data-as-before]");
    before?.addEventListener("click", () => {
      const customer = form.querySelector<HTMLInputElement>("[name=customer]");
      if (!customer) return;
      customer.value = before.dataset.asBefore ?? "";
      before.parentElement?.remove();
      form.querySelector<HTMLElement>("select[name=kind]")?.focus();
    });
  }

  /** The first field that the next deposit still needs: the customer, or else the kind. */
  private focusNextField(): void {
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
      void this.undo(address);
    });
    return button;
  }

  /** What comes back is on the stack again, and the first of it on the desk. */
  private async undo(address: string): Promise<void> {
    const answer = await this.ask(address, { method: "POST" });
    if (!answer) return;
    const undone = (await answer.json()) as Undone;
    if (!answer.ok) {
      say(undone.detail ?? "", "danger");
      return;
    }
    undone.back.forEach((key, place) => this.queue.add(undone.rows[place] ?? "", key));
    this.queue.showLeft(undone.left);
    part<HTMLElement>(this.root, "[data-said]").textContent = undone.said;
    for (const why of Object.values(undone.failed)) say(why, "danger");
    if (undone.back[0]) await this.show(undone.back[0]);
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
