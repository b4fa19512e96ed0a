/** Ionisation energy and electron affinity from the ions in a molecule's own orbitals. */
import type { IonKind } from "#shared/quantum/energy-request.ts";
import type { EnergyResult, IonResult } from "#shared/quantum/energy-result.ts";
import { koopmansWarning } from "#shared/quantum/koopmans.ts";
import { reached } from "#shared/quantum/state-result.ts";
import { toElectronVolt } from "#shared/units.ts";

/** The energy of the one with fewer electrons less that of the other; null unless both converged. */
function gap(kind: IonKind, molecule: IonResult["vqe" | "casci"], ion: IonResult["vqe" | "casci"]) {
  const [before, after] = [reached(molecule), reached(ion)];
  if (before === null || after === null) return null;
  return kind === "cation" ? after - before : before - after;
}

const electronVolts = (energy: number | null): number | null =>
  energy === null ? null : toElectronVolt(energy);

/** What it takes to remove an electron (cation), or what attaching one gives back (anion); null where not asked for. */
export function attachment({ casci, vqe, ions }: EnergyResult, kind: IonKind) {
  const ion = ions.find((one) => one.kind === kind);
  if (!ion) return null;
  const casci_hartree = gap(kind, casci, ion.casci);
  const vqe_hartree = gap(kind, vqe, ion.vqe);
  const { koopmans_hartree } = ion;
  return {
    casci_hartree,
    vqe_hartree,
    koopmans_hartree,
    casci_ev: electronVolts(casci_hartree),
    vqe_ev: electronVolts(vqe_hartree),
    koopmans_ev: electronVolts(koopmans_hartree),
    note: koopmansWarning(vqe_hartree ?? casci_hartree, koopmans_hartree, kind),
    ...(ion.vqe?.jobs && { jobs: ion.vqe.jobs }),
  };
}
