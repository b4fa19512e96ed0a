/** A 3D viewer over 3Dmol. */
import { OKABE_ITO } from "../../text/colours.ts";
import { drawOnceAFrame } from "./draw-once.ts";
import { cameraOf, FOV_DEGREES, UNFITTED, viewOf } from "./eye.ts";
import type { Point } from "./face.ts";
import { halfHeight, tilted } from "./fit.ts";
import { faceFront, type Placing, placedAll } from "./placing.ts";
import type { Camera, ShownStructure, Style, Viewer } from "./viewer.ts";

const STYLES = {
  "ball-and-stick": { stick: { radius: 0.13 }, sphere: { scale: 0.27 } },
  stick: { stick: { radius: 0.18 } },
  "space-filling": { sphere: { scale: 0.95 } },
};

/** Translation, zoom and rotation as a quaternion: as the model's coordinates are. */
const AS_IT_IS = [0, 0, 0, 0, 0, 0, 0, 1];
/** From above, so that atoms behind one another show. */
const TILT_DEGREES = 20;
/** What is drawn reaches that far at least before and behind the origin, Å. */
const LEAST_DEPTH = 50;

const SURFACE_OPACITY = 0.82;
/** Of a ring around a marked atom, Å. */
const MARK_RADIUS = 0.5;
const MARK_COLOUR = "#f0c000";
/** Of how an atom moves, thicker than bonds, along which it may go; shorter ones are hidden by their atoms, Å. */
const ARROW = { radius: 0.16, radiusRatio: 2, mid: 0.7, color: OKABE_ITO.vermilion };
const LEAST_ARROW = 0.15;
const STILL = { x: 0, y: 0, z: 0 };
const MARK_LABEL = {
  ...{ fontSize: 13, fontColor: "white", backgroundColor: "black", backgroundOpacity: 0.7 },
  inFront: true,
};

/** 3Dmol has it without a type; its canvas knows nothing of the context, which is elsewhere. */
interface Rendered {
  renderer: { isLost(): boolean };
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
  const { createViewer, elementColors } = await import("3dmol/build/3Dmol.es6-min.js");
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
  /** What the view has room for: the atoms, and others beside them. */
  let seen: readonly Point[] = [];
  let carbons: readonly (string | undefined)[] = [];
  let names: readonly { text: string; at: Point }[] = [];
  let notes: readonly { text: string; at: Point }[] = [];
  let place: Placing = (point) => point;
  /** Where the atoms were shown. */
  let rest: readonly Point[] = [];
  let arrows: ReturnType<typeof viewer.addCustom>[] = [];
  let surfaces: ReturnType<typeof viewer.addCustom>[] = [];
  let marks: ReturnType<typeof viewer.addCustom>[] = [];
  let marked: readonly number[] = [];
  let chosen: (atom: number) => void = () => {};
  /** Half the height of the view where the molecule was last fitted to it, Å. */
  let fitted = UNFITTED;
  let moved: (camera: Camera) => void = () => {};
  let isOwn = false;
  /** Moves the camera without telling whoever follows a person's. */
  const quietly = <T>(move: () => T): T => {
    const before = isOwn;
    isOwn = true;
    try {
      return move();
    } finally {
      isOwn = before;
    }
  };
  const camera = (): Camera => cameraOf(viewer.getView(), fitted);
  const drawing = drawOnceAFrame(viewer, () => {
    if (!isOwn) moved(camera());
  });

  const draw = () => {
    for (const [model, carbon] of carbons.entries()) {
      const colorscheme = carbon ? { prop: "elem", map: { ...elementColors.Jmol, C: carbon } } : "Jmol";
      const parts = Object.entries(STYLES[style]).map(([part, shape]) => [part, { ...shape, colorscheme }]);
      viewer.setStyle({ model }, Object.fromEntries(parts));
    }
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
    for (const { text, at } of [...names, ...notes]) viewer.addLabel(text, { position: at, ...MARK_LABEL });
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
    const needed = halfHeight(tilted(seen, TILT_DEGREES), view);
    viewer.zoom(fitted / needed);
    fitted = needed;
  };
  const reset = () =>
    quietly(() => {
      const depth = Math.max(LEAST_DEPTH, ...seen.map(({ x, y, z }) => 2 * Math.hypot(x, y, z)));
      viewer.setSlab(-depth, depth);
      viewer.setView(AS_IT_IS);
      viewer.rotate(TILT_DEGREES, "x");
      fitted = UNFITTED;
      frame();
      viewer.render();
    });
  const sizes = new ResizeObserver(() =>
    quietly(() => {
      viewer.resize();
      frame();
      viewer.render();
    }),
  );
  sizes.observe(element);

