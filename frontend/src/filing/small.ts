const AT_ONCE = 2; // the server draws for several people
const TRIES = 5;
const PAUSE_MS = 700;

/** Loads the small images that come into sight, a few at a time, the last seen first. */
export function loadInSight(images: HTMLImageElement[]): void {
  const wanted: HTMLImageElement[] = [];
  const tries = new Map<HTMLImageElement, number>();
  let underWay = 0;

  const next = (): void => {
    while (underWay < AT_ONCE) {
      const image = wanted.pop();
      if (!image) return;
      if (!image.isConnected || image.naturalWidth) continue;
      underWay += 1;
      image.src = image.dataset.src ?? "";
    }
  };
  const settle = (): void => {
    underWay -= 1;
    next();
  };
  const sight = new IntersectionObserver((entries) => {
    for (const entry of entries.reverse()) {
      if (!entry.isIntersecting) continue;
      sight.unobserve(entry.target);
      wanted.push(entry.target as HTMLImageElement);
    }
    next();
  });
  for (const image of images) {
    image.addEventListener("load", settle, { once: true });
    image.addEventListener("error", () => {
      const tried = (tries.get(image) ?? 0) + 1;
      tries.set(image, tried);
      image.removeAttribute("src");
      if (tried < TRIES) setTimeout(() => { wanted.unshift(image); next(); }, PAUSE_MS * tried);
      settle();
    });
    sight.observe(image);
  }
}
