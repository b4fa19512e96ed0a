import { describe, expect, it } from "vitest";
import { createTurns } from "#core/generation/threads/turns.ts";

/** Holds the thread. */
function work(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end; );
}

describe("createTurns", () => {
  it("lets a timer fire within a loop that awaits only what is settled", async () => {
    const turn = createTurns();
    let fired = false;
    setTimeout(() => {
      fired = true;
    }, 1);
    let pieces = 0;
    while (!fired && pieces < 1000) {
      work(2);
      await turn();
      pieces++;
    }
    expect(pieces).toBeLessThan(1000);
  });

  it("throws once the signal has fired", async () => {
    const controller = new AbortController();
    const turn = createTurns(controller.signal);
    await turn();
    controller.abort();
    await expect(turn()).rejects.toThrowError(expect.objectContaining({ name: "AbortError" }));
  });
});
