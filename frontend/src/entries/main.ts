/** What every page has: the components of Tabler, htmx, and the behaviour of the shell. */
import "../styles/main.scss";
import "../styles/chapters";
import "tabler/dropdown";
import { startConfirming } from "../shell/confirm";
import { startCopying } from "../shell/copy";
import { startDates } from "../shell/dates";
import { startForms } from "../shell/forms";
import { startFragments } from "../shell/fragments";
import { leaveToInputMethod, startKeys } from "../shell/keys";
import { startLists } from "../shell/lists";
import { startLookups } from "../shell/lookup";
import { startSide } from "../shell/side";
import { startTheme } from "../shell/theme";
import { startNotices } from "../shell/toast";

leaveToInputMethod();
startTheme();
startSide();
startKeys();
startForms();
startDates();
startConfirming();
startCopying();
startLists();
startLookups();
startFragments();
startNotices();
