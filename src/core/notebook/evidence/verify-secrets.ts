/** Is the locked half of every key there, and the one that was locked when the key was made? */
import type { Finding } from "#shared/notebook/verification.ts";
import { boxDigest } from "../checkpoints/secret-box.ts";
import type { Database } from "../file/database.ts";
import { toHex } from "../proof/hash.ts";
import type { VerifiedEvent } from "./verify-evidence.ts";

interface SecretsCheck {
  findings: Finding[];
  /** What is no change, but keeps the notebook from being signed. */
  remarks: Finding[];
  /** Fingerprints of keys whose lock the log does not describe. */
  unknown: string[];
}

export function checkSecrets(db: Database, events: readonly VerifiedEvent[]): SecretsCheck {
  const check: SecretsCheck = { findings: [], remarks: [], unknown: [] };
  const rows = new Map(
    db.all(db.sql.selectFrom("secret").selectAll()).map((row) => [toHex(row.key), row] as const),
  );
  for (const { seq, event } of events) {
    if (event.kind !== "key-created") continue;
    const where = `key ${event.fingerprint} (event ${seq})`;
    const row = rows.get(event.fingerprint);
    rows.delete(event.fingerprint);
    if (!row) check.findings.push({ where, what: "its locked secret half was removed" });
    else if (row.protection === "elsewhere") {
      const what =
        "its secret half is not in this file, as in a notebook made of an archive: to sign, make a new key";
      check.remarks.push({ where, what });
    } else if (event.box === undefined) check.unknown.push(event.fingerprint);
    else if (boxDigest(row) !== event.box)
      check.findings.push({ where, what: "its locked secret half was exchanged or changed" });
  }
  for (const fingerprint of rows.keys())
    check.findings.push({ where: `key ${fingerprint}`, what: "a secret half of no key that the log knows" });
  return check;
}
