/** The numbers of candidates that a plot can show, with their titles and units. */
import type { Campaign } from "#shared/campaign/campaign.ts";
import type { NumericKey } from "#shared/campaign/candidate-page.ts";
import { DESCRIPTOR_IDS, DESCRIPTORS, titleWithUnit } from "#shared/molecule/descriptor-lists.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { headWithUnit, shownAs } from "#shared/properties/property.ts";
import { READABLE_PER_HARTREE } from "#shared/units.ts";
import { type EnergyUnitChoice, readAs } from "../../text/energy-unit.ts";

export interface PlotColumn {
  readonly id: string;
  readonly key: NumericKey;
  /** With its unit. */
  readonly title: string;
  /** As it is read. */
  fromStored(value: number): number;
  /** Whether more is better, at first. */
  readonly isMoreBetter: boolean;
}

const asItIs = (value: number): number => value;

/** In the order in which they are offered: what was computed, a person's own, descriptors. */
export function plotColumns(
  { settings }: Pick<Campaign, "settings">,
  choice: EnergyUnitChoice,
): PlotColumn[] {
  const { evaluation, generation, ranking } = settings;
  const property = declarationOf(evaluation);
  const shown = readAs(shownAs(property), choice);
  const unit = choice === "usual" ? "Eh" : choice;
  const own = generation.source === "library" ? generation.columns : [];
  return [
    {
      id: "value",
      key: "value",
      title: headWithUnit(property.title, shown.unit, " / "),
      fromStored: shown.fromStored,
      isMoreBetter: ranking.direction === "maximise",
    },
    { id: "rank", key: "rank", title: "Rank", fromStored: asItIs, isMoreBetter: false },
    {
      id: "difference",
      key: "difference",
      title: `VQE − CASCI / ${unit}`,
      fromStored: (value) => value * READABLE_PER_HARTREE[unit],
      isMoreBetter: false,
    },
    ...own.map((head) => ({
      id: `data ${head}`,
      key: { data: head },
      title: head,
      fromStored: asItIs,
      isMoreBetter: true,
    })),
    ...DESCRIPTOR_IDS.map((descriptor) => {
      const { title, unit: own } = DESCRIPTORS[descriptor];
      return {
        id: descriptor,
        key: { descriptor },
        title: titleWithUnit({ title, ...(own !== undefined && { unit: own }) }),
        fromStored: asItIs,
        isMoreBetter: descriptor === "qed",
      };
    }),
  ];
}
