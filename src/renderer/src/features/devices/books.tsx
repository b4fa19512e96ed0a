/** Jobs, money and what left this machine: the same rows as `ansatz qpu jobs | ledger | egress`. */
import { Button } from "@blueprintjs/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toError } from "#shared/errors.ts";
import type { DeviceJobRow, EgressRow, LedgerRow } from "#shared/quantum/devices.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { useReadOnly } from "../../hooks/use-read-only.ts";
import { api, client } from "../../rpc/client.ts";
import { integer, NONE, typeset, when } from "../../text/format.ts";
import { type BookColumn, BookTable, Short } from "./book-table.tsx";

const STATES: Readonly<Record<DeviceJobRow["state"], string>> = {
  reserved: "reserved, not sent",
  sending: "sent, its id has not arrived",
  sent: "sent",
  done: "done",
  ended: "ended without a result",
};

const JOBS: readonly BookColumn<DeviceJobRow>[] = [
  { title: "Job", cell: ({ job }) => <Short text={job} /> },
  { title: "Device", cell: ({ provider, device }) => `${provider}, ${device}` },
  { title: "Circuits", cell: ({ circuits }) => integer(circuits), isNumber: true },
  { title: "State", cell: ({ state, reason }) => `${STATES[state]}${reason === null ? "" : `: ${reason}`}` },
  { title: "Vendor’s id", cell: ({ vendorId }) => <Short text={vendorId} /> },
  { title: "Reserved", cell: ({ reservedAt }) => when(reservedAt) },
  { title: "Ended", cell: ({ endedAt }) => (endedAt === null ? NONE : when(endedAt)) },
];

export function Jobs() {
  const jobs = useQuery({ ...api.qpu.jobs.queryOptions(), staleTime: 0 });
  const providers = useQuery(api.qpu.providers.queryOptions());
  const queries = useQueryClient();
  const readOnly = useReadOnly();
  const enabled = (providers.data ?? []).filter(({ access, hasKey }) => access !== null && hasKey);
  const refresh = useMutation({
    // One that cannot be asked does not keep the others from it.
    mutationFn: async () => {
      const all = await Promise.allSettled(enabled.map(({ provider }) => client.qpu.refresh({ provider })));
      const failed = all.find((one) => one.status === "rejected");
      if (failed) throw toError(failed.reason);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: api.qpu.key() }),
  });
  return (
    <>
      <Button
        text="Ask for open jobs and bills"
        loading={refresh.isPending}
        disabled={readOnly || enabled.length === 0}
        onClick={() => refresh.mutate()}
      />
      {(jobs.error ?? refresh.error) && <ErrorBanner error={jobs.error ?? refresh.error} />}
      <BookTable
        label="Jobs"
        command="ansatz qpu jobs"
        columns={JOBS}
        rows={jobs.data ?? []}
        keyOf={({ job }) => job}
        empty="No job was sent from this notebook. Enable a provider under Backends; its smallest job is a trial circuit, which is shown before it is sent."
      />
    </>
  );
}

const LEDGER: readonly BookColumn<LedgerRow>[] = [
  { title: "Job", cell: ({ job }) => <Short text={job} /> },
  { title: "Device", cell: ({ provider, device }) => `${provider}, ${device}` },
  { title: "For", cell: ({ campaign }) => campaign },
  { title: "Shots", cell: ({ shots }) => integer(shots), isNumber: true },
  { title: "Reserved / USD", cell: ({ reserved_usd }) => typeset(reserved_usd, 4), isNumber: true },
  { title: "Settled / USD", cell: ({ settled_usd }) => typeset(settled_usd, 4), isNumber: true },
  { title: "Alarms", cell: ({ alarms }) => alarms.join("; ") },
];

export function Ledger() {
  const { data: rows = [], error } = useQuery({ ...api.qpu.ledger.queryOptions(), staleTime: 0 });
  const settled = rows.reduce((sum, { settled_usd }) => sum + (settled_usd ?? 0), 0);
  const open = rows.reduce((sum, row) => sum + (row.settled_usd === null ? row.reserved_usd : 0), 0);
  return (
    <>
      {error && <ErrorBanner error={error} />}
      <p>
        Settled {typeset(settled, 4)} USD; reserved and not settled {typeset(open, 4)} USD.
      </p>
      <BookTable
        label="Ledger"
        command="ansatz qpu ledger"
        columns={LEDGER}
        rows={rows}
        keyOf={({ job }) => job}
        empty="Nothing was reserved and nothing paid. Each job that is sent has a line here: what it may cost, then what it did."
      />
    </>
  );
}

const EGRESS: readonly BookColumn<EgressRow>[] = [
  { title: "At", cell: ({ at }) => when(at) },
  { title: "To", cell: ({ destination }) => destination },
  { title: "Purpose", cell: ({ purpose }) => (purpose === "submit" ? "circuits" : "question for the price") },
  { title: "Bytes", cell: ({ bytes }) => integer(bytes), isNumber: true },
  { title: "SHA-256", cell: ({ sha256 }) => <Short text={sha256} /> },
  { title: "Job", cell: ({ job }) => <Short text={job} /> },
  { title: "Approval", cell: ({ approval }) => approval },
];

export function EgressLog() {
  const { data: rows = [], error } = useQuery({ ...api.qpu.egress.queryOptions(), staleTime: 0 });
  return (
    <>
      {error && <ErrorBanner error={error} />}
      <p className="muted">
        Every circuit and every question for a price, noted before its first try; only ever added to. Looks at
        jobs, bills and devices are not in it.
      </p>
      <BookTable
        label="Egress log"
        command="ansatz qpu egress"
        columns={EGRESS}
        rows={rows}
        keyOf={({ at, sha256 }, k) => `${at} ${sha256} ${k}`}
        empty="Nothing left this machine."
      />
    </>
  );
}
