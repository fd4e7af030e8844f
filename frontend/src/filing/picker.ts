interface Customer {
  id: string;
  name: string;
  code: string;
  number: string;
}

const PAUSE_MS = 120;

/** A combobox (WAI-ARIA) over the customers: typing asks the server, arrows and Enter choose. */
export function startPicker(root: HTMLElement): void {
  const text = root.querySelector<HTMLInputElement>("[data-picker-text]");
  const value = root.querySelector<HTMLInputElement>("[data-picker-value]");
  const list = root.querySelector<HTMLElement>("[data-picker-list]");
  if (!text || !value || !list) return;
  let found: Customer[] = [];
  let at = -1;
  let asked = 0;
  let pause = 0;

  const close = () => {
    list.hidden = true;
    at = -1;
    text.setAttribute("aria-expanded", "false");
    text.removeAttribute("aria-activedescendant");
  };
  const mark = (place: number) => {
    at = place;
    for (const [index, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(index === at));
      if (index === at) {
        text.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      }
    }
  };
  const choose = (customer: Customer | undefined) => {
    if (!customer) return;
    value.value = customer.id;
    text.value = `${customer.name}（${customer.number}）`;
    text.removeAttribute("aria-invalid");
    close();
    root.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
  };
  const show = () => {
    list.replaceChildren(...found.map((customer, index) => option(customer, index, choose)));
    if (!found.length) list.append(nothing(root.dataset.none ?? ""));
    list.hidden = false;
    text.setAttribute("aria-expanded", "true");
    mark(found.length ? 0 : -1);
  };
  const ask = async () => {
    asked += 1;
    const mine = asked;
    const address = `${root.dataset.source}?q=${encodeURIComponent(text.value)}`;
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok || mine !== asked) return;
    found = (await answer.json()) as Customer[];
    show();
  };

  text.addEventListener("input", () => {
    value.value = "";
    clearTimeout(pause);
    pause = window.setTimeout(ask, PAUSE_MS);
  });
  text.addEventListener("focus", () => text.select());
  text.addEventListener("blur", close);
  text.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && list.hidden) {
      event.preventDefault();
      void ask();
    } else if (list.hidden) {
      return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((at + step + found.length) % Math.max(1, found.length));
    } else if (event.key === "Enter" && found.length) {
      event.preventDefault();
      choose(found[at]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      close();
    } else if (event.key === "Tab" && !value.value) {
      choose(found[at]);
    }
  });
}

function option(
  customer: Customer,
  index: number,
  choose: (customer: Customer) => void,
): HTMLElement {
  const line = document.createElement("li");
  line.id = `customer-${index}`;
  line.setAttribute("role", "option");
  const code = document.createElement("span");
  code.className = "code";
  code.textContent = customer.code;
  line.append(customer.name, code);
  // Not click: the field would lose the focus first, and the list would be gone.
  line.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    choose(customer);
  });
  return line;
}

function nothing(words: string): HTMLElement {
  const line = document.createElement("li");
  line.className = "none";
  line.textContent = words;
  return line;
}
