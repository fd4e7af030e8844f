/** Words of the page's language; base.html puts them into `<meta name="words">`. */
const source = document.querySelector<HTMLMetaElement>('meta[name="words"]')?.content ?? "{}";
const words = JSON.parse(source) as Record<string, string>;

export function word(name: string): string {
  return words[name] ?? name;
}
