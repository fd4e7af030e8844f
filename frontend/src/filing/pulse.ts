import { ask } from "./ask";
import type { Desk } from "./desk";
import type { Queue } from "./queue";

const BUSY_MS = 2_500; // while something is being read
const CALM_MS = 10_000;

interface Beat {
  rows: Record<string, string>;
  gone: string[];
  has_lost: boolean;
  left: number;
}

/** Asks now and then what changed in the stack, and says that the open paper is still looked at. */
export class Pulse {
  private wait = 0;

  constructor(
    private readonly address: string,
    private readonly queue: Queue,
    private readonly desk: Desk,
  ) {
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) void this.beat();
    });
    this.plan();
  }

  private plan(): void {
    clearTimeout(this.wait);
    this.wait = window.setTimeout(() => void this.beat(), this.queue.isBusy ? BUSY_MS : CALM_MS);
  }

  private async beat(): Promise<void> {
    clearTimeout(this.wait);
    if (!document.hidden) await this.look();
    this.plan();
  }

  private async look(): Promise<void> {
    const open = this.desk.openKey;
    const body = new URLSearchParams({ open });
    for (const line of this.queue.lines) body.append("line", line);
    const answer = await ask(this.address, { method: "POST", body });
    if (!answer?.ok) return;
    const beat = (await answer.json()) as Beat;
    for (const [key, row] of Object.entries(beat.rows)) {
      if (this.queue.update(row, key) && key === open) this.desk.hearOf(key);
    }
    // What is open stays until the person has seen what became of it.
    for (const key of beat.gone) if (key !== this.desk.openKey) this.queue.remove(key);
    this.queue.showLeft(beat.left);
    if (beat.has_lost && open === this.desk.openKey) await this.desk.show(open);
  }
}
