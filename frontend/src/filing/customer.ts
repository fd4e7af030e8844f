import { TAKEN } from "../shell/lookup";
import { keepDraft } from "./kept";

/**
 * The customer is chosen from the list, from those that the paper may name, or from an offer; then
 * comes what is still missing. `kindBefore` is that of the paper before.
 */
export function startCustomer(form: HTMLFormElement, kindBefore: string): void {
  const customer = form.querySelector<HTMLInputElement>("[name=customer]");
  const kind = form.querySelector<HTMLSelectElement>("select[name=kind]");
  if (!customer || !kind) return;
  const goOn = (hadKind: boolean): void => {
    form.querySelector("[data-customer-offers]")?.remove();
    if (hadKind) form.querySelector<HTMLElement>("[type=submit]")?.focus();
    else kind.focus();
  };
  // At once: the next key may follow within the same moment, and belongs to what comes next.
  customer.addEventListener(TAKEN, () => {
    goOn(kind.value !== "");
  });
  form.addEventListener("click", (event) => {
    const target = event.target as Element;
    const button = target.closest<HTMLElement>("[data-as-before], [data-offered], [data-candidate]");
    const link = target.closest<HTMLElement>("[data-open-archive]");
    if (link) keepDraft(form, link.dataset.openArchive ?? "");
    if (!button) return;
    const { asBefore, offered, candidate } = button.dataset;
    customer.value = asBefore ?? offered ?? candidate ?? "";
    customer.dispatchEvent(new Event("input", { bubbles: true }));
    const hadKind = kind.value !== "";
    if (asBefore !== undefined && kindBefore && !hadKind) {
      kind.value = kindBefore;
      kind.dispatchEvent(new Event("change", { bubbles: true }));
    }
    goOn(hadKind);
  });
}

/** Where the person goes on: the customer or the kind if it is missing, or else filing. */
export function focusNext(form: HTMLFormElement | null): void {
  if (!form || !matchMedia("(min-width: 992px)").matches) return;
  const customer = form.querySelector<HTMLInputElement>("[name=customer]");
  const kind = form.querySelector<HTMLSelectElement>("select[name=kind]");
  const isFound = !customer || customer.value;
  const next = isFound ? (kind && !kind.value ? "select[name=kind]" : "[type=submit]") : "[name=customer]";
  form.querySelector<HTMLElement>(next)?.focus({ preventScroll: true });
}
