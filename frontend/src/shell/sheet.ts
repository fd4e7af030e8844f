import { markChanged } from "./forms";

/** Higher than any row that the server has numbered, so that names never meet. */
const FIRST_NEW_NUMBER = 1000;

let rowsAdded = 0;

function rowsOf(sheet: HTMLElement): HTMLTableRowElement[] {
  return [...sheet.querySelectorAll<HTMLTableRowElement>("[data-sheet-row]")];
}

function cellsOf(row: HTMLTableRowElement): HTMLInputElement[] {
  return [...row.querySelectorAll<HTMLInputElement>("input:not([type=hidden])")];
}

function renumber(sheet: HTMLElement): void {
  rowsOf(sheet).forEach((row, index) => {
    const place = row.querySelector("[data-sheet-number]");
    if (place) place.textContent = String(index + 1);
  });
}

function addRow(sheet: HTMLElement): HTMLTableRowElement | undefined {
  const blank = sheet.querySelector("template");
  const body = sheet.querySelector("[data-sheet-rows]");
  if (!blank || !body) return undefined;
  rowsAdded += 1;
  const made = document.createElement("template");
  made.innerHTML = blank.innerHTML.replaceAll("__n__", String(FIRST_NEW_NUMBER + rowsAdded));
  body.append(made.content);
  renumber(sheet);
  return rowsOf(sheet).at(-1);
}

/** Tells the rest of the page that the sheet is another one now. */
function announce(sheet: HTMLElement): void {
  markChanged();
  sheet.dispatchEvent(new Event("input", { bubbles: true }));
}

function dropRow(sheet: HTMLElement, row: HTMLTableRowElement): void {
  const rows = rowsOf(sheet);
  const index = rows.indexOf(row);
  const neighbour = rows[index + 1] ?? rows[index - 1];
  row.remove();
  if (rowsOf(sheet).length === 0) addRow(sheet);
  renumber(sheet);
  (neighbour ?? rowsOf(sheet)[0])?.querySelector<HTMLInputElement>("input:not([type=hidden])")?.focus();
  announce(sheet);
}

/** Moves *down* rows in the same column; below the last row a new one begins. */
function moveRow(sheet: HTMLElement, cell: HTMLInputElement, down: number, grow: boolean): boolean {
  const rows = rowsOf(sheet);
  const row = cell.closest<HTMLTableRowElement>("[data-sheet-row]");
  if (!row) return false;
  const column = cellsOf(row).indexOf(cell);
  const index = rows.indexOf(row) + down;
  const target = rows[index] ?? (grow && index === rows.length ? addRow(sheet) : undefined);
  const next = target && cellsOf(target)[column];
  if (!next) return false;
  next.focus();
  next.select();
  return true;
}

/** Moves along the row when the caret stands at the edge of the text, as in a sheet. */
function moveColumn(cell: HTMLInputElement, step: number): boolean {
  const row = cell.closest<HTMLTableRowElement>("[data-sheet-row]");
  const all = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  const atEdge = step < 0 ? cell.selectionEnd === 0 : cell.selectionStart === cell.value.length;
  if (!row || !(all || atEdge)) return false;
  const cells = cellsOf(row);
  const next = cells[cells.indexOf(cell) + step];
  next?.focus();
  next?.select();
  return next !== undefined;
}

function moveByKey(sheet: HTMLElement, cell: HTMLInputElement, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const moves: Record<string, () => boolean> = {
    Enter: () => moveRow(sheet, cell, event.shiftKey ? -1 : 1, true),
    ArrowDown: () => moveRow(sheet, cell, 1, false),
    ArrowUp: () => moveRow(sheet, cell, -1, false),
    ArrowLeft: () => moveColumn(cell, -1),
    ArrowRight: () => moveColumn(cell, 1),
  };
  const moved = moves[event.key]?.();
  // Enter never sends the whole form from inside the sheet.
  if (moved || event.key === "Enter") event.preventDefault();
}

/** Cells as Excel copies them: tabs between columns, line ends between rows, quotes round both. */
export function readCells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const endRow = (): void => {
    rows.push([...row, cell]);
    row = [];
    cell = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (quoted && letter === '"' && text.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"' && (quoted || cell === "")) {
      quoted = !quoted;
    } else if (letter === "\t" && !quoted) {
      row.push(cell);
      cell = "";
    } else if (letter === "\n" && !quoted) {
      endRow();
    } else if (letter !== "\r") {
      cell += letter === "\n" ? " " : letter;
    }
  }
  if (cell !== "" || row.length > 0) endRow();
  return rows;
}

function paste(sheet: HTMLElement, cell: HTMLInputElement, text: string): void {
  const row = cell.closest<HTMLTableRowElement>("[data-sheet-row]");
  if (!row) return;
  const column = cellsOf(row).indexOf(cell);
  const start = rowsOf(sheet).indexOf(row);
  readCells(text).forEach((values, down) => {
    const target = rowsOf(sheet)[start + down] ?? addRow(sheet);
    if (!target) return;
    const cells = cellsOf(target);
    values.forEach((value, right) => {
      const into = cells[column + right];
      if (!into) return;
      into.value = value.trim();
    });
  });
  announce(sheet);
}

function start(sheet: HTMLElement): void {
  if (rowsOf(sheet).length === 0) addRow(sheet);
  renumber(sheet);
  sheet.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-sheet-add]")) addRow(sheet)?.querySelector<HTMLInputElement>("input:not([type=hidden])")?.focus();
    const row = target.closest("[data-sheet-drop]")?.closest<HTMLTableRowElement>("tr");
    if (row) dropRow(sheet, row);
  });
  sheet.addEventListener("keydown", (event) => {
    if (event.target instanceof HTMLInputElement) moveByKey(sheet, event.target, event);
  });
  sheet.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!(event.target instanceof HTMLInputElement) || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    paste(sheet, event.target, text);
  });
}

/** Tables marked `data-sheet` can be filled in like a sheet of Excel, and from one. */
export function startSheets(): void {
  for (const sheet of document.querySelectorAll<HTMLElement>("[data-sheet]")) start(sheet);
}
