/** One attachment: its pages, and the keys that turn them. */
import "../styles/pages/intake.scss";
import { startViewer, steerViewer, type Viewer } from "../filing/viewer";

const place = document.querySelector<HTMLElement>("[data-attachment]");
if (place) {
  let viewer: Viewer | null = null;
  startViewer(place, (started) => {
    viewer = started;
  });
  addEventListener("keydown", (event) => {
    if (steerViewer(viewer, event)) event.preventDefault();
  });
}
