import type { Descriptors } from "#shared/molecule/molecule.ts";
import { fixed, integer } from "../../text/format.ts";

export function DescriptorList({ descriptors, nll }: { descriptors: Descriptors; nll: number }) {
  const facts: readonly [name: string, value: string, meaning: string][] = [
    [
      "Molecular weight",
      `${fixed(descriptors.molecularWeight_dalton, 2)} g/mol`,
      "Average over natural isotopes",
    ],
    ["logP", fixed(descriptors.logP, 2), "Crippen's estimate of log P (octanol/water)"],
    ["TPSA", `${fixed(descriptors.tpsa_angstrom2, 1)} Å²`, "Topological polar surface area"],
    ["QED", fixed(descriptors.qed, 3), "Quantitative estimate of drug-likeness, 0 to 1"],
    ["SA score", fixed(descriptors.saScore, 2), "Synthetic accessibility, 1 (easy) to 10"],
    ["H-bond donors", integer(descriptors.hydrogenBondDonors), ""],
    ["H-bond acceptors", integer(descriptors.hydrogenBondAcceptors), ""],
    ["Rotatable bonds", integer(descriptors.rotatableBonds), ""],
    ["Rings", integer(descriptors.ringCount), ""],
    ["Heavy atoms", integer(descriptors.heavyAtoms), ""],
    ["Model −log p", `${fixed(nll, 1)} nats`, "How surprising the molecule is to the model that proposed it"],
  ];
  return (
    <section className="properties">
      <h3>Properties</h3>
      <dl className="descriptor-list">
        {facts.map(([name, value, meaning]) => (
          <div key={name} title={meaning || undefined}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
