// Tabler ships its Bootstrap components as TypeScript that its own, laxer settings check.
declare module "tabler/*";
