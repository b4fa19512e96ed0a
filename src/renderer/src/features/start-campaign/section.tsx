import type { ReactNode } from "react";
import type { Draft } from "./form.ts";

export interface SectionProps {
  draft: Draft;
  onDraft(draft: Draft): void;
  problems: ReadonlyMap<string, string>;
}

/** One step of the form: what it does in a line, and its fields. */
export function Section({
  number,
  title,
  lead,
  children,
}: {
  number: number;
  title: string;
  lead: string;
  children: ReactNode;
}) {
  return (
    <section className="form-section">
      <header>
        <h2>
          <span className="step-number">{number}</span>
          {title}
        </h2>
        <p className="muted">{lead}</p>
      </header>
      <div className="form-fields">{children}</div>
    </section>
  );
}
