import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";

const here = import.meta.dirname;
const archive = resolve(here, "../../archive");
const outlines = resolve(here, "../node_modules/@tabler/icons/icons/outline");
// Told outright: icon('phone'), icon="phone", "icon": "phone". An unknown name fails the build.
const told = /icon\w*["']?\s*[(=:]\s*["']([a-z0-9-]+)["']/g;
// Where a name stands among other words (a macro's arguments, a table, a navigation item), every
// word in quotes that is the name of an icon counts as one: better one too many than one missing.
const passages = { ".html": [/[\s\S]+/g], ".py": [/NavItem\((?:(?!NavItem\()[\s\S]){1,300}/g, /^.*# icons?\b.*$/gm] };
const quoted = /["']([a-z][a-z0-9-]+)["']/g;

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!["static", "__pycache__"].includes(entry.name)) yield* sources(path);
    } else if (extname(entry.name) in passages) {
      yield path;
    }
  }
}

/** The icon names that templates and Python mention, each with the file that does. */
export function mentionedIcons(folder = archive) {
  const found = new Map();
  for (const path of sources(folder)) {
    const text = readFileSync(path, "utf8");
    for (const [, name] of text.matchAll(told)) found.set(name, path);
    const places = passages[extname(path)].flatMap((pattern) => [...text.matchAll(pattern)]);
    for (const [passage] of places) {
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

/** The mark of the product, for the browser's tab: the archive icon on its blue square. */
function favicon() {
  const shapes = readFileSync(join(outlines, "archive.svg"), "utf8").match(/<path[^>]*>/g).join("");
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">' +
    '<rect width="32" height="32" rx="8" fill="#1d5fa8"/>' +
    '<g transform="translate(5 5) scale(.917)" fill="none" stroke="#fff" stroke-width="2" ' +
    `stroke-linecap="round" stroke-linejoin="round">${shapes}</g></svg>\n`
  );
}

/** Emits favicon.svg and icons.svg: one sprite of exactly the icons in use. An unknown name fails the build. */
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
      this.emitFile({
        type: "asset",
        name: "favicon.svg",
        originalFileName: "src/entries/favicon.svg",
        source: favicon(),
      });
    },
  };
}
