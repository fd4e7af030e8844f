import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";

const here = import.meta.dirname;
const archive = resolve(here, "../../archive");
const outlines = resolve(here, "../node_modules/@tabler/icons/icons/outline");
const reads = new Set([".html", ".py"]);

// icon('phone'), icon="phone", icon_name = 'phone', "icon": "phone"
const mention = /icon\w*["']?\s*[(=:]\s*["']([a-z0-9-]+)["']/g;
// A navigation item names its icon among other words, and a line with the comment `# icon` or
// `{# icon #}` names icons whatever stands around them: for tables that map a kind to its icon.
const marked = [/NavItem\([\s\S]{1,300}/g, /^.*(?:#|\{#) icons?\b.*$/gm];
const quoted = /["']([a-z][a-z0-9-]+)["']/g;

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!["static", "__pycache__"].includes(entry.name)) yield* sources(path);
    } else if (reads.has(extname(entry.name))) {
      yield path;
    }
  }
}

/** The icon names that templates and Python mention, each with the file that does. */
export function mentionedIcons(folder = archive) {
  const found = new Map();
  for (const path of sources(folder)) {
    const text = readFileSync(path, "utf8");
    for (const [, name] of text.matchAll(mention)) found.set(name, path);
    for (const [passage] of marked.flatMap((pattern) => [...text.matchAll(pattern)])) {
      for (const [, name] of passage.matchAll(quoted)) {
        if (existsSync(join(outlines, `${name}.svg`))) found.set(name, path);
      }
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function symbol(name, path) {
  const file = join(outlines, `${name}.svg`);
  if (!existsSync(file))
    throw new Error(`${path} names the icon '${name}', which Tabler does not have`);
  const shapes = readFileSync(file, "utf8")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
    .replace(/>\s+</g, "><")
    .trim();
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}

/** Emits icons.svg: one sprite of exactly the icons in use. An unknown name fails the build. */
export function iconSprite() {
  return {
    name: "icon-sprite",
    buildStart() {
      for (const path of sources(archive)) this.addWatchFile(path);
    },
    generateBundle() {
      const symbols = [...mentionedIcons()].map(([name, path]) => symbol(name, path));
      this.emitFile({
        type: "asset",
        name: "icons.svg",
        originalFileName: "src/entries/icons.svg",
        source: `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`,
      });
    },
  };
}