  /** Takes the atoms of files in place of those before. */
  const take = (structures: readonly ShownStructure[]) => {
    viewer.removeAllModels();
    viewer.removeAllShapes();
    viewer.removeAllLabels();
    surfaces = [];
    notes = [];
    arrows = [];
    marks = [];
    marked = [];
    carbons = structures.map(({ carbon }) => carbon);
    const models = structures.map(
      ({ format, text }) => viewer.addModel(text, format, { keepH: true }).selectedAtoms({}) as Point[],
    );
    atoms = models.flat();
    names = structures.flatMap(({ name }, k) => {
      const at = name && models[k]?.[name.atom];
      return at ? [{ text: name.text, at }] : [];
    });
    viewer.setClickable({}, true, ({ index }: { index: number }) => chosen(index));
  };

  const toPlaces = () => {
    for (const atom of atoms) Object.assign(atom, place(atom));
    rest = atoms.map(({ x, y, z }) => ({ x, y, z }));
  };

  /** Each of them tells nobody: only what a person does is told. */
  const quiet =
    <A extends unknown[], T>(act: (...args: A) => T) =>
    (...args: A): T =>
      quietly(() => act(...args));
  return {
    show: quiet((structures, company) => {
      take(structures);
      const [front = atoms, ...others] = company ?? [];
      place = faceFront(front);
      seen = [front, ...others].flat().map((point) => place(point));
      toPlaces();
      drawMarks();
      draw();
      reset();
    }),
    move: quiet((structure) => {
      take([structure]);
      toPlaces();
      seen = rest;
      draw();
    }),
    displace: quiet((by) => {
      const steps = placedAll(by, place, true);
      for (const [k, atom] of atoms.entries()) {
        const [{ x, y, z }, step] = [rest[k] ?? atom, steps[k] ?? STILL];
        Object.assign(atom, { x: x + step.x, y: y + step.y, z: z + step.z });
      }
      draw();
    }),
    drawArrows: quiet((by) => {
      for (const arrow of arrows) viewer.removeShape(arrow);
      arrows = placedAll(by, place, true).flatMap((step, k) => {
        const start = rest[k];
        if (!start || Math.hypot(step.x, step.y, step.z) < LEAST_ARROW) return [];
        const end = { x: start.x + step.x, y: start.y + step.y, z: start.z + step.z };
        return viewer.addArrow({ start, end, ...ARROW });
      });
      viewer.render();
    }),
    drawSurfaces: quiet((next) => {
      for (const surface of surfaces) viewer.removeShape(surface);
      notes = next.flatMap(({ mesh, notes = [] }) =>
        notes.map(({ text, vertex }) => {
          const [at = STILL] = placedAll(mesh.vertices_angstrom.subarray(3 * vertex, 3 * vertex + 3), place);
          return { text, at };
        }),
      );
      surfaces = next
        .filter(({ mesh }) => mesh.triangles.length > 0)
        .map(({ mesh, colour }) =>
          viewer.addCustom({
            vertexArr: placedAll(mesh.vertices_angstrom, place),
            normalArr: placedAll(mesh.normals, place, true),
            faceArr: Array.from(mesh.triangles),
            color: typeof colour === "string" ? colour : [...colour],
            opacity: SURFACE_OPACITY,
          }),
        );
      drawGround();
      drawMarks();
      viewer.render();
    }),
    onAtom(next) {
      chosen = next;
    },
    mark: quiet((numbers) => {
      marked = numbers.filter((number) => atoms[number] !== undefined);
      drawMarks();
      viewer.render();
    }),
    picture: quiet((scale) => {
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
    }),
    isLost: () => (viewer as unknown as Rendered).renderer.isLost(),
    bitmap() {
      drawing.stop();
      drawing.now();
      return createImageBitmap(viewer.getCanvas());
    },
    setStyle: quiet((next) => {
      style = next;
      draw();
    }),
    onCamera(next) {
      moved = next;
    },
    camera,
    look: quiet((from) => {
      viewer.setView(viewOf(from, fitted));
    }),
    turn(axis, degrees) {
      viewer.rotate(degrees, axis);
      viewer.render();
    },
    reset() {
      reset();
      moved(camera());
    },
    close() {
      sizes.disconnect();
      drawing.stop();
      viewer.removeAllModels();
      viewer.getCanvas().getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
      element.replaceChildren();
    },
  };
}
