/** Remembers a choice on this device; a browser that forbids storage simply forgets it. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // The choice still holds for this page.
  }
}

/** What was kept under *name* while this window is open. */
export function recalled(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Keep *value* under *name* while this window is open; an empty one is forgotten. */
export function recall(name: string, value: string): void {
  try {
    if (value) sessionStorage.setItem(name, value);
    else sessionStorage.removeItem(name);
  } catch {
    // The choice still holds for this page.
  }
}

/** Forget all that is kept, while this window is open, under names that begin with *start*. */
export function forgetBeginningWith(start: string): void {
  try {
    for (const name of Object.keys(sessionStorage)) {
      if (name.startsWith(start)) sessionStorage.removeItem(name);
    }
  } catch {
    // Nothing is kept.
  }
}
