/** What the notebook keeps of a chunk's verdicts: the run, and for each candidate the verdict and the molecule that it is. */
import type { FilterVerdict } from "#core/chemistry/filters/filter.ts";
import { type NotebookRecord, seal } from "#core/notebook/proof/record.ts";
import type { VerdictContent } from "#core/notebook/tables/contents.ts";
import type { Sha256 } from "#shared/ids.ts";
import type { Made, Origin } from "../plan.ts";

/** A verdict as it is written. */
export function verdictContent({ outcome: _, ...verdict }: FilterVerdict): VerdictContent {
  const { fingerprints: __, ...told } = { fingerprints: undefined, ...verdict };
  return { rejection: null, descriptors: null, ...told };
}

interface Judged {
  candidate: Sha256;
  verdict: FilterVerdict;
}

/** @param previous the filter run of the chunk before; its molecules are duplicates here */
export function filterRecords(
  origin: Origin,
  { samplingRun, previous, judged }: { samplingRun: Sha256; previous: Sha256 | null; judged: Judged[] },
): Omit<Made, "timings_ms"> {
  const run = seal({
    kind: "filter-run",
    content: { ...origin },
    links: [
      { role: "judges", target: samplingRun },
      ...(previous === null ? [] : [{ role: "after", target: previous }]),
    ],
  });
  return { records: [run, ...judged.flatMap((one) => verdictRecords(one, run))], result: run };
}

function verdictRecords({ candidate, verdict }: Judged, run: NotebookRecord): NotebookRecord[] {
  const { identity } = verdict;
  const links = [
    { role: "judges", target: candidate },
    { role: "by", target: run.hash },
  ];
  const molecule = identity && seal({ kind: "molecule", content: { ...identity } });
  if (molecule) links.push({ role: "identifies", target: molecule.hash });
  const sealed = seal({ kind: "filter-verdict", content: { ...verdictContent(verdict) }, links });
  return molecule ? [molecule, sealed] : [sealed];
}
