import { Button } from "@blueprintjs/core";
import { DEFAULT_PROPERTY } from "#shared/properties/find.ts";
import { inSentence } from "#shared/properties/property.ts";
import { Logo } from "../../components/logo.tsx";
import { navigate } from "../../hooks/route.ts";
import { openSample } from "../shelf/sample-dialog.tsx";

const STEPS = [
  ["Propose", "A neural network that has read molecules writes new ones as SMILES, or you bring your own."],
  [
    "Filter",
    "Elements, size, rings, structural alerts, synthetic accessibility. What is filtered out is kept, with the rule.",
  ],
  [
    "Evaluate",
    `Each survivor gets a 3D geometry and its ${inSentence(DEFAULT_PROPERTY.title)}, or another property that you ask for; beside it stands what VQE and exact diagonalisation say in an active space.`,
  ],
  ["Review", "You look at structures, energies and convergence, and give verdicts by key: s, m or r."],
  ["Export", "The shortlist leaves as SDF or CSV, with everything the wet lab needs to trace it back."],
] as const;

/** What the list of campaigns is while there is none: what a campaign does. */
export function Welcome() {
  return (
    <div className="welcome">
      <Logo />
      <h1>From a generated molecule to a ranked shortlist</h1>
      <p className="welcome-lead">
        A campaign proposes molecules, evaluates them by quantum chemistry on this machine, and keeps in a
        notebook how every number came about. Nothing leaves this computer.
      </p>
      <ol className="welcome-steps">
        {STEPS.map(([title, text]) => (
          <li key={title}>
            <h2>{title}</h2>
            <p>{text}</p>
          </li>
        ))}
      </ol>
      <div className="welcome-action">
        <Button
          size="large"
          intent="primary"
          text="Start the first campaign"
          onClick={() => navigate({ page: "new", from: null })}
        />
        <Button size="large" text="Explore a sample" onClick={openSample} />
        <span className="muted">
          or press <kbd>n</kbd>; <kbd>?</kbd> lists every key, <kbd>F1</kbd> opens the help
        </span>
      </div>
    </div>
  );
}
