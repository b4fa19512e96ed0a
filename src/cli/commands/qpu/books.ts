/** `ansatz qpu jobs | ledger | egress`: what the notebook knows of jobs, money, and what left this machine. */
import type { Command } from "commander";
import type { Devices } from "#core/engine-interface.ts";
import { REMOTE_BACKENDS } from "#shared/quantum/backend-names.ts";
import { signalOfProcess } from "../../host.ts";
import { formatTable, print, printJson } from "../../output.ts";
import { type NotebookFlags, subcommand } from "../notebook/command.ts";
import { lookIntoBooks, openBooks } from "./provider.ts";

const SHORT = 12;
const short = (name: string | null): string => name?.slice(0, SHORT) ?? "–";
const usd = (value: number | null): string => (value === null ? "–" : value.toFixed(4));

export function addBookCommands(qpu: Command): void {
  subcommand(qpu, "jobs", "every job, with the vendor's id and its state")
    .option("--refresh", "first ask the provider for jobs whose id or bill never arrived")
    .action(runJobs);
  subcommand(
    qpu,
    "ledger",
    "what each job was reserved for, what it cost, and what is wrong with bills",
  ).action(runLedger);
  subcommand(
    qpu,
    "egress",
    "every circuit and every question for a price that left this machine, noted before its first try: hash, size, destination, purpose, approval",
  ).action(runEgress);
}

async function refreshAll(devices: Devices): Promise<void> {
  for (const provider of REMOTE_BACKENDS)
    if (devices.access(provider)) await devices.refresh(provider, signalOfProcess());
}

async function runJobs({ notebook, json, refresh }: NotebookFlags & { refresh?: boolean }): Promise<void> {
  await using engine = await (refresh ? openBooks(notebook) : lookIntoBooks(notebook));
  const { devices } = engine;
  if (refresh) await refreshAll(devices);
  const jobs = devices.jobs();
  if (json) return printJson({ jobs });
  print(
    formatTable(
      [
        { title: "job", text: ({ job }) => short(job) },
        { title: "provider", text: ({ provider }) => provider },
        { title: "device", text: ({ device }) => device },
        { title: "circuits", align: "right", text: ({ circuits }) => String(circuits) },
        { title: "state", text: ({ state }) => state },
        { title: "vendor's id", text: ({ vendorId }) => vendorId ?? "–" },
        { title: "reserved at", text: ({ reservedAt }) => reservedAt },
        { title: "reason", text: ({ reason }) => reason ?? "" },
      ],
      jobs,
    ),
  );
}

async function runLedger({ notebook, json }: NotebookFlags): Promise<void> {
  await using engine = await lookIntoBooks(notebook);
  const rows = engine.devices.ledger();
  const settled_usd = rows.reduce((sum, row) => sum + (row.settled_usd ?? 0), 0);
  const open_usd = rows.reduce((sum, row) => sum + (row.settled_usd === null ? row.reserved_usd : 0), 0);
  if (json) return printJson({ ledger: rows, settled_usd, open_usd });
  print(
    formatTable(
      [
        { title: "job", text: ({ job }) => short(job) },
        { title: "device", text: ({ device }) => device },
        { title: "for", text: ({ campaign }) => campaign },
        { title: "shots", text: ({ shots }) => String(shots) },
        { title: "reserved/USD", text: ({ reserved_usd }) => usd(reserved_usd) },
        { title: "settled/USD", text: (row) => usd(row.settled_usd) },
        { title: "alarms", text: ({ alarms }) => alarms.join("; ") },
      ],
      rows,
    ),
  );
  print(`settled ${usd(settled_usd)} USD, reserved and not settled ${usd(open_usd)} USD`);
}

async function runEgress({ notebook, json }: NotebookFlags): Promise<void> {
  await using engine = await lookIntoBooks(notebook);
  const egress = engine.devices.egress();
  if (json) return printJson({ egress });
  print(
    formatTable(
      [
        { title: "at", text: ({ at }) => at },
        { title: "destination", text: ({ destination }) => destination },
        { title: "purpose", text: ({ purpose }) => purpose },
        { title: "bytes", text: ({ bytes }) => String(bytes) },
        { title: "SHA-256", text: ({ sha256 }) => sha256 },
        { title: "job", text: ({ job }) => short(job) },
        { title: "approval", text: ({ approval }) => approval },
      ],
      egress,
    ),
  );
}
