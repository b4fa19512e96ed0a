/** What the toy adds to tables: the file of each, the line before which it stands, and the entry. */
export const ENTRIES = [
  [
    "src/shared/quantum/backends.ts",
    "] as const satisfies readonly BackendDeclaration[];",
    '{ id: "abacus", title: "Abacus", kind: "estimator", isRemote: true, settings: DEVICE_SETTINGS },',
  ],
  ["src/core/quantum/backends/provider-errors.ts", '"braket"] as const', '"abacus", '],
  [
    "src/core/quantum/backends/provider-errors.ts",
    "ionq, ibm, braket };",
    'abacus: { source: "its documents", requests: [row(402, "fall-back", "unpaid")], codes: [] }, ',
  ],
  ["src/core/quantum/backends/registry.ts", "braket: openBraket,", "abacus: openAbacus,"],
  [
    "src/core/quantum/backends/registry.ts",
    "braket: (settings, context)",
    'abacus: (settings, context) => openAtHand("abacus", settings, context),',
  ],
  [
    "src/core/quantum/backends/registry.ts",
    'import { openBraket } from "./braket.ts";',
    'import { openAbacus } from "./abacus.ts";',
  ],
  ["src/core/quantum/backends/job-limits.ts", "braket: oneCircuit(100_000),", "abacus: oneCircuit(10_000),"],
  ["src/shared/quantum/provider-places.ts", "/** Of the region that", 'abacus: "https://abacus.example",'],
  ["src/shared/quantum/provider-places.ts", 'braket: "iqm/Garnet",', 'abacus: "beads-1",'],
  [
    "src/cli/commands/qpu/server.ts",
    "braket: async (options) => {",
    'abacus: async (options) => ({ ...(await (await import("../../../qpu-server/abacus-server.ts")).serveAbacus(options)), baseUrl: "", flags: [], devices: [] }),',
  ],
] as const;
