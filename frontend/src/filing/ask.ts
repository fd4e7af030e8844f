import { say } from "../shell/toast";
import { word } from "../shell/words";

/** Asks the server for a fragment, or with POST for an answer; null where none came. */
export async function ask(address: string, init: RequestInit = {}): Promise<Response | null> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
  const accept = init.method === "POST" ? "application/json" : "text/html";
  try {
    return await fetch(address, {
      ...init,
      headers: { Accept: accept, "X-CSRFToken": token ?? "" },
    });
  } catch {
    say(word("noAnswer"), "danger");
    return null;
  }
}

/** What the server drew, as elements. */
export function parsed(fragment: string): DocumentFragment {
  const holder = document.createElement("template");
  holder.innerHTML = fragment.trim();
  return holder.content;
}
