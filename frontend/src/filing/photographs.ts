import { say } from "../shell/toast";
import { word } from "../shell/words";
import { type Answer, newKey } from "./upload";
import { part } from "./viewer";

const LOOKED_AT = 1200; // pixels of the picture in which the server looks for edges
const DONE = 201;
const SIGNED_OUT = 401;

type Edges = { corners: number[][] | null; picture: string };

/** One page as it was taken, and as it looks made straight where its edges are clear. */
class Shot {
  readonly key = newKey();
  readonly element: HTMLLIElement;
  private readonly taken: string;
  private edges: Edges = { corners: null, picture: "" };
  private readonly image: HTMLImageElement;
  private readonly straight: HTMLInputElement;
  private readonly note: HTMLElement;

  constructor(
    readonly file: File,
    template: HTMLTemplateElement,
    onChange: () => void,
  ) {
    this.element = part<HTMLLIElement>(template.content, "li").cloneNode(true) as HTMLLIElement;
    this.image = part<HTMLImageElement>(this.element, "img");
    this.straight = part<HTMLInputElement>(this.element, "[data-straight]");
    this.note = part(this.element, "[data-shot-note]");
    this.taken = URL.createObjectURL(file);
    this.note.textContent = word("findingEdges");
    this.straight.addEventListener("change", () => {
      this.show();
      onChange();
    });
    this.show();
  }

  get corners(): string {
    return this.straight.checked && this.edges.corners ? this.edges.corners.flat().join(" ") : "";
  }

  /** What the server found; nothing where the picture stays as it is. */
  propose(found: Edges | null): void {
    if (found?.corners) this.edges = found;
    this.straight.checked = this.edges.corners !== null;
    this.note.textContent = this.edges.corners ? "" : word("noEdges");
    part<HTMLElement>(this.element, "[data-straighten]").hidden = this.edges.corners === null;
    this.show();
  }

  number(at: number, all: number): void {
    part(this.element, "[data-shot-number]").textContent = String(at);
    this.image.alt = word("shotNumber", { number: at });
    part<HTMLButtonElement>(this.element, "[data-shot-step='-1']").disabled = at === 1;
    part<HTMLButtonElement>(this.element, "[data-shot-step='1']").disabled = at === all;
  }

  forget(): void {
    URL.revokeObjectURL(this.taken);
    this.element.remove();
  }

  private show(): void {
    this.image.src = this.corners ? this.edges.picture : this.taken;
  }
}

/** The pages that are photographed one after the other, until they are sent as one file. */
export class Photographs {
  private shots: Shot[] = [];
  private retaken: Shot | null = null;
  private formKey = newKey();
  private isSending = false;
  private readonly panel: HTMLElement;
  private readonly list: HTMLElement;
  private readonly said: HTMLElement;
  private readonly send: HTMLButtonElement;
  private readonly camera: HTMLInputElement;
  private readonly token: string;

  constructor(
    private readonly root: HTMLElement,
    private readonly onReceived: (answer: Answer) => void,
  ) {
    this.panel = part(root, "[data-shots]");
    this.list = part(this.panel, "[data-shot-list]");
    this.said = part(this.panel, "[data-shots-said]");
    this.send = part<HTMLButtonElement>(this.panel, "[data-shots-send]");
    this.camera = part<HTMLInputElement>(root, "[data-camera]");
    this.token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
    this.camera.addEventListener("change", () => {
      this.take([...(this.camera.files ?? [])]);
      this.camera.value = "";
    });
    root.addEventListener("click", (event) => this.press(event.target as Element));
    this.send.addEventListener("click", () => this.sendAll());
    addEventListener("beforeunload", (event) => {
      if (this.shots.length) event.preventDefault();
    });
  }

  private press(target: Element): void {
    if (target.closest("[data-photograph]")) {
      this.retaken = null;
      this.camera.click();
    }
    const shot = this.shots.find((each) => each.element.contains(target));
    if (!shot || this.isSending) return;
    const step = target.closest<HTMLElement>("[data-shot-step]");
    if (step) this.move(shot, Number(step.dataset.shotStep));
    if (target.closest("[data-shot-remove]")) this.remove(shot);
    if (target.closest("[data-shot-again]")) {
      this.retaken = shot;
      this.camera.click();
    }
  }

