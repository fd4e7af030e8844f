/** Labels scanned one after the other: by the camera of a phone, a hand scanner, or typed. */
import { say } from "../shell/toast";
import { word } from "../shell/words";

type Reader = (video: HTMLVideoElement) => Promise<string>;

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
declare const BarcodeDetector: { new (options: { formats: string[] }): Detector };

const AGAIN_AFTER = 4000; // milliseconds, before the same label counts once more
const BETWEEN = 200; // milliseconds between two looks

const form = document.querySelector<HTMLFormElement>("[data-scan]");
if (form) start(form);

function start(box: HTMLFormElement): void {
  const field = box.querySelector<HTMLInputElement>("[name=code]")!;
  const button = box.querySelector<HTMLButtonElement>("[data-scan-camera]")!;
  const video = box.querySelector<HTMLVideoElement>("[data-scan-video]")!;
  document.addEventListener("htmx:finally:request", (event) => {
    if (event.target !== box) return;
    field.value = "";
    if (video.hidden) field.focus();
  });
  if (!navigator.mediaDevices) return;
  button.hidden = false;
  let stream: MediaStream | null = null;

  function close(): void {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.hidden = true;
    button.querySelector("span")!.textContent = word("cameraOn");
  }

  async function open(): Promise<void> {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      say(word("noCamera"), "danger");
      return;
    }
    video.srcObject = stream;
    video.hidden = false;
    button.querySelector("span")!.textContent = word("cameraOff");
    await video.play();
    const read = await reader();
    let last = "";
    let seenAt = 0;
    while (stream) {
      const code = await read(video);
      if (code && (code !== last || Date.now() - seenAt > AGAIN_AFTER)) {
        [last, seenAt] = [code, Date.now()];
        navigator.vibrate?.(60);
        field.value = code;
        box.requestSubmit();
      } else if (code) {
        seenAt = Date.now();
      }
      await new Promise((done) => setTimeout(done, BETWEEN));
    }
  }

  button.addEventListener("click", () => (stream ? close() : void open()));
  addEventListener("pagehide", close);
}

/** What reads a QR code: the browser itself, or a decoder of ours where it cannot. */
async function reader(): Promise<Reader> {
  if ("BarcodeDetector" in window) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue ?? "";
  }
  const { default: decode } = await import("jsqr");
  const canvas = document.createElement("canvas");
  const paper = canvas.getContext("2d", { willReadFrequently: true })!;
  return async (video) => {
    const scale = Math.min(1, 800 / (video.videoWidth || 800));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    if (!canvas.width) return "";
    paper.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data } = paper.getImageData(0, 0, canvas.width, canvas.height);
    return decode(data, canvas.width, canvas.height)?.data ?? "";
  };
}
