/** Electrodes that potentials are told against, by their absolute potentials: against an electron at rest in the gas phase. */
interface ReferenceElectrode {
  readonly title: string;
  readonly absolute_volt: number;
}

/**
 * SHE: IUPAC, S. Trasatti, doi:10.1351/pac198658070955, 4.44 ± 0.02 V in water at 298.15 K. Ferrocene: 0.400 V above it (R. R. Gagné,
 * C. A. Koval, G. C. Lisensky, doi:10.1021/ic50211a080). Lithium: 3.040 V below it (S. G. Bratsch, doi:10.1063/1.555839). Scales of water: in
 * other solvents junctions add a tenth of a volt or more. Who prefers another absolute value moves all three by one constant.
 */
export const REFERENCE_ELECTRODES = {
  she: { title: "SHE", absolute_volt: 4.44 },
  fc: { title: "Fc⁺/Fc", absolute_volt: 4.84 },
  li: { title: "Li⁺/Li", absolute_volt: 1.4 },
} as const satisfies Readonly<Record<string, ReferenceElectrode>>;

export type ReferenceElectrodeName = keyof typeof REFERENCE_ELECTRODES;
export const REFERENCE_ELECTRODE_NAMES = Object.keys(REFERENCE_ELECTRODES) as [
  ReferenceElectrodeName,
  ...ReferenceElectrodeName[],
];
