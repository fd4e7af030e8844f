import { showDocument } from "./pages";

const PAUSE = 350;
const PREVIEW_PAUSE = 900;

type Reckoning = {
  amounts: Record<string, string>;
  total: string;
  capitals: string;
  missing: string;
};

/** Runs *work* once the person has stopped for *pause* ms; what is under way is given up. */
function afterPause(
  pause: number,
  work: (signal: AbortSignal) => Promise<void>,
): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let running = new AbortController();
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running.abort();
      running = new AbortController();
      void work(running.signal);
    }, pause);
  };
}

function post(form: HTMLFormElement, address: string, signal: AbortSignal): Promise<Response> {
  return fetch(address, { method: "POST", body: new FormData(form), signal });
}

function show(form: HTMLFormElement, found: Reckoning): void {
  for (const row of form.querySelectorAll<HTMLElement>("[data-sheet-row]")) {
    const place = row.querySelector("[data-sheet-amount]");
    if (place) place.textContent = found.amounts[row.dataset.sheetRow ?? ""] ?? "";
  }
  const words: [string, string][] = [
    ["[data-total]", found.total],
    ["[data-capitals]", found.capitals],
  ];
  for (const [where, text] of words) {
    const place = form.querySelector(where);
    if (place) place.textContent = text;
  }
  const missing = form.querySelector("[data-missing]");
  // Our own page's fragment, escaped by the server like the page itself.
  if (missing && missing.innerHTML !== found.missing) missing.innerHTML = found.missing;
}

/** Keeps sums, the list of what is missing and the preview true to what is typed. */
export function startReckoning(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-draft]");
  if (!form) return;
  const preview = document.querySelector<HTMLElement>("[data-preview-pages]");
  const opener = form.querySelector<HTMLButtonElement>("[data-preview-open]");

  const reckon = afterPause(PAUSE, async (signal) => {
    try {
      const answer = await post(form, form.dataset.reckon ?? "", signal);
      if (answer.ok) show(form, (await answer.json()) as Reckoning);
    } catch (error) {
      // Without an answer the page keeps its last sums; saving reckons again on the server.
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
    }
  });
  const redraw = afterPause(PREVIEW_PAUSE, async (signal) => {
    if (!preview || preview.hidden) return;
    await showDocument(preview, post(form, form.dataset.preview ?? "", signal));
  });

  opener?.addEventListener("click", () => {
    if (!preview) return;
    preview.hidden = !preview.hidden;
    opener.setAttribute("aria-expanded", String(!preview.hidden));
    if (preview.hidden) return;
    // At once, into room that is kept free: nothing moves under the hand once the pages are there.
    preview.scrollIntoView({ block: "start" });
    void showDocument(
      preview,
      post(form, form.dataset.preview ?? "", new AbortController().signal),
    );
  });
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => {
      reckon();
      redraw();
    });
  }
  // Back from filling in what was missing elsewhere.
  window.addEventListener("focus", reckon);
  reckon();
}
