/** What the app asks of a 3D viewer. */
import type { Mesh } from "#shared/molecule/mesh.ts";
import type { Point } from "./face.ts";

export type Style = "ball-and-stick" | "stick" | "space-filling";

/** The text of a file. */
export interface Structure {
  readonly format: "sdf" | "xyz";
  readonly text: string;
}

/** Triangles in the coordinates of the structure. */
export interface DrawnSurface {
  readonly mesh: Mesh;
  /** As CSS writes it: one, or of each vertex. */
  readonly colour: string | readonly string[];
  /** What stands beside some of the vertices, from 0. */
  readonly notes?: readonly { readonly text: string; readonly vertex: number }[];
}

/** One of several that are shown together. */
export interface ShownStructure extends Structure {
  /** Of its carbon atoms, as CSS writes it; absent: that of the element. */
  readonly carbon?: string;
  /** What stands beside one of its atoms, from 0. */
  readonly name?: { readonly text: string; readonly atom: number };
}

/** Atoms of all that is compared, here and in other views: the first structure's broad side is to the front, and all have room. */
export type Company = readonly (readonly Point[])[];

/** Translation x y z, Å; distance of the eye over that from which all is in view, the same in views of any size; turn as a quaternion. */
export type Camera = readonly number[];

export interface Viewer {
  /** Draws surfaces in place of those before. */
  drawSurfaces(surfaces: readonly DrawnSurface[]): void;
  /** Calls back with the number, from 0, of an atom that is clicked. */
  onAtom(chosen: (atom: number) => void): void;
  /** Rings atoms, from 0, with their numbers from 1. */
  mark(atoms: readonly number[]): void;
  /** What is shown but the marks, on white, `scale` times as many points each way. */
  picture(scale: number): Uint8Array<ArrayBuffer>;
  /** What is shown, as it is shown. */
  bitmap(): Promise<ImageBitmap>;
  /** Whether the graphics card has dropped what it drew in, so that pictures are empty from here on. */
  isLost(): boolean;
  /** Structures where they lie to one another, seen from the front of the first of their company; absent: of all of them. */
  show(structures: readonly ShownStructure[], company?: Company): void;
  /** The same atoms elsewhere: turned and zoomed as what was shown before. */
  move(structure: Structure): void;
  /** Moves the atoms by x y z of each from where they were shown, Å, in the structure's coordinates; an empty list moves them back. */
  displace(by: ArrayLike<number>): void;
  /** Arrows from the atoms, as displace moves these, in place of those before. */
  drawArrows(by: ArrayLike<number>): void;
  setStyle(style: Style): void;
  /** Calls back when a person turns, zooms or moves what is seen. */
  onCamera(moved: (camera: Camera) => void): void;
  camera(): Camera;
  /** Looks from there, and tells nobody. */
  look(camera: Camera): void;
  turn(axis: "x" | "y", degrees: number): void;
  reset(): void;
  close(): void;
}
