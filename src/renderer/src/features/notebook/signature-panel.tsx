import { Button } from "@blueprintjs/core";
import { Key } from "@blueprintjs/icons";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { KeyProtection } from "#shared/notebook/signing.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { DialogBoundary } from "../../components/fault-boundary.tsx";
import { useReadOnly } from "../../hooks/use-read-only.ts";
import { api } from "../../rpc/client.ts";
import { SignDialog } from "../signing/sign-dialog.tsx";

const PROTECTIONS: Readonly<Record<KeyProtection, string>> = {
  passphrase: "a passphrase (scrypt)",
  keychain: "the keychain of the computer that it was made on",
  elsewhere: "nothing here: its secret half is not in this file, as in a notebook made of an archive",
};

/** The notebook's key, how it is kept, and signing now. */
export function SignaturePanel({ onSigned }: { onSigned(): void }) {
  const { data, error } = useQuery({ ...api.notebook.signing.queryOptions(), staleTime: 0 });
  const [signing, setSigning] = useState(false);
  const readOnly = useReadOnly();
  return (
    <section className="panel" aria-label="Signature">
      <h2>Signature</h2>
      {error && <ErrorBanner error={error} />}
      {data &&
        (data.key ? (
          <dl className="facts">
            <dt>Fingerprint of the key</dt>
            <dd>
              <code>{data.key.fingerprint}</code>
              <p className="muted">
                Give it to whoever is to check the notebook, by another way than the file.
              </p>
            </dd>
            <dt>Locked by</dt>
            <dd>{PROTECTIONS[data.key.protection]}</dd>
          </dl>
        ) : (
          <p className="muted">No key yet: one is made with the first signature (Ed25519 and ML-DSA-65).</p>
        ))}
      <Button
        icon={<Key />}
        text="Sign now…"
        disabled={!data || readOnly}
        title={readOnly ? "The notebook is open read-only" : undefined}
        onClick={() => setSigning(true)}
      />
      {signing && data && (
        <DialogBoundary of="Signing" onClose={() => setSigning(false)}>
          <SignDialog state={data} onSigned={onSigned} onClose={() => setSigning(false)} />
        </DialogBoundary>
      )}
    </section>
  );
}
