import type AirDatepicker from "air-datepicker";
import type { AirDatepickerLocale } from "air-datepicker";

const ASKED = "input[data-day]";
const TYPED =
  /^\s*(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?(?:[T ]+(\d{1,2})[:：](\d{2}))?\s*$/;

/** The moment that *text* writes in a usual spelling; the server knows more of them. */
export function read(text: string): Date | null {
  const match = TYPED.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map((n) => Number(n ?? 0));
  const found = new Date(year, month - 1, day, hour, minute);
  const isReal =
    found.getMonth() === month - 1 && found.getDate() === day && hour < 24 && minute < 60;
  return isReal ? found : null;
}

function write(date: Date, hasTime: boolean): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  const day = `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return hasTime ? `${day} ${two(date.getHours())}:${two(date.getMinutes())}` : day;
}

/** The picker's languages are CommonJS: the bundler wraps what they export once more. */
function unwrap(language: { default: AirDatepickerLocale }): AirDatepickerLocale {
  const inner = language.default as AirDatepickerLocale & { default?: AirDatepickerLocale };
  return inner.default ?? inner;
}

/** Below the field, or above it where there is no room, in front of everything. */
function place(calendar: HTMLElement, input: HTMLInputElement): void {
  const field = input.getBoundingClientRect();
  const height = calendar.offsetHeight;
  const isAbove = field.bottom + height > innerHeight && field.top > height;
  const left = Math.min(field.left, document.documentElement.clientWidth - calendar.offsetWidth - 8);
  calendar.style.left = `${String(Math.max(8, left))}px`;
  calendar.style.top = `${String(isAbove ? field.top - height - 4 : field.bottom + 4)}px`;
}

/**
 * Puts a calendar beside the field. It is a thing of its own: it follows what is typed and has no
 * way to write into the field but a day that somebody clicks.
 */
async function addCalendar(input: HTMLInputElement): Promise<void> {
  const hasTime = input.dataset.day === "time";
  const english = document.documentElement.lang === "en";
  const [{ default: Picker }, language] = await Promise.all([
    import("air-datepicker"),
    english ? import("air-datepicker/locale/en") : import("air-datepicker/locale/zh"),
    import("air-datepicker/air-datepicker.css"),
  ]);
  const calendar = document.createElement("div");
  calendar.className = "calendar";
  calendar.hidden = true;
  (input.closest("dialog") ?? document.body).append(calendar);
  let isChoosing = false;

  const picker: AirDatepicker<HTMLDivElement> = new Picker(document.createElement("div"), {
    inline: true,
    locale: { ...unwrap(language), firstDay: 1 },
    timepicker: hasTime,
    toggleSelected: false,
    navTitles: { days: english ? "MMMM yyyy" : "yyyy 年 MMMM" },
    onSelect: ({ date }) => {
      if (!isChoosing || !(date instanceof Date)) return;
      input.value = write(date, hasTime);
      for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
      if (!hasTime) hide();
    },
  });
  calendar.append(picker.$datepicker);

  const follow = (): void => {
    const typed = read(input.value);
    if (typed && !isChoosing) void picker.selectDate(typed, { silent: true, updateTime: true });
  };
  const show = (): void => {
    isChoosing = false;
    follow();
    calendar.hidden = false;
    place(calendar, input);
  };
  const hide = (): void => {
    calendar.hidden = true;
  };
  calendar.addEventListener("pointerdown", () => {
    isChoosing = true;
  });
  calendar.addEventListener("mousedown", (event) => {
    // The field keeps the focus; only the sliders of the time need it.
    if (!(event.target instanceof HTMLInputElement)) event.preventDefault();
  });
  input.addEventListener("keydown", (event) => {
    isChoosing = false;
    if (event.key === "Escape" || event.key === "Enter") hide();
  });
  input.addEventListener("input", (event) => {
    if (event.isTrusted) follow();
  });
  input.addEventListener("focus", show);
  input.addEventListener("click", show);
  for (const each of [input, calendar]) {
    each.addEventListener("focusout", (event) => {
      const next = event.relatedTarget;
      if (next !== input && !(next instanceof Node && calendar.contains(next))) hide();
    });
  }
  addEventListener("scroll", (event) => {
    if (!calendar.hidden && event.target instanceof Node && event.target.contains(input)) {
      place(calendar, input);
    }
  }, true);
  if (document.activeElement === input) show();
}

/** A phone's own way of choosing a day, unless the field holds a spelling that it cannot show. */
function useOwnCalendar(input: HTMLInputElement): void {
  if (input.value && !/^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$/.test(input.value)) return;
  const { value } = input;
  input.type = input.dataset.day === "time" ? "datetime-local" : "date";
  input.value = value.replace(" ", "T");
}

/** Days are written the same everywhere, and typed in any usual spelling. */
export function startDates(): void {
  if (matchMedia("(pointer: coarse)").matches) {
    const changeIn = (place: ParentNode): void => {
      for (const input of place.querySelectorAll<HTMLInputElement>(ASKED)) useOwnCalendar(input);
    };
    changeIn(document);
    new MutationObserver((changes) => {
      for (const change of changes) {
        for (const node of change.addedNodes) if (node instanceof Element) changeIn(node);
      }
    }).observe(document.body, { childList: true, subtree: true });
    return;
  }
  const started = new WeakSet<HTMLInputElement>();
  document.addEventListener("focusin", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.matches(ASKED) || started.has(input)) return;
    started.add(input);
    void addCalendar(input);
  });
}
