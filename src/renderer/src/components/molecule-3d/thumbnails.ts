/** Small pictures of many structures, all drawn by one viewer out of sight: browsers allow few. */
import { openViewer } from "./open-viewer.ts";
import type { Structure, Viewer } from "./viewer.ts";

let studio: { viewer: Viewer; place: HTMLElement } | undefined;
let last: Promise<unknown> = Promise.resolve();

async function openStudio() {
  const place = document.createElement("div");
  place.className = "molecule-3d-studio";
  place.setAttribute("aria-hidden", "true");
  document.body.append(place);
  try {
    return { viewer: await openViewer(place), place };
  } catch (error) {
    place.remove();
    throw error;
  }
}

function closeStudio(): void {
  studio?.viewer.close();
  studio?.place.remove();
  studio = undefined;
}

/**
 * A structure as balls and sticks, its broad side to the front, on nothing; one after another, those first that were asked for first.
 *
 * @param signal takes it out of the row, as when its card is out of sight
 * @throws where the browser gives no WebGL context, or drops it while it draws; the next picture asks for another
 */
export function thumbnail(structure: Structure, signal: AbortSignal): Promise<ImageBitmap> {
  const drawn = last.then(async () => {
    signal.throwIfAborted();
    if (studio?.viewer.isLost()) closeStudio();
    studio ??= await openStudio();
    const { viewer } = studio;
    viewer.show([structure]);
    const picture = await viewer.bitmap();
    if (viewer.isLost()) throw new Error("The graphics card was reset while it drew the picture.");
    return picture;
  });
  last = drawn.catch(() => {});
  return drawn;
}
