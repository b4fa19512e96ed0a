/** Views that are looked at from one side: who turns one turns all. */
import type { Viewer } from "./viewer.ts";

type Linked = Pick<Viewer, "onCamera" | "look" | "reset">;

export interface CameraLink {
  /** From now on it follows the others and they follow it; what is returned ends that. */
  join(viewer: Linked): () => void;
  /** Back to the first view, all of them. */
  reset(): void;
}

export function createCameraLink(): CameraLink {
  const viewers = new Set<Linked>();
  return {
    reset() {
      for (const viewer of viewers) viewer.reset();
    },
    join(viewer) {
      viewers.add(viewer);
      viewer.onCamera((camera) => {
        for (const other of viewers) if (other !== viewer) other.look(camera);
      });
      return () => {
        viewers.delete(viewer);
        viewer.onCamera(() => {});
      };
    },
  };
}
