/** What one style sheet may weigh, in bytes before compression. */
const BUDGET = 200_000;

/** Fails the build when a style sheet is heavier than the budget. */
export function styleBudget(budget = BUDGET) {
  return {
    name: "style-budget",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== "asset" || !file.fileName.endsWith(".css")) continue;
          const weight = Buffer.byteLength(file.source);
          if (weight > budget) {
            this.error(
              `${file.fileName} weighs ${weight} bytes, ${weight - budget} more than a style ` +
                "sheet may: leave out the parts of Tabler that no page uses (src/styles/tabler.scss)",
            );
          }
        }
      },
    },
  };
}
