import { Button, Callout, Dialog, DialogBody, DialogFooter } from "@blueprintjs/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { TrialRequest } from "#shared/quantum/device-room.ts";
import { lostShotsWords } from "#shared/quantum/job-words.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { api } from "../../rpc/client.ts";
import { integer, when } from "../../text/format.ts";

const indented = (body: string): string => {
  try {
    return JSON.stringify(JSON.parse(body), null, 1);
  } catch {
    return body;
  }
};

/** The exact bytes of a first circuit; they leave when a person says so. */
export function TrialDialog({ asked, onClose }: { asked: TrialRequest; onClose(): void }) {
  const preview = useQuery({ ...api.qpu.previewTrial.queryOptions({ input: asked }), staleTime: 0 });
  const queries = useQueryClient();
  const send = useMutation({
    ...api.qpu.sendTrial.mutationOptions(),
    onSettled: () => queries.invalidateQueries({ queryKey: api.qpu.key() }),
  });
  const { data } = preview;
  const cost = data?.cost_usd;
  const counted = Object.values(send.data?.counts ?? {}).reduce((sum, count) => sum + count, 0);
  const lost = send.data ? asked.shots - counted : 0;
  const before = send.isSuccess ? null : (data?.measuredAt ?? null);
  return (
    <Dialog isOpen onClose={onClose} title="A first circuit" className="trial-dialog">
      <DialogBody>
        <p>
          Two qubits in (|00⟩ + |11⟩)/√2, measured {integer(asked.shots)} times on {asked.provider},{" "}
          {asked.device}: of no molecule. About half of the shots should read 00 and half 11.
        </p>
        {preview.error && <ErrorBanner error={preview.error} />}
        {data && (
          <>
            {before !== null && (
              <Callout compact>
                It was measured there, {when(before)}. Nothing is sent again: the counts are of then.
              </Callout>
            )}
            <p>
              {before === null ? "These" : "Written anew it would be these"} {integer(data.bytes)} bytes{" "}
              {before === null && "would leave, "}to <code>{data.destination}</code>; SHA-256{" "}
              <code className="trial-hash">{data.sha256}</code>;{" "}
              {cost === null
                ? "there is no price of the device"
                : `${cost?.toFixed(4)} USD by the price table`}
              . It is shown with line breaks and sent without.
            </p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by key. */}
            <section className="trial-body" aria-label="What would leave" tabIndex={0}>
              {indented(data.body)}
            </section>
          </>
        )}
        {send.error && <ErrorBanner error={send.error} />}
        {send.data && (
          <p role="status">
            {lost > 0 && `${lostShotsWords(lost)}. `}Measured, job <code>{send.data.vendorId}</code>:{" "}
            {Object.entries(send.data.counts)
              .sort(([a], [b]) => a.localeCompare(b))
              .map(([state, count]) => `${state} ${integer(count)} times`)
              .join(", ")}
            .
          </p>
        )}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Close" onClick={onClose} />
            <Button
              intent="primary"
              text={before === null ? "Send it" : "Show its counts"}
              loading={send.isPending}
              disabled={!data || preview.isFetching || send.isSuccess}
              onClick={() => data && send.mutate({ ...asked, sha256: data.sha256 })}
            />
          </>
        }
      />
    </Dialog>
  );
}
