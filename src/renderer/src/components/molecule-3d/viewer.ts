/** What the app asks of a 3D viewer, over 3Dmol. */

export type Style = "ball-and-stick" | "stick" | "space-filling";

export interface Viewer {
  show(molblock: string): void;
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
    backgroundColor: "white",
    disableFog: true,
  });
  if (!viewer) throw new Error("no WebGL context");
  let style: Style = "ball-and-stick";

  const draw = () => {
    viewer.setStyle({}, STYLES[style]);
    viewer.render();
  };
  const reset = () => {
    viewer.zoomTo();
    viewer.zoom(1.5);
    viewer.render();
  };
  const sizes = new ResizeObserver(() => {
    viewer.resize();
    viewer.render();
  });
  sizes.observe(element);

  return {
    show(molblock) {
      viewer.removeAllModels();
      viewer.addModel(molblock, "sdf", { keepH: true });
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
