/**
 * What each chapter looks like: a sheet of its own, found by its folder. This is a module of its own
 * so that they come after the sheets that all chapters share.
 */
import.meta.glob("./chapters/*.scss", { eager: true });
