/** A clause that the company keeps is added to the special terms, where it may be edited. */
export function offerClauses(): void {
  const choice = document.querySelector<HTMLSelectElement>("[data-clauses]");
  const terms = document.querySelector<HTMLTextAreaElement>("#f-special");
  const add = document.querySelector<HTMLButtonElement>("[data-clause-add]");
  if (!choice || !terms || !add) return;
  add.addEventListener("click", () => {
    const text = choice.selectedOptions[0]?.dataset.text ?? "";
    if (!text) return;
    terms.value = terms.value.trim() ? `${terms.value.trimEnd()}\n${text}` : text;
    terms.dispatchEvent(new Event("input", { bubbles: true }));
    terms.focus();
  });
}
