/** Energies of single molecules, outside any campaign: nothing of this is kept in the notebook. */
import { geometryOddities } from "#core/chemistry/shape/plausibility.ts";
import { shown } from "#core/chemistry/toolkit/notation.ts";
import type { Iterations } from "#core/quantum/control-block.ts";
import { expectedCost } from "#core/quantum/cost/expected.ts";
import { foretoldRefusal } from "#core/quantum/evaluate/refusal.ts";
import type { Progress } from "#shared/campaign/job.ts";
import type { Implementation } from "#shared/contract/calls.ts";
import type { EngineContract } from "#shared/contract/contract.ts";
import { DomainError } from "#shared/errors.ts";
import { STEREO_UNSPECIFIED } from "#shared/molecule/molecule.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import { iterationWords } from "../dispatch/iteration-words.ts";
import type { EmbedOutput } from "../dispatch/tasks.ts";

interface MoleculeServices {
  dispatcher: Dispatcher;
  /** Name and version: stands in every result. */
  program: string;
  /** The folder that holds basis/. */
  resources: string;
}

const iterations =
  (report: ((progress: Progress) => void) | undefined) =>
  (at: Iterations): void =>
    report?.({ phase: "energy", done: at.iteration, total: null, message: iterationWords(at) });

/** Of Hartree–Fock, which alone of what embedding does tells how far it is. */
const relaxing =
  (report: ((progress: Progress) => void) | undefined) =>
  (at: Iterations): void => {
    if (at.iteration === 0) return;
    const message = `relaxing the geometry by Hartree–Fock: ${iterationWords(at)}`;
    report?.({ phase: "geometry", done: at.iteration, total: null, message });
  };

/** Axes of allenes and biaryls and crowded centres have no mark in SMILES. */
const isomerName = (smiles: string): string =>
  /[@/\\]/.test(smiles) ? `: ${smiles}` : ", for which SMILES has no mark";

function notesOf(
  { conformer: { isomer }, droppedMarks }: Extract<EmbedOutput, { outcome: "embedded" }>,
  smiles: string,
) {
  return [
    ...(/\[\d+[A-Za-z]/.test(smiles)
      ? [
          "The isotopes of the SMILES are not kept: vibrations take those that are named by atom, such as 2=2H.",
        ]
      : []),
    ...droppedMarks.map((atom) => `The stereo mark of ${atom} is not kept: such an atom turns inside out.`),
    ...(isomer && isomer.stereoUnspecified > 0
      ? [`${STEREO_UNSPECIFIED}${isomerName(isomer.canonicalSmiles)}`]
      : []),
  ];
}

/** The contract's procedures of single molecules. */
export function createMolecules({
  dispatcher,
  program,
  resources,
}: MoleculeServices): Implementation<EngineContract["molecules"]> {
  return {
    async embed(input, { signal, report } = {}) {
      const output = await dispatcher.run("embed", input, { signal, onProgress: relaxing(report) });
      if (output.outcome === "embedded") {
        const { conformer, formalCharge, unpairedElectrons } = output;
        const { geometry, method } = conformer;
        const origin = `${method}, seed ${input.seed}`;
        return { geometry, formalCharge, unpairedElectrons, origin, notes: notesOf(output, input.smiles) };
      }
      const { smiles } = input;
      const message = `No geometry could be made of "${shown(smiles)}": ${output.detail} (${output.reason}). ${output.reason === "unparsable" ? "Correct the SMILES" : "Give a geometry as an xyz file instead"}.`;
      throw new DomainError("invalid-input", message, { smiles, reason: output.reason });
    },
    oddities: async (geometry) => geometryOddities(geometry),
    expectedCost: async (request) => ({
      ...(await expectedCost(request, resources)),
      refusal: await foretoldRefusal(request, resources),
    }),
    async energy(request, { signal, report } = {}) {
      const result = await dispatcher.run("energy", request, { signal, onProgress: iterations(report) });
      return { ...result, program };
    },
    async energyCurve(requests, { signal, report } = {}) {
      const curve = await dispatcher.run("energyCurve", requests, { signal, onProgress: iterations(report) });
      return { ...curve, points: curve.points.map((result) => ({ ...result, program })) };
    },
    async hamiltonian(request, { signal, report } = {}) {
      const result = await dispatcher.run("hamiltonian", request, { signal, onProgress: iterations(report) });
      return { ...result, program };
    },
    grid: (request, { signal, report } = {}) =>
      dispatcher.run("grid", request, { signal, onProgress: iterations(report) }),
  };
}
