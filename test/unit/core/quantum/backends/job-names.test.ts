/** Names of jobs of one circuit, by which notebooks of the time before there were others find theirs: never to be changed. */
import { expect, it } from "vitest";
import { openBraket } from "#core/quantum/backends/braket.ts";
import { openIbm } from "#core/quantum/backends/ibm.ts";
import { openIonq } from "#core/quantum/backends/ionq.ts";
import type { Provider } from "#core/quantum/backends/provider.ts";
import { asymmetric } from "./circuits.ts";

const access = { secret: () => "id:key", clock: () => new Date() };
const run = { circuit: asymmetric, parameters: new Float64Array(), shots: 500, seed: 11 };
const ibm = {
  instance: "crn:v1:a",
  tokenUrl: "https://iam.example",
  program: "executor",
  isPrivate: false,
} as const;
const braket = { region: "eu-north-1", bucket: "amazon-braket-x", s3Url: "https://s3.example" } as const;

it.each<[string, Provider, string]>([
  [
    "qpu.forte-1",
    openIonq({ ...access, baseUrl: "https://api.ionq.co/v0.4" }),
    "b1aa956c760513faac8b3a145a63970812db0e5e32db3d21247775f2aa135e3e",
  ],
  [
    "ibm_fez",
    openIbm({ ...access, baseUrl: "https://quantum.example/api/v1", ibm }),
    "61f4bb019f17d362be6310ce77711266ea200642b74a5be9f4cc4e8929a5f443",
  ],
  [
    "iqm/Garnet",
    openBraket({ ...access, baseUrl: "https://braket.example", braket }),
    "9df49a535797b19397da8ad06a731bf1a325f234de541d14c2e2b56740f7b3c9",
  ],
])("of %s is what it was", (device, provider, name) => {
  expect(provider.prepare([run], { device, attempt: 0 }).name).toBe(name);
});
