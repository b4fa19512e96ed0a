/** A viewer that draws no more often than is seen. */

interface Drawn {
  show(): void;
}

/**
 * 3Dmol draws at each step, turning, zooming and removing labels among them; without a graphics card a drawing takes a tenth of a second.
 * From here on it draws once, before the next frame.
 *
 * @param changed is called at each step, once it is done
 */
export function drawOnceAFrame(viewer: object, changed: () => void): { now(): void; stop(): void } {
  const drawn = viewer as Drawn;
  const now = drawn.show.bind(viewer);
  let asked: number | undefined;
  const stop = () => {
    if (asked !== undefined) cancelAnimationFrame(asked);
    asked = undefined;
  };
  drawn.show = () => {
    asked ??= requestAnimationFrame(() => {
      asked = undefined;
      now();
    });
    changed();
  };
  return { now, stop };
}
