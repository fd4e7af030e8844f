export type Answer = { key: string; waiting: boolean; row: string; left: number };

export type Outcome =
  | { state: "received"; answer: Answer }
  | { state: "refused"; why: string }
  | { state: "lost" }
  | { state: "signed-out" }
  | { state: "cancelled" };

const SIDE_BY_SIDE = 3;
const TRIES = 3;
const PATIENCE_MS = 1500;

/** One file on its way. Its key stays the same over all tries, so that none is taken in twice. */
export class Upload {
  readonly key = crypto.randomUUID();
  private request: XMLHttpRequest | null = null;
  private isCancelled = false;

  constructor(
    readonly file: File,
    private readonly address: string,
    private readonly token: string,
    private readonly onProgress: (share: number) => void,
  ) {}

  /** Send it; a broken connection is tried again a few times before it counts as lost. */
  async send(): Promise<Outcome> {
    this.isCancelled = false;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.tryOnce();
      if (outcome.state !== "lost" || attempt === TRIES) return outcome;
      await connected(PATIENCE_MS * attempt);
      if (this.isCancelled) return { state: "cancelled" };
    }
  }

  cancel(): void {
    this.isCancelled = true;
    this.request?.abort();
  }

  private tryOnce(): Promise<Outcome> {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      this.request = request;
      request.open("POST", this.address);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRFToken", this.token);
      request.upload.onprogress = (event) => this.onProgress(event.loaded / (event.total || 1));
      request.onabort = () => resolve({ state: "cancelled" });
      request.onerror = () => resolve({ state: "lost" });
      request.onload = () => resolve(outcomeOf(request));
      const body = new FormData();
      body.append("upload_key", this.key);
      body.append("file", this.file, this.file.name);
      request.send(body);
    });
  }
}

function outcomeOf(request: XMLHttpRequest): Outcome {
  if (request.status === 201) return { state: "received", answer: JSON.parse(request.response) };
  if (request.status === 401) return { state: "signed-out" };
  try {
    return { state: "refused", why: String(JSON.parse(request.response).detail) };
  } catch {
    return { state: "lost" }; // not our server's words: a proxy, or half an answer
  }
}

/** Waits a while, or until the network is back, whichever comes first. */
function connected(patience: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patience);
    addEventListener(
      "online",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

/** Lets a few uploads run side by side and the rest wait their turn. */
export class Lanes {
  private running = 0;
  private readonly waiting: (() => Promise<void>)[] = [];

  add(work: () => Promise<void>): void {
    this.waiting.push(work);
    this.next();
  }

  private next(): void {
    const work = this.running < SIDE_BY_SIDE ? this.waiting.shift() : undefined;
    if (!work) return;
    this.running += 1;
    void work().finally(() => {
      this.running -= 1;
      this.next();
    });
  }
}
