import { describe, expect, it } from "vitest";
import { TrainRequest } from "#shared/model/training.ts";
import { modelOptions } from "../../../src/renderer/src/features/models/model-options.ts";
import {
  checkTraining,
  nameOfFile,
  newTrainDraft,
} from "../../../src/renderer/src/features/models/train-form.ts";
import { endingText, waitingText } from "../../../src/renderer/src/features/models/training-text.ts";

const named = { ...newTrainDraft, name: "thiophenes" };

describe("the form that trains a model", () => {
  it("asks for the engine's own defaults once it has a name, and calls an empty one no mistake", () => {
    expect(checkTraining(newTrainDraft, [])).toEqual({ request: undefined, problems: {} });
    const {
      file: _,
      fileName: __,
      ...whole
    } = TrainRequest.parse({
      parent: "small-organics",
      name: "thiophenes",
      fileName: "x",
      file: new Uint8Array(),
    });
    expect(checkTraining(named, [])).toEqual({ request: whole, problems: {} });
    expect(checkTraining({ ...named, rehearsal: "0" }, []).request).toEqual({ ...whole, rehearsal: 0 });
  });

  it.each([
    ["name", "Sulfon amides", "Expected lower-case letters, digits and hyphens."],
    ["name", "taken", "There is a model “taken” already; models are never overwritten."],
    ["epochs", "", "Expected a whole number from 1 to 1000."],
    ["epochs", "2.5", "Expected a whole number from 1 to 1000."],
    ["rate", "0.5", "Expected a number above 0, at most 0.1."],
    ["rehearsal", "", "Expected a number from 0 to 10."],
    ["rehearsal", "11", "Expected a number from 0 to 10."],
  ])("says of the %s “%s” what was expected", (field, text, message) => {
    const { request, problems } = checkTraining({ ...named, [field]: text }, [{ name: "taken" }]);
    expect(request).toBeUndefined();
    expect(problems).toEqual({ [field]: message });
  });

  it("makes a model's name of a file's", () => {
    expect(nameOfFile("Thiophenes 1.smi")).toBe("thiophenes-1");
    expect(nameOfFile("série_2.sdf.gz")).toBe("s-rie-2");
    expect(nameOfFile(`${"a".repeat(59)}-b.smi`), "cut, and no hyphen at the end").toBe("a".repeat(59));
  });
});

describe("models to choose from", () => {
  it("tells people's own apart by name where their titles do not", () => {
    const options = modelOptions([
      { name: "drug-like", title: "Drug-like molecules", origin: "shipped" },
      { name: "mine", title: "mine", origin: "own" },
      { name: "copy", title: "mine", origin: "own" },
    ]);
    expect(options.map(({ label }) => label)).toEqual([
      "Drug-like molecules",
      "mine (your own)",
      "mine (your own, copy)",
    ]);
  });
});

describe("a training in words", () => {
  const point = (epoch: number, validation: number) => ({
    epoch,
    validation,
    training: null,
    tokens: 0,
    seconds: 0,
  });
  const request = { ...checkTraining({ ...named, epochs: "2" }, []).request!, fileName: "x.smi" };

  it("says why it ended and which pass is kept", () => {
    const curve = [point(0, 2), point(1, 1), point(2, 1.5)];
    expect(endingText("early", curve)).toBe(
      "It ended early, because the loss on the molecules held back no longer fell. Pass 1 was the best and is kept.",
    );
    expect(endingText("stopped", curve.slice(0, 2))).toBe("You stopped it. Pass 1 was the best and is kept.");
  });

  it("says what goes on before the first point and after the last", () => {
    expect(waitingText({ state: "training", curve: [], request })).toContain("to be rehearsed");
    expect(waitingText({ state: "training", curve: [point(0, 2)], request })).toBe("Pass 1 of at most 2…");
    expect(waitingText({ state: "training", curve: [point(2, 2)], request })).toBe("Pass 2 of at most 2…");
    expect(waitingText({ state: "saving", curve: [point(2, 2)], request })).toBe("Saving…");
  });
});
