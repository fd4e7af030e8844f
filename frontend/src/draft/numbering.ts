/**
 * The page numbers of a drawn Word file. The renderer shows what the file's writer left in the
 * fields, a 1 on every page: here each sheet says which page it ends with, of all.
 */

interface Part {
  type?: string;
  charType?: string;
  text?: string;
  className?: string;
  fieldRun?: boolean;
  children?: Part[];
}

interface Field {
  instruction: string;
  isShown: boolean; // what follows is the field's value, no longer its instruction
  isWritten: boolean; // its value has a run that is filled
}

const NUMBER = /^\s*(PAGE|NUMPAGES|SECTIONPAGES)(?![A-Z])/i;
const ROUNDING = 0.01; // of a page, that fonts of the screen are taller
const OF_PAGE = "field-page";
const OF_WHOLE = "field-pages";
const OF_REST = "field-rest";

/** Mark the values of page numbers in the headers and footers of a *file* that was read. */
export function markNumbers(file: { parts?: { rootElement?: Part }[] }): void {
  for (const part of file.parts ?? []) {
    if (part.rootElement) markIn(part.rootElement, []);
  }
}

function markIn(element: Part, open: Field[]): void {
  for (const child of element.children ?? []) {
    const field = open.at(-1);
    if (child.type === "complexField") {
      if (child.charType === "begin") open.push({ instruction: "", isShown: false, isWritten: false });
      else if (child.charType === "separate" && field) field.isShown = true;
      else if (child.charType === "end") open.pop();
    } else if (child.type === "instruction" && field) {
      field.instruction += child.text ?? "";
    } else if (child.type === "run" && !child.fieldRun && field?.isShown) {
      markValue(child, field);
    } else {
      markIn(child, open);
    }
  }
}

function markValue(run: Part, field: Field): void {
  const kind = NUMBER.exec(field.instruction)?.[1]?.toUpperCase();
  if (!kind) return;
  const mark = field.isWritten ? OF_REST : kind === "PAGE" ? OF_PAGE : OF_WHOLE;
  run.className = [run.className, mark].filter(Boolean).join(" ");
  field.isWritten = true;
}

/**
 * Write into each sheet of *drawn*, which is in the page, which page it ends with and how many there
 * are. A sheet breaks only where the file says so: it may be as tall as several pages of paper.
 */
export function writeNumbers(drawn: HTMLElement): void {
  const sheets = [...drawn.querySelectorAll<HTMLElement>("section.docx")];
  const ends: number[] = [];
  for (const sheet of sheets) ends.push((ends.at(-1) ?? 0) + pagesOf(sheet));
  sheets.forEach((sheet, index) => {
    const write = (mark: string, text: string): void => {
      for (const value of sheet.querySelectorAll(`.${mark}`)) value.textContent = text;
    };
    write(OF_PAGE, String(ends[index]));
    write(OF_WHOLE, String(ends.at(-1)));
    write(OF_REST, "");
  });
}

function pagesOf(sheet: HTMLElement): number {
  const height = parseFloat(getComputedStyle(sheet).minHeight);
  return height > 0 ? Math.max(1, Math.ceil(sheet.offsetHeight / height - ROUNDING)) : 1;
}
