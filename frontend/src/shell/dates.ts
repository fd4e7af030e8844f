import type AirDatepicker from "air-datepicker";
import type { AirDatepickerLocale } from "air-datepicker";
import { word } from "./words";

const ASKED = 'input[type="date"], input[type="datetime-local"]';
const TYPED = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2}))?$/;

function read(text: string): Date | null {
  const [, year, month, day, hour, minute] = TYPED.exec(text.trim()) ?? [];
  return year ? new Date(+year, Number(month) - 1, +(day ?? 1), +(hour ?? 0), +(minute ?? 0)) : null;
}

/** The picker's languages are CommonJS: the bundler wraps what they export once more. */
function unwrap(language: { default: AirDatepickerLocale }): AirDatepickerLocale {
  const inner = language.default as AirDatepickerLocale & { default?: AirDatepickerLocale };
  return inner.default ?? inner;
}

async function ask(input: HTMLInputElement): Promise<void> {
  const hasTime = input.type === "datetime-local";
  const { value } = input;
  input.type = "text"; // written 2026-11-23 whatever the browser's own language is
  input.autocomplete = "off";
  input.placeholder ||= word(hasTime ? "instantPattern" : "dayPattern");
  input.value = value.replace("T", " ");
  const english = document.documentElement.lang === "en";
  const [{ default: Picker }, language] = await Promise.all([
    import("air-datepicker"),
    english ? import("air-datepicker/locale/en") : import("air-datepicker/locale/zh"),
    import("air-datepicker/air-datepicker.css"),
  ]);
  const chosen = read(input.value);
  const picker: AirDatepicker = new Picker(input, {
    locale: { ...unwrap(language), dateFormat: "yyyy-MM-dd", timeFormat: "HH:mm", firstDay: 1 },
    timepicker: hasTime,
    autoClose: !hasTime,
    navTitles: { days: english ? "MMMM yyyy" : "yyyy 年 MMMM" },
    keyboardNav: false, // the field stays one to type in
    selectedDates: chosen ? [chosen] : [],
    onSelect: () => input.dispatchEvent(new Event("change", { bubbles: true })),
  });
  input.addEventListener("input", () => {
    const typed = read(input.value);
    if (typed) void picker.selectDate(typed, { silent: true, updateTime: true });
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || event.key === "Enter") picker.hide();
  });
}

/** Days are written the same everywhere; telephones keep their own way of choosing one. */
export function startDates(): void {
  if (matchMedia("(pointer: coarse)").matches) return;
  const askIn = (place: ParentNode) => {
    for (const input of place.querySelectorAll<HTMLInputElement>(ASKED)) void ask(input);
  };
  askIn(document);
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node instanceof Element) askIn(node);
    }
  }).observe(document.body, { childList: true, subtree: true });
}
