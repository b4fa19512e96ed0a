import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { lockKey } from "#core/files.ts";
import { takeDeviceSecrets } from "../../../src/cli/device-secrets.ts";

const KEY = "planted-key-0badcafe";
const PASSPHRASE = "four words or more";
const folder = mkdtempSync(join(tmpdir(), "ansatz-keys-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("keys of providers of devices", () => {
  it("are taken out of the environment, so that nobody who is started from here has them", async () => {
    const env: Record<string, string | undefined> = {
      ...{ ANSATZ_IONQ_KEY: KEY, ANSATZ_PASSPHRASE: PASSPHRASE, HOME: "/" },
    };
    const secrets = takeDeviceSecrets(env);
    expect(env).toEqual({ HOME: "/" });
    expect(await secrets("ionq")).toBe(KEY);
    expect(await takeDeviceSecrets({})("ionq")).toBeUndefined();
  });

  it("lie in a file under a passphrase, which alone opens it", async () => {
    const file = join(folder, "ionq.key");
    writeFileSync(file, await lockKey(KEY, PASSPHRASE));
    expect(readFileSync(file, "utf8")).not.toContain(KEY);
    const read = (passphrase?: string) =>
      takeDeviceSecrets({ ANSATZ_IONQ_KEY_FILE: file, ...(passphrase && { ANSATZ_PASSPHRASE: passphrase }) })(
        "ionq",
      );
    expect(await read(PASSPHRASE)).toBe(KEY);
    await expect(read("four other words")).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringMatching(/does not open the provider's key/),
    });
    await expect(read()).rejects.toMatchObject({ code: "invalid-input" });
    await expect(lockKey(KEY, "short")).rejects.toMatchObject({ code: "invalid-input" });
  });
});
