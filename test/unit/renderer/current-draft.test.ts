import { expect, it, vi } from "vitest";
import { NEW_DRAFT } from "../../../src/renderer/src/features/calculate/draft.ts";
import {
  calculateThis,
  currentDraft,
  watchDraft,
} from "../../../src/renderer/src/features/calculate/use-draft.ts";

const navigate = vi.hoisted(() => vi.fn());
vi.mock("../../../src/renderer/src/hooks/route.ts", () => ({ navigate }));

it("puts a molecule into a form that is open already, and leaves the rest as it was", () => {
  const drawn = vi.fn();
  const stop = watchDraft(drawn);
  const molecule = { text: "O", fileName: null, charge: 1, multiplicity: 2 };
  calculateThis({ ...molecule, optimise: true });
  expect(drawn).toHaveBeenCalledOnce();
  expect(currentDraft()).toEqual({ ...NEW_DRAFT, ...molecule, optimise: true });
  expect(navigate).toHaveBeenLastCalledWith({ page: "calculate", id: null });
  stop();
  calculateThis({ ...molecule, text: "N" });
  expect(drawn).toHaveBeenCalledOnce();
  expect(currentDraft()).toMatchObject({ text: "N", optimise: true });
});
