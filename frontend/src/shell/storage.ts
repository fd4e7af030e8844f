/** Remembers a choice on this device; a browser that forbids storage simply forgets it. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // The choice still holds for this page.
  }
}
