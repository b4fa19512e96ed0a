/** What files for other programs are called: by the molecule's own file, where it has one. */
import type { CalculateDraft } from "./draft.ts";
import type { GivenMolecule } from "./read-molecule.ts";

const INPUT_ENDINGS = { pyscf: "py", orca: "inp", gaussian: "gjf" } as const;

/** Under the names that a result has their texts by. */
export interface FileNames {
  readonly molden: string;
  readonly fcidump: string;
  readonly openQasm: string;
  readonly inputFile: string;
}

export function namesFrom(stem: string, inputFile: CalculateDraft["inputFile"] | undefined): FileNames {
  return {
    molden: `${stem}.molden`,
    fcidump: `${stem}.fcidump`,
    openQasm: `${stem}.qasm`,
    inputFile: `${stem}.${INPUT_ENDINGS[inputFile ?? "pyscf"]}`,
  };
}

export function fileNames(
  { inputFile }: Pick<CalculateDraft, "inputFile">,
  molecule: GivenMolecule,
): FileNames {
  const stem = molecule.kind === "frames" ? molecule.file.name.replace(/\.[^.]*$/, "") : "molecule";
  return namesFrom(stem, inputFile);
}
