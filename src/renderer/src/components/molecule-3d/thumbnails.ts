/** Small pictures of many structures, all drawn by one viewer out of sight: browsers allow few. */
import { openViewer } from "./open-viewer.ts";
import type { Structure, Viewer } from "./viewer.ts";

let studio: Promise<Viewer> | undefined;
let last: Promise<unknown> = Promise.resolve();

function openStudio(): Promise<Viewer> {
  const place = document.createElement("div");
  place.className = "molecule-3d-studio";
  place.setAttribute("aria-hidden", "true");
  document.body.append(place);
  return openViewer(place);
}

/**
 * A structure as balls and sticks, its broad side to the front, on nothing; one after another, those first that were asked for first.
 *
 * @param signal takes it out of the row, as when its card is out of sight
 * @throws where the browser gives no WebGL context
 */
export function thumbnail(structure: Structure, signal: AbortSignal): Promise<ImageBitmap> {
  const drawn = last.then(async () => {
    signal.throwIfAborted();
    studio ??= openStudio();
    const viewer = await studio;
    viewer.show([structure]);
    return await viewer.bitmap();
  });
  last = drawn.catch(() => {});
  return drawn;
}
