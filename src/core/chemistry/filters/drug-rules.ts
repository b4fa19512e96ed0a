/** Rules of thumb for oral absorption. */
import type { DrugRule } from "#shared/campaign/campaign.ts";
import type { Descriptors } from "#shared/molecule/molecule.ts";
import type { MoleculeGraph } from "../toolkit/graph.ts";

const NITROGEN = 7;
const OXYGEN = 8;

/** What breaks each rule, in words; empty where the molecule keeps it. */
export const DRUG_RULES: Record<DrugRule, (descriptors: Descriptors, graph: MoleculeGraph) => string[]> = {
  lipinski,
  veber,
};

/**
 * Rule of five: poor absorption is likely where more than one of these is broken: weight ≤ 500, logP ≤ 5, N–H and O–H ≤ 5,
 * N and O ≤ 10 (Lipinski et al., Adv. Drug Deliv. Rev. 46, 3 (2001), doi:10.1016/S0169-409X(00)00129-0; logP after Crippen).
 */
function lipinski(descriptors: Descriptors, graph: MoleculeGraph): string[] {
  const polar = graph.atoms.filter(({ z }) => z === NITROGEN || z === OXYGEN);
  const donors = polar.reduce((sum, { hydrogens }) => sum + hydrogens, 0);
  const broken = [
    descriptors.molecularWeight_dalton > 500 &&
      `weight ${descriptors.molecularWeight_dalton.toFixed(1)} > 500`,
    descriptors.logP > 5 && `logP ${descriptors.logP.toFixed(2)} > 5`,
    donors > 5 && `${donors} N–H and O–H > 5`,
    polar.length > 10 && `${polar.length} N and O > 10`,
  ].filter((text) => text !== false);
  return broken.length > 1 ? broken : [];
}

/** Rotatable bonds ≤ 10 and polar surface ≤ 140 Å² (Veber et al., J. Med. Chem. 45, 2615 (2002), doi:10.1021/jm020017n). */
function veber({ rotatableBonds, tpsa_angstrom2: tpsa }: Descriptors): string[] {
  return [
    rotatableBonds > 10 && `${rotatableBonds} rotatable bonds > 10`,
    tpsa > 140 && `polar surface ${tpsa.toFixed(1)} Å² > 140`,
  ].filter((text) => text !== false);
}
