/** 收件箱: files come in from anywhere on the page, and are filed one after the other. */
import "../styles/pages/intake.scss";
import { Desk } from "../filing/desk";
import { Queue } from "../filing/queue";
import { Photographs } from "../filing/photographs";
import type { Answer } from "../filing/upload";
import { Uploads } from "../filing/uploads";
import { onPapersMade, startPages } from "../filing/pages";
import { Pulse } from "../filing/pulse";
import { part, steerViewer } from "../filing/viewer";
import { isTyping } from "../shell/keys";
import { word } from "../shell/words";

const root = part<HTMLElement>(document, "[data-intake]");
const queue = new Queue(root);
const desk = new Desk(root, queue, startPages);
onPapersMade(root, ({ address, papers }) => {
  const body = new URLSearchParams(papers.map((pages) => ["papers", pages.join(",")]));
  void desk.bringBack(address, body);
});
function takeUp(answer: Answer): void {
  if (answer.waiting) queue.add(answer.row, answer.key);
  queue.showLeft(answer.left);
  if (answer.waiting && desk.isEmpty) void desk.show(answer.key, true);
}

const uploads = new Uploads(root, takeUp);

function startChoosing(): void {
  const files = part<HTMLInputElement>(root, "[data-files]");
  root.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-choose]")) files.click();
  });
  files.addEventListener("change", () => {
    uploads.add([...(files.files ?? [])]);
    files.value = "";
  });
  addEventListener("paste", (event) => {
    if (!isTyping(event.target)) uploads.add([...(event.clipboardData?.files ?? [])]);
  });
}

/** The whole page takes files; the veil shows while some hang over it. */
function startDropping(): void {
  const veil = part<HTMLElement>(root, "[data-veil]");
  const bringsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files");
  let depth = 0;
  addEventListener("dragenter", (event) => {
    if (!bringsFiles(event)) return;
    depth += 1;
    veil.hidden = false;
  });
  addEventListener("dragleave", (event) => {
    if (!bringsFiles(event)) return;
    depth -= 1;
    veil.hidden = depth <= 0;
  });
  addEventListener("dragover", (event) => {
    if (bringsFiles(event)) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    depth = 0;
    veil.hidden = true;
    uploads.add([...(event.dataTransfer?.files ?? [])]);
  });
}

function startQueue(): void {
  root.addEventListener("click", (event) => {
    const target = event.target as Element;
    const link = target.closest<HTMLElement>("[data-open-deposit]");
    if (link && !(event as MouseEvent).ctrlKey && !(event as MouseEvent).metaKey) {
      event.preventDefault();
      void desk.show(link.dataset.openDeposit ?? "");
    }
    const several = target.closest<HTMLElement>("[data-file-several]");
    const sure = target.closest<HTMLElement>("[data-file-sure]");
    const pages = target.closest<HTMLElement>("[data-arrange]");
    if (several) void desk.showSeveral(several.dataset.fileSeveral ?? "", queue.pickedKeys);
    if (sure) void desk.showSeveral(sure.dataset.fileSure ?? "", queue.sureKeys);
    if (pages) void desk.showOther(pages.dataset.arrange ?? "");
    if (target.closest("[data-show-keys]")) showKeys();
  });
}

/** One reason for the open deposit, or for all that are picked. */
function startRejecting(): void {
  const dialog = part<HTMLDialogElement>(document, "[data-reject-dialog]");
  const title = part<HTMLElement>(dialog, "[data-reject-title]");
  const reason = part<HTMLTextAreaElement>(dialog, "textarea");
  let address = "";
  let keys: string[] = [];
  const ask = (where: string, which: string[]) => {
    address = where;
    keys = which;
    title.textContent = word(which.length ? "rejectSeveral" : "rejectOne", { count: which.length });
    reason.value = "";
    dialog.showModal();
  };
  root.addEventListener("click", (event) => {
    const target = event.target as Element;
    const one = target.closest<HTMLElement>("[data-reject]");
    const several = target.closest<HTMLElement>("[data-reject-several]");
    if (one) ask(one.dataset.reject ?? "", []);
    if (several) ask(several.dataset.rejectSeveral ?? "", queue.pickedKeys);
  });
  part<HTMLFormElement>(dialog, "form").addEventListener("submit", () => {
    void desk.reject(address, reason.value, keys).then((isTaken) => {
      if (!isTaken) dialog.showModal();
    });
  });
}

/** In a field, Esc goes back to the keys of the page; a choice is sent by Enter as text is. */
function leaveOrSend(event: KeyboardEvent): void {
  const field = event.target as HTMLElement;
  if (event.key === "Escape") field.blur();
  if (event.key === "Enter" && field instanceof HTMLSelectElement) {
    event.preventDefault();
    field.form?.requestSubmit();
  }
}

function showKeys(): void {
  part<HTMLDialogElement>(document, "[data-keys-sheet]").showModal();
}

function press(selector: string): void {
  root.querySelector<HTMLElement>(selector)?.click();
}

/** What a key does outside of fields. */
const ACTS: Record<string, () => void> = {
  ArrowDown: () => void desk.step(1),
  ArrowUp: () => void desk.step(-1),
  j: () => void desk.step(1),
  k: () => void desk.step(-1),
  " ": () => queue.pick(desk.openKey),
  x: () => press("[data-reject]"),
  s: () => press("[data-arrange]"),
  t: () => press("[data-read-again]"),
  u: () => press("[data-said] [data-undo]"),
  g: () => press("[data-file-several]"),
  a: () => press("[data-file-sure]"),
  c: () => root.querySelector<HTMLElement>("[data-desk] [name=customer]")?.focus(),
  "?": showKeys,
  Escape: () => void desk.goBack(),
  Enter: () => desk.form?.requestSubmit(),
};

function startKeys(): void {
  addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    // A key that is held down decides about one paper, not about the next ones too.
    if (event.key === "Enter" && event.repeat) {
      event.preventDefault();
      return;
    }
    if (steerViewer(desk.viewer, event)) {
      event.preventDefault();
      return;
    }
    if (isTyping(event.target)) {
      leaveOrSend(event);
      return;
    }
    const isOnButton = (event.target as Element).closest("a, button") !== null;
    if (isOnButton && (event.key === "Enter" || event.key === " ")) return;
    if (/^[1-5]$/.test(event.key)) desk.takeCandidate(Number(event.key) - 1);
    const act = ACTS[event.key] ?? ACTS[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault(); // or it types itself into the field that comes
    act();
  });
}

new Photographs(root, takeUp);
startChoosing();
startDropping();
startQueue();
startRejecting();
startKeys();
new Pulse(root.dataset.pulse ?? "", queue, desk);
if (desk.isEmpty) part<HTMLElement>(root, "[data-choose]").focus();
else desk.focusNextField();
