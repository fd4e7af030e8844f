import Uppy, { type UppyFile } from "@uppy/core";
import XHRUpload from "@uppy/xhr-upload";

export type Answer = { key: string; waiting: boolean; row: string; left: number };

export type Outcome =
  | { state: "received"; answer: Answer }
  | { state: "refused"; why: string }
  | { state: "lost" }
  | { state: "signed-out" }
  | { state: "cancelled" };

/** What is told of one file on its way. */
export interface Watcher {
  showShare(share: number): void;
  settle(outcome: Outcome): void;
}

type Meta = { upload_key: string };
type Sent = UppyFile<Meta, Answer>;

const SIDE_BY_SIDE = 3;

/** Sends files, a few side by side; a broken connection is tried again before it counts as lost. */
export class Sender {
  private readonly watchers = new Map<string, Watcher>();
  private readonly uppy: Uppy<Meta, Answer>;

  constructor(address: string, token: string) {
    this.uppy = new Uppy<Meta, Answer>({ autoProceed: true }).use(XHRUpload, {
      endpoint: address,
      fieldName: "file",
      limit: SIDE_BY_SIDE,
      allowedMetaFields: ["upload_key"],
      headers: { Accept: "application/json", "X-CSRFToken": token },
      shouldRetry: (request) => request.status === 0,
    });
    this.uppy.on("upload-progress", (file, { bytesUploaded, bytesTotal }) => {
      if (file) this.watchers.get(file.id)?.showShare(bytesUploaded / (bytesTotal || 1));
    });
    this.uppy.on("upload-success", (file, response) => {
      if (file && response.body) this.settle(file, { state: "received", answer: response.body });
    });
    this.uppy.on("upload-error", (file, _error, response) => {
      if (file) this.settle(file, outcomeOf(response as unknown as XMLHttpRequest | undefined));
    });
  }

  /** Send *file*; its key stays the same over all tries, so that none is taken in twice. */
  send(file: File, key: string, watcher: Watcher): () => void {
    const id = this.uppy.addFile({
      // Uppy tells files apart by name, size and date; the same one dropped twice is two here.
      name: file.name,
      type: file.type,
      data: new File([file], file.name, { type: file.type, lastModified: unlike() }),
      meta: { upload_key: key },
    });
    this.watchers.set(id, watcher);
    return () => {
      if (!this.watchers.has(id)) return;
      this.settle({ id } as Sent, { state: "cancelled" });
    };
  }

  private settle(file: Pick<Sent, "id">, outcome: Outcome): void {
    const watcher = this.watchers.get(file.id);
    this.watchers.delete(file.id);
    this.uppy.removeFile(file.id);
    watcher?.settle(outcome);
  }
}

function outcomeOf(response: XMLHttpRequest | undefined): Outcome {
  if (response?.status === 401) return { state: "signed-out" };
  try {
    return { state: "refused", why: String(JSON.parse(response?.responseText ?? "").detail) };
  } catch {
    return { state: "lost" }; // not our server's words: a proxy, or no answer at all
  }
}

/** A key of one upload, to be sent again with each of its tries. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

let given = 0;

function unlike(): number {
  given += 1;
  return given;
}
