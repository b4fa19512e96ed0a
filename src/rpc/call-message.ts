/** What a client may send: one call or the end of one, as text or as bytes with a file behind the text. */
import { z } from "zod";

/** Types of a message as oRPC numbers them; no procedure of ours takes a stream, so there is no third. */
const CALL = 1;
const END = 4;

const Id = z.union([z.string().min(1).max(32), z.number().int().nonnegative()]);

/** The wire names are oRPC's: i(d), t(ype), p(ayload); u(rl), b(ody), h(eaders). */
const Call = z.strictObject({
  i: Id,
  t: z.literal(CALL).optional(),
  p: z.strictObject({
    u: z
      .string()
      .max(2_000)
      .regex(/^\/[\w/-]*$/),
    b: z.unknown().optional(),
    h: z
      .strictObject({
        "content-type": z.string().max(200).optional(),
        "content-disposition": z.string().max(2_000).optional(),
      })
      .optional(),
  }),
});
const End = z.strictObject({ i: Id, t: z.literal(END), p: z.unknown().optional() });
const CallMessage = z.union([Call, End]);

/** Between the text of a message and the bytes of its file. */
const DELIMITER = 0xff;

type CallMessage =
  /** `raw` is what arrived; `ends` where the message ends the call that has this id. */
  | { id: string | number; raw: string | Uint8Array; ends: boolean }
  /** `id` is undefined where not even that could be read. */
  | { id: string | number | undefined; refusal: string };

const bytesOf = (data: unknown): Uint8Array | undefined => {
  if (data instanceof Uint8Array) return data;
  return data instanceof ArrayBuffer ? new Uint8Array(data) : undefined;
};

function headOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(DELIMITER);
  return new TextDecoder("utf-8", { fatal: true }).decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** Tells a call from anything else that may arrive on a port or a socket, without a look at what the call wants. */
export function readCallMessage(data: unknown): CallMessage {
  const raw = typeof data === "string" ? data : bytesOf(data);
  if (raw === undefined) return { id: undefined, refusal: "expected text or bytes" };
  let json: unknown;
  try {
    json = JSON.parse(typeof raw === "string" ? raw : headOf(raw));
  } catch {
    return { id: undefined, refusal: "expected JSON" };
  }
  const message = CallMessage.safeParse(json);
  if (message.success) return { id: message.data.i, raw, ends: message.data.t === END };
  const id = z.object({ i: Id }).safeParse(json);
  return { id: id.data?.i, refusal: "expected a call or the end of one" };
}
