/** One attachment: its pages, and the keys that turn them. */
import "../styles/pages/intake.scss";
import { startViewer, steerViewer } from "../filing/viewer";

const place = document.querySelector<HTMLElement>("[data-attachment]");
if (place) {
  const viewer = startViewer(place, JSON.parse(place.dataset.viewerWords ?? "{}"));
  addEventListener("keydown", (event) => {
    if (steerViewer(viewer, event)) event.preventDefault();
  });
}
