interface Proposal {
  title: string;
  confidentiality: string;
  letters: string;
}

/**
 * Choosing a kind proposes title and confidentiality, until the person says otherwise; the fields
 * of a paper original appear with it.
 */
export function startProposals(form: HTMLFormElement): void {
  const source = form.querySelector<HTMLElement>("[data-proposals]")?.dataset.proposals;
  const proposals = JSON.parse(source ?? "{}") as Record<string, Proposal>;
  const kind = form.elements.namedItem("kind") as HTMLSelectElement;
  const title = form.querySelector<HTMLInputElement>("[name=title]"); // several have one each
  const confidentiality = form.elements.namedItem("confidentiality") as HTMLSelectElement;
  let proposed = proposals[kind.value]?.title ?? "";
  let isDecided =
    confidentiality.value !== "" &&
    confidentiality.value !== proposals[kind.value]?.confidentiality;

  kind.addEventListener("change", () => {
    const proposal = proposals[kind.value];
    if (!proposal) return;
    if (title && (!title.value || title.value === proposed)) title.value = proposal.title;
    proposed = proposal.title;
    if (!isDecided) confidentiality.value = proposal.confidentiality;
  });
  confidentiality.addEventListener("change", () => {
    isDecided = confidentiality.value !== "";
  });

  startLetters(kind, proposals);

  const paper = form.querySelector<HTMLInputElement>("[data-paper]");
  const fields = form.querySelector<HTMLElement>("[data-paper-fields]");
  const showPaper = () => {
    if (fields && paper) fields.hidden = !paper.checked;
  };
  paper?.addEventListener("change", showPaper);
  showPaper();
}

const PAUSE_MS = 900;

/** A kind is chosen by the initials of its sound, as a customer is: y, yyzz. */
function startLetters(kind: HTMLSelectElement, proposals: Record<string, Proposal>): void {
  if (document.documentElement.lang === "en") return; // there the browser reads the words
  let typed = "";
  let last = 0;
  kind.addEventListener("keydown", (event) => {
    if (!/^[a-z]$/i.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    typed = event.timeStamp - last > PAUSE_MS ? "" : typed;
    last = event.timeStamp;
    const letter = event.key.toLowerCase();
    const names = Object.keys(proposals);
    const fits = (text: string) => names.filter((name) => proposals[name]?.letters.startsWith(text));
    // The same letter again goes to the next kind that begins with it.
    const isAgain = typed === letter && !fits(typed + letter).length;
    typed = isAgain ? letter : typed + letter;
    const found = fits(typed);
    const next = isAgain ? found[(found.indexOf(kind.value) + 1) % found.length] : found[0];
    if (!next) return;
    kind.value = next;
    kind.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
