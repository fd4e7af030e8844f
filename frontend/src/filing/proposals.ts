interface Proposal {
  title: string;
  confidentiality: string;
}

/**
 * Choosing a kind proposes title and confidentiality, until the person says otherwise; the fields
 * of a paper original appear with it.
 */
export function startProposals(form: HTMLFormElement): void {
  const source = form.querySelector<HTMLElement>("[data-proposals]")?.dataset.proposals;
  const proposals = JSON.parse(source ?? "{}") as Record<string, Proposal>;
  const kind = form.elements.namedItem("kind") as HTMLSelectElement;
  const title = form.elements.namedItem("title") as HTMLInputElement;
  const confidentiality = form.elements.namedItem("confidentiality") as HTMLSelectElement;
  let proposed = proposals[kind.value]?.title ?? "";
  let isDecided = confidentiality.value !== "";

  kind.addEventListener("change", () => {
    const proposal = proposals[kind.value];
    if (!proposal) return;
    if (!title.value || title.value === proposed) title.value = proposal.title;
    proposed = proposal.title;
    if (!isDecided) confidentiality.value = proposal.confidentiality;
  });
  confidentiality.addEventListener("change", () => {
    isDecided = confidentiality.value !== "";
  });

  const paper = form.querySelector<HTMLInputElement>("[data-paper]");
  const fields = form.querySelector<HTMLElement>("[data-paper-fields]");
  const showPaper = () => {
    if (fields && paper) fields.hidden = !paper.checked;
  };
  paper?.addEventListener("change", showPaper);
  showPaper();
}
