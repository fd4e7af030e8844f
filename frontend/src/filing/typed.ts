/** What the person has typed or chosen in a form: it outlives that the form is drawn anew. */
export class Typed {
  private readonly names = new Set<string>();

  constructor(private readonly form: HTMLFormElement) {
    for (const kind of ["input", "change"]) {
      form.addEventListener(kind, (event) => {
        const { name } = event.target as HTMLInputElement;
        if (name) this.names.add(name);
      });
    }
  }

  get isUntouched(): boolean {
    return this.names.size === 0;
  }

  putInto(fresh: HTMLFormElement): void {
    for (const name of this.names) {
      const from = this.form.elements.namedItem(name);
      const to = fresh.elements.namedItem(name);
      if (from instanceof HTMLInputElement && to instanceof HTMLInputElement) {
        to.value = from.value;
        if (to.checked !== from.checked) to.click();
      } else if (from instanceof HTMLSelectElement && to instanceof HTMLSelectElement) {
        to.value = from.value;
      } else {
        continue;
      }
      to.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}
