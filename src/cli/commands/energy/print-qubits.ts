/** What `ansatz energy` prints of ions, mappings and devices. */
import type { IonKind } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { fallbackReasons } from "#shared/quantum/job-words.ts";
import { fixed, print } from "../../output.ts";
import { attachment } from "./attachment.ts";
import { row } from "./row.ts";

const electronVolts = (value: number | null): string => (value === null ? "–" : fixed(value, 4));

function printIon(result: EnergyResult, kind: IonKind): void {
  const found = attachment(result, kind);
  if (!found) return;
  const { casci_ev, vqe_ev, koopmans_ev } = found;
  const others = [
    `CASCI ${electronVolts(casci_ev)} eV`,
    ...(result.vqe ? [`VQE ${electronVolts(vqe_ev)} eV`] : []),
    `Koopmans ${electronVolts(koopmans_ev)} eV`,
  ];
  const name = kind === "cation" ? "ionisation" : "el. affinity";
  row(name, electronVolts(result.vqe ? vqe_ev : casci_ev), `eV   ${others.join(", ")}`);
  if (found.note !== null) print(`  ${found.note}`);
  if (result.vqe)
    for (const reason of fallbackReasons({ ...result.vqe, jobs: found.jobs })) print(`  ${reason}`);
}

export function printIons(result: EnergyResult): void {
  printIon(result, "cation");
  printIon(result, "anion");
}

export function printQubits({ device, mapping }: EnergyResult): void {
  if (device) {
    const { name, swaps, gates, twoQubitGates, depth, gateSet } = device;
    const how = gateSet ? `gates of ${gateSet}` : `${swaps} swaps`;
    row(
      "  on a device",
      `${device.qubits} qubits`,
      `     ${name}: ${how}, ${gates} gates, ${twoQubitGates} on two qubits, depth ${depth}`,
    );
  }
  if (mapping) {
    const { qubits, qubitsTapered, pauliTerms, pauliTermsTapered } = mapping;
    row(
      "mapping",
      `${qubits} qubits`,
      `     ${mapping.mapping}: ${pauliTerms} Pauli terms; ${pauliTermsTapered} on ${qubitsTapered} qubits after tapering`,
    );
  }
}
