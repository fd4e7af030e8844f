/**
 * The page numbers of a drawn Word file. The renderer shows what the file's writer left in the
 * fields, a 1 on every page: here each page says which it is of all that were drawn.
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

/** Write into each page of *drawn* which it is and how many there are. */
export function writeNumbers(drawn: HTMLElement): void {
  const pages = [...drawn.querySelectorAll<HTMLElement>("section.docx")];
  pages.forEach((page, index) => {
    const write = (mark: string, text: string): void => {
      for (const value of page.querySelectorAll(`.${mark}`)) value.textContent = text;
    };
    write(OF_PAGE, String(index + 1));
    write(OF_WHOLE, String(pages.length));
    write(OF_REST, "");
  });
}
