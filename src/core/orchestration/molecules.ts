/** Energies of single molecules, outside any campaign: nothing of this is kept in the notebook. */
import { shown } from "#core/chemistry/rdkit.ts";
import { phaseName } from "#core/quantum/about.ts";
import type { GridField } from "#core/quantum/grid.ts";
import type { EnergyRequest, GridRequest } from "#shared/energy-request.ts";
import type { EnergyResult } from "#shared/energy-result.ts";
import { DomainError } from "#shared/errors.ts";
import type { Progress } from "#shared/job.ts";
import { type ControlBlock, readControl } from "./control.ts";
import type { Pool } from "./pool.ts";
import type { EmbedOutput } from "./stages/embed.ts";

export interface MoleculeServices {
  pool: Pool;
  /** Name and version: stands in every result. */
  program: string;
}

const iterations =
  (report: ((progress: Progress) => void) | undefined) =>
  (control: ControlBlock): void => {
    const { phase, done, total } = readControl(control);
    report?.({ phase: "energy", done, total, message: `${phaseName(phase)}, iteration ${done}` });
  };

interface Following {
  signal?: AbortSignal;
  report?: (progress: Progress) => void;
}

export function createMolecules({ pool, program }: MoleculeServices) {
  return {
    async embed(smiles: string, { seed = 1 }: { seed?: number } = {}) {
      const output = await pool.run<EmbedOutput>("embed", { smiles, seed });
      if (output.outcome === "embedded") {
        const { conformer, formalCharge, unpairedElectrons } = output;
        return { geometry: conformer.geometry, formalCharge, unpairedElectrons };
      }
      const message = `No geometry could be made of "${shown(smiles)}": ${output.detail} (${output.reason}). Give a geometry as an xyz file instead.`;
      throw new DomainError("invalid-input", message, { smiles, reason: output.reason });
    },
    async energy(request: EnergyRequest, { signal, report }: Following = {}): Promise<EnergyResult> {
      const result = await pool.run<EnergyResult>("energy", request, {
        signal,
        onProgress: iterations(report),
      });
      return { ...result, program };
    },
    grid: (request: GridRequest, { signal, report }: Following = {}) =>
      pool.run<GridField>("grid", request, { signal, onProgress: iterations(report) }),
  };
}
