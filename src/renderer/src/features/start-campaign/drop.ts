/** Files that are dropped on the form: a field's for one file, a plan, or molecules. */
import type { DragEvent } from "react";
import { isPlan } from "./plan-files.ts";

type FileDrag = Pick<DragEvent, "target" | "dataTransfer" | "preventDefault">;

interface Takers {
  /** The plan among them, with the files that it names. */
  plan(files: readonly File[]): void;
  molecules(files: readonly File[]): void;
}

/** Lets files be dropped; what else is dragged goes where it may. */
export function holdFiles(event: FileDrag): void {
  if (event.dataTransfer.types.includes("Files")) event.preventDefault();
}

/** The input of the field for one file that lies there. */
const inputAt = (target: EventTarget): HTMLInputElement | null =>
  (target as Element).closest("label")?.querySelector("input[type=file]:not([multiple])") ?? null;

export function takeDrop(event: FileDrag, { plan, molecules }: Takers): void {
  const files = [...event.dataTransfer.files];
  if (files.length === 0) return;
  event.preventDefault();
  const input = inputAt(event.target);
  if (input) {
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (files.some(isPlan)) plan(files);
  else molecules(files);
}
