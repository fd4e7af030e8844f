/** A year of figures, typed or pasted like a sheet. */
import "../styles/pages/sheet.scss";
import { startSheets } from "../shell/sheet";

startSheets();
