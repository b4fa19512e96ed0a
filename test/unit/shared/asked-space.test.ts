import { expect, it } from "vitest";
import { EvaluationSettings } from "#shared/campaign/campaign.ts";
import { asksActiveSpace, asksVqe } from "#shared/properties/method-title.ts";

it.each([
  [{ propertySettings: { method: "vqe" } }, true, true],
  [{ propertySettings: { method: "mp2", activeSpace: true } }, true, true],
  [{ propertySettings: { method: "mp2", activeSpace: false } }, false, false],
  [{ property: "first-excitation" }, true, false],
  [{ property: "singlet-triplet-gap" }, true, false],
  [{ property: "triplet-energy" }, false, false],
  [{ property: "proton-affinity" }, false, false],
])(
  "an active space is asked for where CASCI or VQE computes something, VQE where it does: %j",
  (asked, space, vqe) => {
    const evaluation = EvaluationSettings.parse({ basis: "def2-svp", ...asked });
    expect([asksActiveSpace(evaluation), asksVqe(evaluation)]).toEqual([space, vqe]);
  },
);
