import { Spinner } from "@blueprintjs/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { api } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";

function Figures({ title, of }: { title: string; of: Readonly<Record<string, string | number>> }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl className="facts">
        {Object.entries(of).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** A model's card: what it is, learned from, how good it is and what it is not for. */
export function ModelCardView({ name }: { name: string }) {
  const { data: card, error } = useQuery(api.models.card.queryOptions({ input: { name } }));
  if (error) return <ErrorBanner error={error} />;
  if (!card) return <Spinner />;
  const { architecture, data } = card;
  return (
    <div className="model-card">
      <p>{card.description}</p>
      <h3>Intended use</h3>
      <p>{card.intendedUse}</p>
      <h3>Limits</h3>
      <p>{card.limits}</p>
      <h3>Data</h3>
      <ul>
        {data.sources.map((source) => (
          <li key={source.name}>
            {source.name}; licence: {source.licence}
          </li>
        ))}
      </ul>
      <p className="muted">
        {integer(data.molecules)} molecules, {integer(data.tokens)} tokens; {integer(data.heldBack)} held
        back, {data.split}. Preparation: {data.preparation}.
      </p>
      <Figures title="Metrics" of={card.metrics} />
      <Figures
        title="Training"
        of={{
          ...card.training,
          network: `${architecture.kind.toUpperCase()} ${architecture.layers} × ${architecture.hidden}, ${card.vocabulary.length} tokens`,
          hash: card.hash,
          ...(card.parent && { parent: card.parent }),
        }}
      />
    </div>
  );
}
