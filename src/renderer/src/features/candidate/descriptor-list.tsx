import { DESCRIPTORS, PAGE_DESCRIPTORS } from "#shared/molecule/descriptor-lists.ts";
import type { Descriptors } from "#shared/molecule/molecule.ts";
import { typeset } from "../../text/format.ts";

export function DescriptorList({ descriptors, nll }: { descriptors: Descriptors; nll: number | null }) {
  const facts: [name: string, value: string, meaning: string][] = [
    ...PAGE_DESCRIPTORS.map((id): [string, string, string] => {
      const { title, unit, meaning, decimals } = DESCRIPTORS[id];
      const value = typeset(descriptors[id], decimals.page ?? 0);
      return [title, unit === undefined ? value : `${value} ${unit}`, meaning ?? ""];
    }),
  ];
  if (nll !== null) {
    const meaning = "How surprising the molecule is to the model that proposed it";
    facts.push(["Model −log p", `${typeset(nll, 1)} nats`, meaning]);
  }
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
