/** The measures of a set of samples, as people read them. */
import type { Engine } from "#core/engine-interface.ts";
import { fixed, formatTable, type TextColumn } from "./output.ts";

export type Metrics = Awaited<ReturnType<Engine["molecules"]["measure"]>> & { decoding: string };

interface Row {
  name: string;
  value: number | null | undefined;
  meaning: string;
}

const columns: TextColumn<Row>[] = [
  { title: "measure", text: ({ name }) => name },
  { title: "value", align: "right", text: ({ value }) => fixed(value, 4) },
  { title: "", text: ({ meaning }) => meaning },
];

/** One line a measure, named as in MOSES (doi:10.3389/fphar.2020.565644); a dash where there is nothing to measure it on. */
export function metricsTable(metrics: Metrics): string {
  const { alertsPassed, distances } = metrics;
  const rows: Row[] = [
    {
      name: "validity",
      value: metrics.validity,
      meaning: `of ${metrics.samples} ${metrics.decoding} samples`,
    },
    { name: "uniqueness@1k", value: metrics.uniquenessAt1k, meaning: "of the first 1,000 valid ones" },
    { name: "uniqueness@10k", value: metrics.uniquenessAt10k, meaning: "of the first 10,000 valid ones" },
    { name: "uniqueness", value: metrics.uniqueness, meaning: "of all valid ones" },
    { name: "novelty", value: metrics.novelty, meaning: "not among the training molecules" },
    { name: "filters PAINS", value: alertsPassed.pains, meaning: "without an alert of the catalogue" },
    { name: "filters Brenk", value: alertsPassed.brenk, meaning: "" },
    { name: "filters NIH", value: alertsPassed.nih, meaning: "" },
    { name: "IntDiv", value: metrics.internalDiversity, meaning: "internal diversity" },
    { name: "SNN", value: metrics.nearestNeighbour, meaning: "similarity to the nearest held-back molecule" },
    { name: "scaffold similarity", value: metrics.scaffoldSimilarity, meaning: "to the held-back molecules" },
    {
      name: "W1 logP",
      value: distances?.logP,
      meaning: "Wasserstein-1 distance from the held-back molecules",
    },
    { name: "W1 SA score", value: distances?.saScore, meaning: "" },
    { name: "W1 QED", value: distances?.qed, meaning: "" },
    { name: "W1 weight", value: distances?.molecularWeight_dalton, meaning: "Da" },
  ];
  return formatTable(columns, rows);
}
