import { beforeEach, expect, it, vi } from "vitest";
import { openViewer } from "../../../src/renderer/src/components/molecule-3d/open-viewer.ts";
import type { Structure } from "../../../src/renderer/src/components/molecule-3d/viewer.ts";

/** What of 3Dmol's viewer the app leans on: where it looks from, and that it draws whenever something changes. */
const gl = vi.hoisted(() => {
  const state = { view: [0, 0, 0, 0, 0, 0, 0, 1], breaks: false };
  const drawn = {
    show: () => {},
    getView: () => [...state.view],
    setView: (view: number[]) => {
      state.view = [...view];
      drawn.show();
    },
    zoom: (by: number) => {
      state.view[3] = 150 - (150 - state.view[3]!) / by;
      drawn.show();
    },
    addModel: (text: string) => {
      if (state.breaks) throw new Error("broken file");
      return { selectedAtoms: () => JSON.parse(text) };
    },
    ...Object.fromEntries(
      ["render", "rotate", "removeAllLabels", "addLabel", "setBackgroundColor"].map((name) => [
        name,
        () => drawn.show(),
      ]),
    ),
    ...Object.fromEntries(
      ["removeAllModels", "removeAllShapes", "setClickable", "setStyle", "setSlab"].map((name) => [
        name,
        () => {},
      ]),
    ),
    ...Object.fromEntries(["addSphere", "addArrow", "removeShape"].map((name) => [name, () => ({})])),
  };
  return { state, drawn };
});
vi.mock("3dmol/build/3Dmol.es6-min.js", () => ({
  createViewer: () => gl.drawn,
  elementColors: { Jmol: {} },
}));

const row = (half: number): Structure => ({
  format: "sdf",
  text: JSON.stringify([-half, 0, half].map((x) => ({ x, y: 0, z: 0 }))),
});

beforeEach(() => {
  gl.state.view = [0, 0, 0, 0, 0, 0, 0, 1];
  gl.drawn.show = () => {};
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
    },
  );
  vi.stubGlobal("requestAnimationFrame", () => 1);
  vi.stubGlobal("getComputedStyle", () => ({ getPropertyValue: () => "#fff" }));
});

const open = (clientWidth: number, clientHeight: number) =>
  openViewer({ clientWidth, clientHeight } as HTMLElement);

it("tells of what a person turns and of nothing that the program draws, even after a failure", async () => {
  const viewer = await open(200, 200);
  const moved = vi.fn();
  viewer.onCamera(moved);
  viewer.show([{ ...row(3), name: { text: "1", atom: 0 } }]);
  viewer.mark([0, 1]);
  viewer.drawArrows([1, 0, 0]);
  viewer.drawSurfaces([]);
  viewer.move(row(3));
  viewer.setStyle("stick");
  gl.state.breaks = true;
  expect(() => viewer.move(row(3))).toThrow("broken file");
  gl.state.breaks = false;
  expect(moved).not.toHaveBeenCalled();
  viewer.turn("x", 10);
  expect(moved).toHaveBeenCalled();
});

it("goes back to a view of the atoms that are shown now", async () => {
  const viewer = await open(200, 200);
  viewer.show([row(9)]);
  const asShown = gl.state.view[3];
  viewer.move(row(3));
  viewer.move(row(9));
  viewer.reset();
  expect(gl.state.view[3]).toBeCloseTo(asShown!, 10);
  viewer.move(row(20));
  viewer.reset();
  const far = gl.state.view[3]!;
  viewer.show([row(20)]);
  expect(far).toBeCloseTo(gl.state.view[3]!, 10);
  expect(far).toBeLessThan(asShown!);
});

it("takes a camera as so many times its own distance, whatever the size of the view", async () => {
  const viewer = await open(100, 200);
  viewer.show([row(9)]);
  const fitted = 150 - gl.state.view[3]!;
  expect(viewer.camera()[3]).toBeCloseTo(1, 12);
  const [x, y, z, , ...turn] = viewer.camera() as [number, number, number, number, ...number[]];
  viewer.look([x, y, z, 0.5, ...turn]);
  expect(150 - gl.state.view[3]!).toBeCloseTo(fitted / 2, 10);
  expect(viewer.camera()[3]).toBeCloseTo(0.5, 12);
});
