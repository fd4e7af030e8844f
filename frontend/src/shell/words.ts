/** Words of the page's language; templates put them into any number of `<meta name="words">`. */
const words: Record<string, string> = {};
for (const source of document.querySelectorAll<HTMLMetaElement>('meta[name="words"]')) {
  Object.assign(words, JSON.parse(source.content));
}

/** The word called *name*, each `{place}` in it filled from *facts*. */
export function word(name: string, facts: Record<string, string | number> = {}): string {
  const text = words[name] ?? name;
  return text.replace(/\{(\w+)\}/g, (place, fact: string) => String(facts[fact] ?? place));
}
