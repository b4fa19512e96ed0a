import type { CandidateRow, GivenData } from "#shared/campaign/candidate.ts";

const signed = (charge: number): string => (charge > 0 ? `+${charge}` : String(charge));

/** What a person's file says of a molecule, and the electrons that it is computed with where they are not those of a closed shell. */
export function GivenList({ candidate, given }: { candidate: CandidateRow; given: GivenData }) {
  const { electrons, proposal } = candidate;
  const facts: [name: string, value: string][] = [
    ["Row", String(proposal.index + 1)],
    ...(electrons
      ? ([
          ["Computed charge", signed(electrons.charge)],
          ["Multiplicity", String(electrons.multiplicity)],
        ] as [string, string][])
      : []),
    ...Object.entries(given.data),
  ];
  return (
    <section className="properties">
      <h3>As given</h3>
      <dl className="descriptor-list">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
