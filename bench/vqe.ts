/** VQE, CI and circuits of this program, and with `--peers` of others on the same integrals and circuits in the same run. */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { native } from "#core/quantum/native/native.ts";
import { peerPython } from "./peers/venv.ts";
import { MOLECULES } from "./problems/vqe.ts";
import { accuracySection, adaptSection } from "./vqe/accuracy.ts";
import { cancelSection } from "./vqe/cancel.ts";
import { circuitsSection } from "./vqe/circuits.ts";
import { coverageSection } from "./vqe/coverage.ts";
import { largeSection, moleculesSection } from "./vqe/molecules.ts";

const SECTIONS = ["molecules", "large", "circuits", "accuracy", "adapt", "coverage", "cancel"] as const;
/** H12 is the large section's. */
const TIMED = ["H4", "H6", "H8", "H10", "LiH", "BeH2", "H2O", "N2"];

const listed = (text: string): string[] => text.split(",");

/** `npm run bench -- vqe [--peers] [--python path] [--sections molecules,circuits] [--molecules H4,H6] [--qubits 20,22]` */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      peers: { type: "boolean", default: false },
      python: { type: "string" },
      sections: { type: "string", default: SECTIONS.join(",") },
      molecules: { type: "string", default: TIMED.join(",") },
      qubits: { type: "string", default: "20,22,24" },
    },
  });
  const python = values.peers ? (values.python ?? peerPython("vqe")) : undefined;
  const machine = `${cpus()[0]?.model.trim()} (${cpus().length} threads), ${native().instructionSet()}`;
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${machine}, Node ${process.version}, core ${native().buildId()}`,
  );
  const molecules = listed(values.molecules).filter((name) => name in MOLECULES);
  const sections: Record<(typeof SECTIONS)[number], () => void | Promise<void>> = {
    molecules: () => moleculesSection(molecules, python),
    large: largeSection,
    circuits: () => circuitsSection(listed(values.qubits).map(Number), python),
    accuracy: accuracySection,
    adapt: adaptSection,
    coverage: coverageSection,
    cancel: cancelSection,
  };
  for (const name of SECTIONS) if (listed(values.sections).includes(name)) await sections[name]();
}
