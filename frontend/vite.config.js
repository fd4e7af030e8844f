import { readdirSync } from "node:fs";
import { basename, resolve } from "node:path";
import { defineConfig } from "vite";
import { iconSprite } from "./build/icon-sprite.js";
import { styleBudget } from "./build/style-budget.js";

const root = import.meta.dirname;
const entries = resolve(root, "src/entries");
const tabler = resolve(root, "node_modules/@tabler/core");

/** Every file in src/entries is an entry; a template names it as `asset('<name>.js')`. */
const input = Object.fromEntries(
  readdirSync(entries)
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .map((file) => [basename(file, ".ts"), resolve(entries, file)]),
);

export default defineConfig({
  root,
  base: "/static/dist/",
  publicDir: false,
  logLevel: "warn",
  plugins: [iconSprite(), styleBudget()],
  resolve: { alias: { tabler: `${tabler}/js/src/bootstrap` } },
  css: { preprocessorOptions: { scss: { loadPaths: [resolve(root, "node_modules")] } } },
  build: {
    outDir: resolve(root, "../archive/web/static/dist"),
    emptyOutDir: true,
    manifest: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rollupOptions: { input },
  },
});
