/** Alone in its file: AWS's clients remember what they have read. */
import { expect, it } from "vitest";
import { openBraket } from "#core/quantum/backends/braket.ts";
import {
  SIMULATED_BUCKET as bucket,
  SIMULATED_REGION as region,
  serveBraket,
} from "../../../../../src/qpu-server/braket-server.ts";
import { asymmetric } from "./circuits.ts";

/** What would change a request, or have the region asked for in the network. */
const SAID = {
  ...{ AWS_DEFAULTS_MODE: "auto", AWS_USE_FIPS_ENDPOINT: "true", AWS_SDK_UA_APP_ID: "ann" },
  AWS_USE_DUALSTACK_ENDPOINT: "true",
};
/** By what the files of ~/.aws are found. */
const FILES = ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_PROFILE"];

it("takes nothing from the environment of AWS's clients, nor from ~/.aws", async () => {
  const own = process.env;
  const names = new Set<string>();
  const get = (env: NodeJS.ProcessEnv, name: string) => {
    names.add(name);
    return env[name];
  };
  process.env = new Proxy({ ...own, ...SAID }, { get });
  try {
    await using server = await serveBraket({ key: "an-id:a-secret" });
    const { baseUrl } = server;
    const braket = openBraket({
      ...{ baseUrl, braket: { region, bucket, s3Url: baseUrl } },
      ...{ secret: () => "an-id:a-secret", clock: () => new Date() },
    });
    expect(await braket.status("iqm/Garnet")).toMatchObject({ status: "online" });
    const run = { circuit: asymmetric, parameters: new Float64Array(), shots: 10, seed: 1 };
    const job = braket.prepare([run], { device: "iqm/Garnet", attempt: 0 });
    const { id } = await braket.send(job, await braket.write(job));
    expect(await braket.fetch(id, job)).toEqual([expect.any(Map)]);
  } finally {
    process.env = own;
  }
  expect([...Object.keys(SAID), ...FILES].filter((name) => names.has(name))).toEqual([]);
});
