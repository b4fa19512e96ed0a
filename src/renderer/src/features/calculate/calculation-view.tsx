import { Button, Callout, ProgressBar, Spinner } from "@blueprintjs/core";
import { Clipboard, Cross } from "@blueprintjs/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { leftText, spanText } from "#shared/campaign/span-text.ts";
import type { CalculationDetail, CalculationId } from "#shared/quantum/calculation.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { toastError } from "../../components/toaster.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { useReadOnly } from "../../hooks/use-read-only.ts";
import { api } from "../../rpc/client.ts";
import { differenceIn } from "../../text/energy-unit.ts";
import { duration, when } from "../../text/format.ts";
import { hasSight, SoFar } from "./calculation-sight.tsx";
import { CalculationTag } from "./calculation-tag.tsx";
import { copyCommand } from "./copy-command.ts";
import { CurveResult } from "./curve-result.tsx";
import { EnergyRows } from "./energy-rows.tsx";
import { MoleculeResult } from "./molecule-result.tsx";
import { hamiltonianRows } from "./result-rows.ts";
import { useCurrentCalculations } from "./use-calculations.ts";
import { GoOn, WayResult } from "./way-result.tsx";

const TICK_MS = 1000;

function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** How far it is, what is left by the law of cost, and a way to stop it. */
function Running({ calculation }: { calculation: CalculationDetail }) {
  const { id, progress, startedAt, expected } = calculation;
  const queries = useQueryClient();
  const cancel = useMutation({
    ...api.calculations.cancel.mutationOptions(),
    onError: toastError,
    onSettled: () => void queries.invalidateQueries({ queryKey: api.calculations.key() }),
  });
  const elapsed = (useNow() - Date.parse(startedAt)) / 1000;
  const left = expected ? expected.seconds - elapsed : null;
  const isReadOnly = useReadOnly();
  return (
    <div className="calculation-running">
      <ProgressBar
        intent="primary"
        {...(expected && left !== null && left > 0 && { value: elapsed / expected.seconds })}
        aria-label="How much of the expected time has passed"
      />
      <p aria-live="polite">
        {progress ?? "waiting for a thread"} · {spanText(elapsed)} so far
        {left !== null && (left > 0 ? ` · ${leftText(left)}` : " · longer than expected")}
      </p>
      <Button
        size="small"
        icon={<Cross />}
        text="Cancel"
        disabled={isReadOnly}
        loading={cancel.isPending}
        onClick={() => cancel.mutate({ id })}
      />
    </div>
  );
}

function Result({ calculation }: { calculation: CalculationDetail }) {
  const { job, result, orbitals, id, name } = calculation;
  const [choice] = useEnergyUnit();
  if (job.kind === "energy" && result?.way)
    return (
      <>
        <WayResult way={result.way} id={id} name={name} />
        <GoOn way={result.way} job={job} />
      </>
    );
  if (job.kind === "energy" && result?.energy)
    return (
      <MoleculeResult
        id={id}
        request={job.request}
        result={result.energy}
        orbitals={orbitals}
        name={job.name}
      />
    );
  if (job.kind === "curve" && result?.curve) return <CurveResult job={job} curve={result.curve} />;
  if (result?.hamiltonian)
    return <EnergyRows rows={hamiltonianRows(result.hamiltonian, differenceIn(choice))} />;
  return null;
}

/** What of it there is. */
function cancelledText({ job, result }: CalculationDetail): string {
  if (result?.way)
    return "It was cancelled on its way: the atoms are where they were then, and the geometry is not stationary.";
  if (result?.curve && job.kind === "curve")
    return `It was cancelled: ${result.curve.points.length} of ${job.requests.length} frames are kept. Neighbours' solutions were not all followed, and breaks are not known.`;
  return "It was cancelled; nothing of it was kept.";
}

const timeOf = ({ result }: CalculationDetail): number | null =>
  result?.energy?.wallTime_ms ?? result?.hamiltonian?.wallTime_ms ?? null;

function Head({ calculation }: { calculation: CalculationDetail }) {
  const { name, title, job, startedAt, record } = calculation;
  const time = timeOf(calculation);
  return (
    <header className="calculation-head">
      <div>
        <h2 title={name}>{name}</h2>
        <p className="muted">
          {title} · {job.origin} · {when(startedAt)}
          {time !== null && ` · ${duration(time)}`}
          {record !== null && ` · kept as ${record.slice(0, 12)}`}
        </p>
      </div>
      <CalculationTag calculation={calculation} />
      <Button
        size="small"
        icon={<Clipboard />}
        text="Copy as command"
        title={job.command}
        onClick={() => copyCommand(job.command)}
      />
    </header>
  );
}

/** One calculation: how it stands while it runs, and what it found. */
export function CalculationView({ id }: { id: CalculationId }) {
  const detail = useQuery({ ...api.calculations.get.queryOptions({ input: { id } }), staleTime: 0 });
  const live = useCurrentCalculations().data?.find((one) => one.id === id);
  if (detail.error) return <ErrorBanner error={detail.error} retry={() => void detail.refetch()} />;
  if (!detail.data) return <Spinner className="page-spinner" />;
  const calculation = { ...detail.data, ...live };
  return (
    <article className="panel calculation" aria-label="Calculation">
      <Head calculation={calculation} />
      {calculation.state === "running" && <Running calculation={calculation} />}
      {calculation.state === "running" && hasSight(calculation) && <SoFar calculation={calculation} />}
      {calculation.error !== null && (
        <Callout intent="danger" title="It failed">
          {calculation.error}
        </Callout>
      )}
      {calculation.state === "cancelled" && <Callout>{cancelledText(calculation)}</Callout>}
      <Result calculation={calculation} />
    </article>
  );
}
