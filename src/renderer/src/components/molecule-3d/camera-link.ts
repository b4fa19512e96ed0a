/** Views that are looked at from one side: who turns one turns all. */
import type { Viewer } from "./viewer.ts";

type Linked = Pick<Viewer, "onCamera" | "camera" | "look" | "reset">;

export interface CameraLink {
  /** It looks from where the others do, and from now on follows them and they follow it; what is returned ends that. */
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
      const [other] = viewers;
      if (other) viewer.look(other.camera());
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
