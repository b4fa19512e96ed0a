/** The page of a record: what was computed, what it took, and how to check it. */
import { fixed } from "../../output.ts";

export interface Machine {
  readonly processor: string;
  readonly threadsOfMachine: number;
  readonly memory_bytes: number;
  readonly system: string;
  readonly node: string;
}

/** What a run took: by the clock, of the processor, and the most memory that the process held. */
export interface Cost {
  /** ISO 8601. */
  readonly begun: string;
  readonly clock_seconds: number;
  readonly processor_seconds: number;
  readonly peakMemory_bytes: number;
}

/** What a check is to find, Hartree; null where the method has none. */
export interface Expected {
  readonly method: string;
  /** Of the state that the energies are of. */
  readonly multiplicity: number;
  /** Of the method, with its correction. */
  readonly energy_hartree: number | null;
  /** ⟨H⟩ of the state of selected CI or of the VQE: an upper bound. */
  readonly variational_hartree: number | null;
  readonly pt2_hartree: number | null;
  readonly extrapolated_hartree: number | null;
  readonly extrapolatedError_hartree: number | null;
  /** Exact diagonalisation of the Hamiltonian, before any correction. */
  readonly exact_hartree: number | null;
  readonly determinants: number | null;
}

interface Page {
  readonly title: string;
  readonly expected: Expected;
  readonly command: string;
  readonly program: string | null;
  readonly build: string;
  readonly threads: number | null;
  readonly machine: Machine;
  readonly cost: Cost;
  /** What the script for PySCF computes; undefined where there is none. */
  readonly pyscf: "energy" | "field" | undefined;
  readonly files: readonly string[];
}

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(2)} GiB`;

function energyRows(expected: Expected): string[] {
  const { extrapolated_hartree: limit, extrapolatedError_hartree: error } = expected;
  const rows: [name: string, energy: number | null, decimals?: number, rest?: string][] = [
    ["energy of the method", expected.energy_hartree],
    ["⟨H⟩ of the state, an upper bound", expected.variational_hartree],
    ["second-order correction, not in ⟨H⟩", expected.pt2_hartree],
    ["extrapolated to all determinants", limit, 6, error === null ? "" : ` ± ${fixed(error, 6)}`],
    ["exact diagonalisation", expected.exact_hartree],
  ];
  return rows.flatMap(([name, energy, decimals = 10, rest = ""]) =>
    energy === null ? [] : [`| ${name} | ${fixed(energy, decimals)}${rest} |`],
  );
}

const FILES: Readonly<Record<string, string>> = {
  ...{
    "record.json": "all numbers, settings, program, machine and cost; `result` is the document of `--json`",
    "molecule.xyz": "where the atoms are, Å",
    "hamiltonian.fcidump":
      "the Hamiltonian (FCIDUMP, doi:10.1016/0010-4655(89)90033-7): real orbitals, one set for both spins",
    "wavefunction.txt":
      "the state: a line `NORB NALPHA NBETA DETERMINANTS`; the orbitals that it is in, as columns over those of the Hamiltonian; a line `c α β` for each determinant, orbitals as bits of hexadecimal numbers, those of α created before those of β, each spin's by rising orbital",
    "check_determinants.py": "computes ⟨H⟩ of that state anew; needs Python and NumPy",
    "check_hamiltonian.py": "computes the energy of the Hamiltonian anew; needs PySCF",
    "pyscf_input.py": "the molecule for PySCF",
  },
};

/** One paragraph for each way to check. */
function checks({ files, pyscf }: Page): string[] {
  const has = (name: string): boolean => files.includes(name);
  return [
    "That no file changed: `sha256sum -c SHA256SUMS`.",
    ...(has("check_determinants.py")
      ? [
          "The upper bound: `python check_determinants.py` computes ⟨H⟩ of the state that `wavefunction.txt` holds, by the rules of Slater and Condon, with Python and NumPy alone, from 2,000 rows of the matrix drawn by weight, and states its error; `--all` takes every row and has none. It takes nothing from this program but the list of determinants, and any normalised state lies above the exact energy.",
          "The correction and the extrapolation: `result.sci.rounds` of `record.json` has the energy and the correction of every size. The extrapolation is a weighted quadratic in the correction over the last four (doi:10.1063/1.4998614), its error the largest of the move by the last size, the distance from a straight line, and a twentieth of the last correction: experience, no standard deviation.",
          "The exact energy of the Hamiltonian does not depend on orbitals: any program that reads FCIDUMP may attack it by a method of its own.",
        ]
      : []),
    ...(has("check_hamiltonian.py")
      ? [
          "The energy: `python check_hamiltonian.py` (PySCF) diagonalises the Hamiltonian exactly, or solves coupled cluster where that is the method, and prints the difference. A VQE is compared with the exact energy, above which it lies.",
        ]
      : []),
    ...(pyscf === "energy"
      ? [
          "From the molecule: `python pyscf_input.py` (PySCF) computes the same from atoms and basis set, and prints the difference.",
        ]
      : []),
    ...(pyscf === "field"
      ? [
          "From the molecule: `python pyscf_input.py` (PySCF) computes the Hartree–Fock field under the calculation from atoms and basis set, and prints the difference.",
        ]
      : []),
    `The same again: the command above, with the same version of Ansatz. The same input and native build give the same bits on any number of threads.`,
  ];
}

/** Markdown. */
export function recordPage(page: Page): string {
  const { title, expected, command, program, build, threads, machine, cost, files } = page;
  const { determinants } = expected;
  const lines = [
    `# ${title}`,
    "",
    "| | Hartree |",
    "| --- | --- |",
    ...energyRows(expected),
    "",
    ...(expected.energy_hartree === null
      ? ["The calculation did not converge: there is no energy of the method.", ""]
      : []),
    ...(determinants === null ? [] : [`${determinants} determinants.`, ""]),
    "## How it was made",
    "",
    `    ${command}`,
    "",
    `${program ?? "Ansatz"}, native build ${build}, ${threads ?? 1} threads, begun ${cost.begun}: ${cost.clock_seconds.toFixed(1)} s by the clock, ${cost.processor_seconds.toFixed(1)} s of processor time, at most ${gibibytes(cost.peakMemory_bytes)} of memory (of the whole process), on ${machine.processor}, ${machine.threadsOfMachine} threads, ${gibibytes(machine.memory_bytes)}, ${machine.system}, Node ${machine.node}.`,
    "",
    "## How to check it",
    "",
    ...checks(page).map((check) => `- ${check}`),
    "",
    "## Files",
    "",
    ...files.map((name) => `- \`${name}\`: ${FILES[name]}`),
    "",
  ];
  return lines.join("\n");
}
