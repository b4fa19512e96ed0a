/** One molecule, or another program's Hamiltonian, by any method of the engine. */
import { Button, Callout } from "@blueprintjs/core";
import { Clipboard, Play } from "@blueprintjs/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { CalculationId } from "#shared/quantum/calculation.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { FaultBoundary } from "../../components/fault-boundary.tsx";
import { navigate } from "../../hooks/route.ts";
import { useKeys } from "../../hooks/use-keys.ts";
import { useReadOnly } from "../../hooks/use-read-only.ts";
import { api } from "../../rpc/client.ts";
import { CalculationList } from "./calculation-list.tsx";
import { CalculationView } from "./calculation-view.tsx";
import { copyCommand } from "./copy-command.ts";
import { CostNote, useCost } from "./cost-note.tsx";
import { MethodSection } from "./method-section.tsx";
import { MoleculeSection } from "./molecule-section.tsx";
import { useDraft } from "./use-draft.ts";
import { type AskedMolecule, useMolecule } from "./use-molecule.ts";

/** Why it cannot be started; empty where it can. */
function hindrance({ job, problems }: AskedMolecule): string {
  if (problems.size > 0) return "Something does not fit yet";
  return job ? "" : "Give a molecule first";
}

interface FooterProps {
  molecule: AskedMolecule;
  /** Why it would be refused at once. */
  refusal: string | null;
  start(): void;
  isStarting: boolean;
}

function Footer({ molecule, refusal, start, isStarting }: FooterProps) {
  const { job, command } = molecule;
  const isReadOnly = useReadOnly();
  return (
    <footer className="form-footer">
      <div className="form-refusal" role="status">
        {refusal !== null && (
          <Callout compact intent="danger">
            {refusal}
          </Callout>
        )}
      </div>
      <span className="muted">{hindrance(molecule)}</span>
      <Button
        icon={<Clipboard />}
        text="Copy as command"
        disabled={command === null}
        onClick={() => command !== null && copyCommand(command)}
      />
      <Button
        type="submit"
        intent="primary"
        icon={<Play />}
        text="Calculate"
        disabled={job === null || refusal !== null || isReadOnly}
        loading={isStarting}
        onClick={start}
      />
    </footer>
  );
}

function NewCalculation() {
  const [draft, set] = useDraft();
  const molecule = useMolecule(draft);
  const cost = useCost(molecule.job);
  const refusal = cost?.refusal ?? null;
  const isHamiltonian = molecule.given.kind === "hamiltonian";
  const queries = useQueryClient();
  const isBeginning = useRef(false);
  const start = useMutation({
    ...api.calculations.start.mutationOptions(),
    onSettled: () => {
      isBeginning.current = false;
    },
    onSuccess: ({ id }) => {
      // One that is kept before the first answer comes is in the second.
      void queries
        .invalidateQueries({ queryKey: api.calculations.current.key() })
        .then(() => queries.invalidateQueries({ queryKey: api.calculations.list.key() }));
      navigate({ page: "calculate", id });
    },
  });
  // Once for two presses: the second may come before this is drawn again.
  const begin = () => {
    if (!molecule.job || refusal !== null || isBeginning.current) return;
    isBeginning.current = true;
    start.mutate(molecule.job);
  };
  useKeys([
    { combo: "mod + enter", label: "Calculate", inText: true, once: true, run: begin },
    {
      combo: "shift + c",
      label: "Copy as command",
      run: () => molecule.command !== null && copyCommand(molecule.command),
    },
  ]);
  const shared = { draft, set, problems: molecule.problems };
  return (
    <form
      className="calculate-form"
      aria-label="New calculation"
      onSubmit={(event) => event.preventDefault()}
      noValidate
    >
      <h1>Calculate</h1>
      <MoleculeSection {...shared} molecule={molecule} />
      <MethodSection {...shared} isHamiltonian={isHamiltonian} frames={molecule.placed?.frames.length ?? 0} />
      {cost && <CostNote cost={cost} />}
      {start.error && <ErrorBanner error={start.error} />}
      {molecule.command !== null && (
        <code className="command-line" title="The same as a command">
          {molecule.command}
        </code>
      )}
      <Footer molecule={molecule} refusal={refusal} start={begin} isStarting={start.isPending} />
    </form>
  );
}

export function CalculatePage({ id }: { id: CalculationId | null }) {
  return (
    <div className="calculate">
      <NewCalculation />
      <div className="calculate-results">
        {id !== null && (
          <FaultBoundary of="This calculation" place={id}>
            <CalculationView key={id} id={id} />
          </FaultBoundary>
        )}
        <CalculationList open={id} />
      </div>
    </div>
  );
}
