/** Structural alerts of the PAINS, Brenk and NIH catalogues (resources/filters/alerts.json) and our own (reactive.json). */
import type { AlertCatalogue } from "#shared/campaign/campaign.ts";
import type { Mol, RDKit } from "../toolkit/rdkit.ts";
import { compilePattern, matches, type Pattern } from "./patterns.ts";

/** One alert as the catalogue names it; `set` tells the PAINS families apart. */
export interface Alert {
  readonly catalogue: AlertCatalogue;
  /** PAINS_A, PAINS_B, PAINS_C, BRENK, NIH or REACTIVE. */
  readonly set: string;
  readonly name: string;
}

/** A line of alerts.json or reactive.json. */
export interface AlertDefinition extends Alert {
  readonly smarts: string;
}

interface CompiledAlert {
  readonly alert: Alert;
  readonly pattern: Pattern;
}

export type CompiledAlerts = readonly CompiledAlert[];

/** Compiles every pattern (about 0.2 s for 860). */
export function compileAlerts(rdkit: RDKit, definitions: readonly AlertDefinition[]): CompiledAlerts {
  return definitions.map(({ catalogue, set, name, smarts }) => ({
    alert: { catalogue, set, name },
    pattern: compilePattern(rdkit, smarts),
  }));
}

/** The alerts of these catalogues that the molecule raises, in the catalogue's order, lazily. */
export function* raisedAlerts(
  alerts: CompiledAlerts,
  { mol, bits, catalogues }: { mol: Mol; bits: Uint32Array; catalogues: readonly AlertCatalogue[] },
): Generator<Alert> {
  for (const { alert, pattern } of alerts) {
    if (catalogues.includes(alert.catalogue) && matches(mol, bits, pattern)) yield alert;
  }
}
