/** Tautomers of a person's molecules as rows of their own, after all that were given: of a form that is both, the row as given is computed. */
import { MOST_FORMS, type TautomersFound } from "#core/chemistry/sites/tautomer-smiles.ts";
import type { LibraryFile, LibraryRow } from "#shared/campaign/library.ts";

const times = (count: number, one: string, several = `${one}s`): string =>
  `${count} ${count === 1 ? one : several}`;

/** "with 4 tautomers of 3 molecules as further rows; of up to 50 forms of each, 2 less likely ones are left out." */
function noteOf(found: readonly TautomersFound[]): string {
  const having = found.filter(({ smiles }) => smiles.length > 0);
  const added = having.reduce((sum, { smiles }) => sum + smiles.length, 0);
  if (added === 0) return "no other tautomers were found.";
  const more = found.reduce((sum, one) => sum + one.more, 0);
  const left =
    more > 0
      ? `; of up to ${MOST_FORMS} forms of each, ${times(more, "less likely one is", "less likely ones are")} left out`
      : "";
  return `with ${times(added, "tautomer")} of ${times(having.length, "molecule")} as further rows${left}.`;
}

function formsOf(row: LibraryRow, number: number, { smiles }: TautomersFound): LibraryRow[] {
  // The geometry is that of the form as given.
  const { molblock: _, ...shared } = row;
  return smiles.map((form, k) => ({
    ...shared,
    name: `${row.name ?? `row ${number}`}, tautomer ${k + 2}`,
    smiles: form,
    tautomer: k + 2,
  }));
}

/** @param found one for each row */
export function withTautomers(
  { files, rows }: { files: readonly LibraryFile[]; rows: readonly LibraryRow[] },
  found: readonly TautomersFound[],
): { files: LibraryFile[]; rows: LibraryRow[] } {
  return {
    rows: [...rows, ...rows.flatMap((row, i) => formsOf(row, i + 1, found[i] ?? { smiles: [], more: 0 }))],
    files: files.map((file, k) => {
      const own = found.filter((_, i) => rows[i]?.file === k);
      return { ...file, notes: [...(file.notes ?? []), noteOf(own)] };
    }),
  };
}
