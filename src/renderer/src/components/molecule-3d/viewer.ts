/** What the app asks of a 3D viewer, over 3Dmol. */
import { face, type Point } from "./face.ts";
import { halfHeight, tilted } from "./fit.ts";

export type Style = "ball-and-stick" | "stick" | "space-filling";

/** The text of a file. */
export interface Structure {
  readonly format: "sdf" | "xyz";
  readonly text: string;
}

export interface Viewer {
  show(structure: Structure): void;
  setStyle(style: Style): void;
  turn(axis: "x" | "y", degrees: number): void;
  reset(): void;
  close(): void;
}

const COLOURS = { colorscheme: "Jmol" };
const STYLES = {
  "ball-and-stick": { stick: { radius: 0.13, ...COLOURS }, sphere: { scale: 0.27, ...COLOURS } },
  stick: { stick: { radius: 0.18, ...COLOURS } },
  "space-filling": { sphere: { scale: 0.95, ...COLOURS } },
};

/** Translation, zoom and rotation as a quaternion: as the model's coordinates are. */
const AS_IT_IS = [0, 0, 0, 0, 0, 0, 0, 1];
/** From above, so that atoms behind one another show. */
const TILT_DEGREES = 20;
/** Of 3Dmol's camera. */
const FOV_DEGREES = 20;
/** Half the height of what 3Dmol zooms to, about the mean of the atoms: as far as the furthest of them, Å. */
const LEAST_ZOOM = 5;
const zoomedTo = (atoms: readonly Point[]) =>
  Math.max(LEAST_ZOOM, ...atoms.map(({ x, y, z }) => Math.hypot(x, y, z)));

/** Puts the mean of the atoms at the origin and their broad side to the front; their bonds go with them. */
function faceFront(points: readonly Point[]): void {
  for (const axis of ["x", "y", "z"] as const) {
    const mean = points.reduce((total, point) => total + point[axis], 0) / points.length;
    for (const point of points) point[axis] -= mean;
  }
  face(points);
}

/**
 * Opens a viewer that fills the element and follows its size.
 *
 * @throws where the browser gives no WebGL context.
 */
export async function openViewer(element: HTMLElement): Promise<Viewer> {
  // Loaded on first use: half a megabyte that the table does not need.
  const { createViewer } = await import("3dmol/build/3Dmol.es6-min.js");
  const viewer = createViewer(element, {
    antialias: true,
    backgroundAlpha: 0,
    // Any other colour is added to what lies beneath, because the canvas holds premultiplied colours.
    backgroundColor: "black",
    disableFog: true,
  });
  if (!viewer) throw new Error("no WebGL context");
  let style: Style = "ball-and-stick";
  let atoms: readonly Point[] = [];
  /** Half the height of the view where the molecule was last fitted to it, Å. */
  let fitted = LEAST_ZOOM;

  const draw = () => {
    viewer.setStyle({}, STYLES[style]);
    viewer.render();
  };
  /** Keeps what a person has turned and zoomed. */
  const frame = () => {
    const { clientWidth, clientHeight } = element;
    if (clientWidth === 0 || clientHeight === 0) return;
    const view = { aspect: clientWidth / clientHeight, fov_degrees: FOV_DEGREES };
    const needed = halfHeight(tilted(atoms, TILT_DEGREES), view);
    viewer.zoom(fitted / needed);
    fitted = needed;
  };
  const reset = () => {
    viewer.setView(AS_IT_IS);
    viewer.rotate(TILT_DEGREES, "x");
    viewer.zoomTo();
    fitted = zoomedTo(atoms);
    frame();
    viewer.render();
  };
  const sizes = new ResizeObserver(() => {
    viewer.resize();
    frame();
    viewer.render();
  });
  sizes.observe(element);

  return {
    show({ format, text }) {
      viewer.removeAllModels();
      atoms = viewer.addModel(text, format, { keepH: true }).selectedAtoms({}) as Point[];
      faceFront(atoms);
      draw();
      reset();
    },
    setStyle(next) {
      style = next;
      draw();
    },
    turn(axis, degrees) {
      viewer.rotate(degrees, axis);
      viewer.render();
    },
    reset,
    close() {
      sizes.disconnect();
      viewer.removeAllModels();
      viewer.getCanvas().getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
      element.replaceChildren();
    },
  };
}
