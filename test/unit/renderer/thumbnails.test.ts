import { afterEach, expect, it, vi } from "vitest";
import { openViewer } from "../../../src/renderer/src/components/molecule-3d/open-viewer.ts";
import { thumbnail } from "../../../src/renderer/src/components/molecule-3d/thumbnails.ts";

vi.mock("../../../src/renderer/src/components/molecule-3d/open-viewer.ts", () => ({ openViewer: vi.fn() }));

afterEach(() => vi.unstubAllGlobals());

/** A viewer whose pictures are named, until its context is lost. */
function viewer(name: string) {
  const state = { isLost: false, isClosed: false };
  const made = {
    show: () => {},
    bitmap: async () => name,
    isLost: () => state.isLost,
    close: () => {
      state.isClosed = true;
    },
  };
  return { state, made: made as never };
}

it("opens another viewer where one could not be opened or lost its context, and leaves none behind", async () => {
  const places = new Set<object>();
  vi.stubGlobal("document", {
    createElement: () => {
      const place = { setAttribute: () => {}, remove: () => places.delete(place) };
      return place;
    },
    body: { append: (place: object) => places.add(place) },
  });
  const [first, second] = [viewer("first"), viewer("second")];
  vi.mocked(openViewer)
    .mockRejectedValueOnce(new Error("no WebGL context"))
    .mockResolvedValueOnce(first.made)
    .mockResolvedValueOnce(second.made);
  const draw = () => thumbnail({ format: "xyz", text: "" }, new AbortController().signal);

  await expect(draw()).rejects.toThrow("no WebGL context");
  expect(places.size).toBe(0);
  expect([await draw(), await draw()]).toEqual(["first", "first"]);
  first.state.isLost = true;
  expect(await draw()).toBe("second");
  expect(first.state.isClosed).toBe(true);
  expect(places.size).toBe(1);
  second.state.isLost = true;
  vi.mocked(openViewer).mockResolvedValueOnce(second.made);
  await expect(draw(), "an empty picture is none").rejects.toThrow("reset");
});
