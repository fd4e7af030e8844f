import { word } from "../shell/words";

/** What was done, in a line that covers nothing, with a way to see it and the way back. */
export class Said {
  constructor(
    private readonly line: HTMLElement,
    private readonly undo: (address: string) => void,
  ) {}

  tell(answer: { said: string; link?: string; undo?: string | null }): void {
    this.line.replaceChildren(answer.said);
    if (answer.link) {
      const link = document.createElement("a");
      link.href = answer.link;
      link.textContent = word("seeIt");
      this.line.append(" ", link);
    }
    if (answer.undo) this.line.append(" ", this.undoButton(answer.undo));
  }

  private undoButton(address: string): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet btn-sm";
    button.dataset.undo = "";
    button.textContent = word("undo");
    button.addEventListener("click", () => {
      button.disabled = true;
      this.undo(address);
    });
    return button;
  }
}
