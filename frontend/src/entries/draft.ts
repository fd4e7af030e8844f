/** Drafting: the price sheet, what it comes to, what is still missing, and the page as it will be. */
import "../styles/pages/draft.scss";
import "../styles/pages/sheet.scss";
import { offerClauses } from "../draft/clauses";
import { startKeeping } from "../draft/keeping";
import { showDocument } from "../draft/pages";
import { startReckoning } from "../draft/reckoning";
import { startSheets } from "../shell/sheet";

startSheets();
startReckoning();
startKeeping();
offerClauses();
for (const place of document.querySelectorAll<HTMLElement>("[data-document]")) {
  void showDocument(place, fetch(place.dataset.document ?? ""));
}