  private take(files: File[]): void {
    const template = part<HTMLTemplateElement>(this.root, "template[data-shot]");
    const taken = files.map((file) => new Shot(file, template, () => this.changed()));
    const at = this.retaken ? this.shots.indexOf(this.retaken) : this.shots.length;
    const gone = this.shots.splice(at, this.retaken && taken.length ? 1 : 0, ...taken);
    gone.forEach((each) => each.forget());
    this.retaken = null;
    this.changed();
    for (const shot of taken) void this.lookForEdges(shot);
  }

  private move(shot: Shot, step: number): void {
    const at = this.shots.indexOf(shot);
    this.shots.splice(at, 1);
    this.shots.splice(at + step, 0, shot);
    this.changed();
  }

  private remove(shot: Shot): void {
    this.shots = this.shots.filter((each) => each !== shot);
    shot.forget();
    this.changed();
  }

  /** Another request than the one before: it has a key of its own. */
  private changed(): void {
    this.formKey = newKey();
    const all = this.shots.length;
    this.shots.forEach((shot, at) => {
      if (this.list.children[at] !== shot.element) {
        this.list.insertBefore(shot.element, this.list.children[at] ?? null);
      }
      shot.number(at + 1, all);
    });
    this.panel.hidden = all === 0;
    this.said.textContent = "";
    part(this.panel, "[data-shots-title]").textContent = word("shots", { count: all });
    this.send.textContent = word(all > 1 ? "sendTogether" : "sendOne", { count: all });
  }

  private async lookForEdges(shot: Shot): Promise<void> {
    let found: Edges | null = null;
    try {
      const body = new FormData();
      body.append("file", await shrunk(shot.file), "page.jpg");
      const answer = await fetch(this.panel.dataset.edges ?? "", {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": this.token },
        body,
      });
      if (answer.ok) found = (await answer.json()) as Edges;
    } catch {
      // no connection, or a picture that this browser cannot draw: it stays as it was taken
    }
    shot.propose(found);
    this.changed();
  }

  private sendAll(): void {
    if (this.isSending || !this.shots.length) return;
    const sent = [...this.shots];
    const body = new FormData();
    for (const shot of sent) {
      body.append("file", shot.file, shot.file.name);
      body.append("photograph", shot.key);
      body.append("corners", shot.corners);
    }
    body.append("form_key", this.formKey);
    const request = new XMLHttpRequest();
    request.open("POST", this.panel.dataset.photographs ?? "");
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", this.token);
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      const percent = Math.floor((loaded / (total || 1)) * 100);
      this.said.textContent = loaded < total ? `${word("sending")} ${percent}%` : word("checking");
    });
    request.addEventListener("loadend", () => this.settle(request, sent));
    this.setSending(true);
    request.send(body);
  }

  private settle(request: XMLHttpRequest, sent: Shot[]): void {
    this.setSending(false);
    if (request.status === DONE) {
      const answer = JSON.parse(request.responseText) as Answer;
      say(word("shotsSent", { count: sent.length }), "success");
      sent.forEach((each) => each.forget());
      this.shots = this.shots.filter((each) => !sent.includes(each));
      this.changed();
      this.onReceived(answer);
    } else if (request.status === SIGNED_OUT) {
      this.said.textContent = word("signed-out");
    } else {
      this.said.textContent = detailOf(request.responseText) || word("shotsNotSent");
    }
  }

  private setSending(isSending: boolean): void {
    this.isSending = isSending;
    this.panel.toggleAttribute("aria-busy", isSending);
    this.send.disabled = isSending;
  }
}

/** The picture upright and smaller: enough to find the edges of a paper on it. */
async function shrunk(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LOOKED_AT / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error())), "image/jpeg", 0.85);
  });
}

/** What the server says is wrong; nothing where it was not our server that answered. */
function detailOf(text: string): string {
  try {
    const { detail, remedy } = JSON.parse(text) as { detail?: string; remedy?: string };
    return [detail, remedy].filter(Boolean).join(" ");
  } catch {
    return "";
  }
}
