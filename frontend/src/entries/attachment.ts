/** One attachment: its pages, and the keys that turn them. */
import "../styles/pages/intake.scss";
import { startViewer, steerViewer } from "../filing/viewer";

const place = document.querySelector<HTMLElement>("[data-attachment]");
if (place) {
  const viewer = startViewer(place);
  addEventListener("keydown", (event) => {
    if (steerViewer(viewer, event)) event.preventDefault();
  });
}
