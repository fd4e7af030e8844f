import { word } from "../shell/words";
import { type Answer, newKey, type Outcome, Sender } from "./upload";
import { part } from "./viewer";

/** The list of files under way: each with its own progress, cancel, retry and reason. */
export class Uploads {
  private readonly sender: Sender;
  private readonly panel: HTMLElement;
  private readonly list: HTMLElement;
  private readonly title: HTMLElement;
  private readonly clear: HTMLElement;
  private underWay = 0;
  private received = 0;
  private failed = 0;
  private all = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly onReceived: (answer: Answer) => void,
  ) {
    const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
    this.sender = new Sender(root.dataset.upload ?? "", token ?? "");
    this.panel = part(root, "[data-uploads]");
    this.list = part(root, "[data-upload-list]");
    this.title = part(root, "[data-uploads-title]");
    this.clear = part(root, "[data-clear-uploads]");
    this.clear.addEventListener("click", () => this.reset());
    addEventListener("beforeunload", (event) => {
      if (this.underWay) event.preventDefault();
    });
  }

  add(files: Iterable<File>): void {
    for (const file of files) this.addOne(file);
  }

  private addOne(file: File): void {
    const line = new UploadLine(file);
    const key = newKey();
    this.all += 1;
    this.panel.hidden = false;
    this.list.append(line.element);
    line.onDismiss = () => line.element.remove();
    line.onRetry = () => {
      this.failed -= 1;
      this.start(file, key, line);
    };
    if (file.size > Number(this.root.dataset.limit)) {
      this.failed += 1;
      line.showFailure(word("tooLarge"), false);
      this.count();
      return;
    }
    this.start(file, key, line);
  }

  private start(file: File, key: string, line: UploadLine): void {
    this.underWay += 1;
    line.showWaiting();
    this.count();
    line.onCancel = this.sender.send(file, key, {
      showShare: (share) => line.showShare(share),
      settle: (outcome) => {
        this.underWay -= 1;
        this.settle(outcome, line);
      },
    });
  }

  private settle(outcome: Outcome, line: UploadLine): void {
    switch (outcome.state) {
      case "received":
        this.received += 1;
        if (outcome.answer.waiting) line.element.remove(); // it stands in the stack now
        else line.showAlreadyFiled();
        this.onReceived(outcome.answer);
        break;
      case "refused":
        this.failed += 1;
        line.showFailure(outcome.why, false);
        break;
      case "cancelled":
        this.failed += 1;
        line.showFailure(word("cancelled"), true);
        break;
      default:
        this.failed += 1;
        line.showFailure(word(outcome.state), true);
    }
    this.count();
  }

  private count(): void {
    this.title.textContent = word(this.underWay ? "uploading" : "uploaded", {
      done: this.received + (this.underWay ? this.failed : 0),
      failed: this.failed,
      all: this.all,
    });
    this.clear.hidden = this.underWay > 0;
    this.panel.classList.toggle("is-done", this.underWay === 0);
  }

  private reset(): void {
    this.list.replaceChildren();
    this.panel.hidden = true;
    this.received = 0;
    this.failed = 0;
    this.all = 0;
  }
}

/** One line of the list. */
class UploadLine {
  readonly element = document.createElement("li");
  onCancel = () => {};
  onRetry = () => {};
  onDismiss = () => {};
  private readonly bar = document.createElement("progress");
  private readonly state = document.createElement("span");
  private readonly acts = document.createElement("span");

  constructor(file: File) {
    const name = document.createElement("span");
    name.className = "upload-name";
    name.textContent = file.name;
    this.bar.max = 1;
    this.bar.setAttribute("aria-label", file.name);
    this.state.className = "upload-state";
    this.state.setAttribute("role", "status");
    this.acts.className = "upload-acts";
    this.element.append(name, this.bar, this.state, this.acts);
  }

  showWaiting(): void {
    this.element.className = "upload";
    this.bar.hidden = false;
    this.bar.value = 0;
    this.state.textContent = word("waiting");
    this.offer({ cancel: () => this.onCancel() });
  }

  showShare(share: number): void {
    this.bar.value = share;
    const done = share >= 1;
    this.state.textContent = done
      ? word("checking")
      : `${word("sending")} ${Math.floor(share * 100)}%`;
  }

  showAlreadyFiled(): void {
    this.element.className = "upload is-good";
    this.bar.hidden = true;
    this.state.textContent = word("alreadyFiled");
    this.offer({ dismiss: () => this.onDismiss() });
  }

  showFailure(why: string, canRetry: boolean): void {
    this.element.className = "upload is-bad";
    this.bar.hidden = true;
    this.state.textContent = why;
    this.offer({
      ...(canRetry ? { retry: () => this.onRetry() } : {}),
      dismiss: () => this.onDismiss(),
    });
  }

  private offer(acts: Record<string, () => void>): void {
    this.acts.replaceChildren(
      ...Object.entries(acts).map(([name, act]) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn-quiet btn-sm";
        button.textContent = word(name);
        button.addEventListener("click", act);
        return button;
      }),
    );
  }
}
