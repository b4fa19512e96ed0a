/** What the app asks of a 3D viewer, over 3Dmol. */
import type { Mesh } from "#shared/molecule/mesh.ts";
import { face, type Point } from "./face.ts";
import { halfHeight, tilted } from "./fit.ts";

export type Style = "ball-and-stick" | "stick" | "space-filling";

/** The text of a file. */
export interface Structure {
  readonly format: "sdf" | "xyz";
  readonly text: string;
}

/** Triangles in the coordinates of the structure, in a colour that CSS reads. */
export interface DrawnSurface {
  readonly mesh: Mesh;
  readonly colour: string;
}

export interface Viewer {
  /** Draws surfaces in place of those before. */
  drawSurfaces(surfaces: readonly DrawnSurface[]): void;
  /** Calls back with the number, from 0, of an atom that is clicked. */
  onAtom(chosen: (atom: number) => void): void;
  /** Rings atoms, from 0, with their numbers from 1. */
  mark(atoms: readonly number[]): void;
  /** What is shown but the marks, on white, `scale` times as many points each way. */
  picture(scale: number): Uint8Array<ArrayBuffer>;
  show(structure: Structure): void;
  /** The same atoms elsewhere: turned and zoomed as what was shown before. */
  move(structure: Structure): void;
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

/** Where a point of the structure is drawn, or where a direction points. */
type Placing = (x: number, y: number, z: number, isDirection: boolean) => Point;

/** Puts the mean of the atoms at the origin and their broad side to the front; their bonds go with them. */
function faceFront(points: readonly Point[]): Placing {
  const mean = { x: 0, y: 0, z: 0 };
  for (const axis of ["x", "y", "z"] as const) {
    mean[axis] = points.reduce((total, point) => total + point[axis], 0) / points.length;
    for (const point of points) point[axis] -= mean[axis];
  }
  const a = { x: 1, y: 0, z: 0 };
  const b = { x: 0, y: 1, z: 0 };
  const c = { x: 0, y: 0, z: 1 };
  face(points, [a, b, c]);
  return (x, y, z, isDirection) => {
    const [u, v, w] = isDirection ? [x, y, z] : [x - mean.x, y - mean.y, z - mean.z];
    return {
      x: u * a.x + v * b.x + w * c.x,
      y: u * a.y + v * b.y + w * c.y,
      z: u * a.z + v * b.z + w * c.z,
    };
  };
}

const placedAll = (numbers: Float32Array, place: Placing, isDirection: boolean): Point[] =>
  Array.from({ length: numbers.length / 3 }, (_, k) =>
    place(numbers[3 * k]!, numbers[3 * k + 1]!, numbers[3 * k + 2]!, isDirection),
  );

const SURFACE_OPACITY = 0.82;
/** Of a ring around a marked atom, Å. */
const MARK_RADIUS = 0.5;
const MARK_COLOUR = "#f0c000";
const MARK_LABEL = {
  ...{ fontSize: 13, fontColor: "white", backgroundColor: "black", backgroundOpacity: 0.7 },
  inFront: true,
};

interface Drawn {
  show(): void;
}

/**
 * 3Dmol draws at each step, turning, zooming and removing labels among them; without a graphics card a drawing takes a tenth of a second.
 * From here on it draws once, before the next frame.
 */
function drawOnceAFrame(viewer: object): { now(): void; stop(): void } {
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
  };
  return { now, stop };
}

/** The bytes of a data URL in base64. */
const bytesOf = (url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(url.slice(url.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));

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
  const drawing = drawOnceAFrame(viewer);
  let style: Style = "ball-and-stick";
  let atoms: readonly Point[] = [];
  let place: Placing = (x, y, z) => ({ x, y, z });
  let surfaces: ReturnType<typeof viewer.addCustom>[] = [];
  let marks: ReturnType<typeof viewer.addCustom>[] = [];
  let marked: readonly number[] = [];
  let chosen: (atom: number) => void = () => {};
  /** Half the height of the view where the molecule was last fitted to it, Å. */
  let fitted = LEAST_ZOOM;

  const draw = () => {
    viewer.setStyle({}, STYLES[style]);
    viewer.render();
  };
  /** What shines through a surface is mixed with the ground: one that is clear would take the colour away. */
  const drawGround = () => {
    const ground = getComputedStyle(element).getPropertyValue("--surface").trim();
    viewer.setBackgroundColor(ground, surfaces.length > 0 ? 1 : 0);
  };
  const clearMarks = () => {
    for (const mark of marks) viewer.removeShape(mark);
    viewer.removeAllLabels();
    marks = [];
  };
  const drawMarks = () => {
    clearMarks();
    for (const number of marked) {
      const atom = atoms[number];
      if (!atom) continue;
      marks.push(viewer.addSphere({ center: atom, radius: MARK_RADIUS, color: MARK_COLOUR, opacity: 0.45 }));
      viewer.addLabel(String(number + 1), { position: atom, ...MARK_LABEL });
    }
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

  /** Takes the atoms of a file in place of those before. */
  const take = ({ format, text }: Structure) => {
    viewer.removeAllModels();
    viewer.removeAllShapes();
    viewer.removeAllLabels();
    surfaces = [];
    marks = [];
    marked = [];
    atoms = viewer.addModel(text, format, { keepH: true }).selectedAtoms({}) as Point[];
    viewer.setClickable({}, true, ({ index }: { index: number }) => chosen(index));
  };

  return {
    show(structure) {
      take(structure);
      place = faceFront(atoms);
      draw();
      reset();
    },
    move(structure) {
      take(structure);
      for (const atom of atoms) Object.assign(atom, place(atom.x, atom.y, atom.z, false));
      draw();
    },
    drawSurfaces(next) {
      for (const surface of surfaces) viewer.removeShape(surface);
      surfaces = next
        .filter(({ mesh }) => mesh.triangles.length > 0)
        .map(({ mesh, colour }) =>
          viewer.addCustom({
            vertexArr: placedAll(mesh.vertices_angstrom, place, false),
            normalArr: placedAll(mesh.normals, place, true),
            faceArr: Array.from(mesh.triangles),
            color: colour,
            opacity: SURFACE_OPACITY,
          }),
        );
      drawGround();
      viewer.render();
    },
    onAtom(next) {
      chosen = next;
    },
    mark(numbers) {
      marked = numbers.filter((number) => atoms[number] !== undefined);
      drawMarks();
      viewer.render();
    },
    picture(scale) {
      const { clientWidth, clientHeight } = element;
      clearMarks();
      viewer.setBackgroundColor("white", 1);
      viewer.setWidth(scale * clientWidth);
      viewer.setHeight(scale * clientHeight);
      viewer.render();
      drawing.now();
      const bytes = bytesOf(viewer.pngURI());
      drawGround();
      viewer.setWidth(clientWidth);
      viewer.setHeight(clientHeight);
      drawMarks();
      viewer.render();
      return bytes;
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
      drawing.stop();
      viewer.removeAllModels();
      viewer.getCanvas().getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
      element.replaceChildren();
    },
  };
}
