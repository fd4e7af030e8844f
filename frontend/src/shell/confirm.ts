/**
 * A form with `data-confirm="<id of a dialog>"` is sent only after the dialog is agreed to.
 * What is typed into the dialog (a reason) goes along, because its fields name the form.
 */
export function startConfirming(): void {
  // A reason that was not taken: the page comes with its dialog open, in the page and not above it.
  for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog[data-again]")) {
    dialog.close();
    dialog.showModal();
  }
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || !form.dataset.confirm) return;
      if (form.dataset.agreed) return;
      const dialog = document.getElementById(form.dataset.confirm);
      if (!(dialog instanceof HTMLDialogElement)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      dialog.showModal();
    },
    true,
  );
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const agree = target.closest<HTMLElement>("[data-agree]");
    const dialog = target.closest("dialog");
    if (agree && dialog) {
      const form = document.querySelector<HTMLFormElement>(`form[data-confirm="${dialog.id}"]`);
      const wrong = dialog.querySelector<HTMLTextAreaElement>(":invalid");
      if (wrong) {
        wrong.reportValidity();
        return;
      }
      if (!form) return;
      form.dataset.agreed = "yes";
      form.requestSubmit();
      dialog.close();
    }
    if (dialog && (target.closest("[data-dismiss]") || target === dialog)) dialog.close();
    const opener = target.closest<HTMLElement>("[data-dialog]");
    if (opener) {
      const opened = document.getElementById(opener.dataset.dialog ?? "");
      if (opened instanceof HTMLDialogElement) opened.showModal();
    }
  });
}
