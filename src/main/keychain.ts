/**
 * The operating system's keychain, which main alone can reach, for the engine in its process: a question with a number, an
 * answer with the same. What passes is the 32 bytes of a signing key, or the key of a provider, and nothing of it is logged or kept on the way.
 */
import { z } from "zod";
import { DomainError } from "#shared/errors.ts";
import type { HostKeychain } from "#shared/notebook/signing.ts";

/** As much of Electron's safeStorage as is used. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean;
  /** Linux alone has it. */
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(box: Buffer): string;
}

const MAX_BYTES = 64 * 1024;
const Bytes = z.instanceof(Uint8Array<ArrayBufferLike>).refine((bytes) => bytes.length <= MAX_BYTES);
const numbered = z.strictObject({ keychain: z.number().int().nonnegative() });
const Question = z.discriminatedUnion("ask", [
  numbered.extend({ ask: z.literal("available") }),
  numbered.extend({ ask: z.literal("protect"), bytes: Bytes }),
  numbered.extend({ ask: z.literal("reveal"), bytes: Bytes }),
]);
type Question = z.infer<typeof Question>;
const Answer = z.union([
  numbered.extend({ available: z.boolean() }),
  numbered.extend({ bytes: Bytes }),
  numbered.extend({ failed: z.string() }),
]);
type Answer = z.infer<typeof Answer>;

/** Without a keychain Chromium locks with a password that is in its source: that protects nothing. */
const isProtected = (storage: SafeStorage): boolean =>
  storage.isEncryptionAvailable() &&
  !["basic_text", "unknown"].includes(storage.getSelectedStorageBackend?.() ?? "");

function answer(storage: SafeStorage, question: Question): Answer {
  const { keychain } = question;
  try {
    if (question.ask === "available") return { keychain, available: isProtected(storage) };
    if (!isProtected(storage)) return { keychain, failed: "there is no keychain" };
    // safeStorage takes text; base64 keeps every byte.
    if (question.ask === "protect")
      return { keychain, bytes: storage.encryptString(Buffer.from(question.bytes).toString("base64")) };
    return { keychain, bytes: Buffer.from(storage.decryptString(Buffer.from(question.bytes)), "base64") };
  } catch (error) {
    return { keychain, failed: error instanceof Error ? error.message : String(error) };
  }
}

/** Main's side: what to answer a message of the engine's process; undefined where it is no question to the keychain. */
export function answerKeychain(storage: SafeStorage, message: unknown): Answer | undefined {
  const question = Question.safeParse(message);
  return question.success ? answer(storage, question.data) : undefined;
}

interface KeychainLine {
  keychain: HostKeychain;
  /** Takes a message from main; false where it is no answer of the keychain. */
  receive(message: unknown): boolean;
}

/** The engine's side, over whichever channel leads to main. */
export function openKeychain(send: (question: unknown) => void): KeychainLine {
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  const ask = (ask: Question["ask"], bytes?: Uint8Array): Promise<Answer> =>
    new Promise((resolve) => {
      const keychain = asked++;
      waiting.set(keychain, resolve);
      send({ keychain, ask, ...(bytes && { bytes: new Uint8Array(bytes) }) });
    });
  const bytesOf = (answer: Answer): Uint8Array => {
    if ("bytes" in answer) return answer.bytes;
    const why = "failed" in answer ? answer.failed : "it gave no bytes";
    const message = `The keychain of this computer did not lock or open a key: ${why}. Sign where the notebook's key was made, or make a new key; fill a provider's key in again.`;
    throw new DomainError("not-supported", message);
  };
  return {
    keychain: {
      available: async () => {
        const answer = await ask("available");
        return "available" in answer && answer.available;
      },
      protect: async (secret) => bytesOf(await ask("protect", secret)),
      reveal: async (box) => bytesOf(await ask("reveal", box)),
    },
    receive(message) {
      const answer = Answer.safeParse(message);
      if (!answer.success) return false;
      waiting.get(answer.data.keychain)?.(answer.data);
      waiting.delete(answer.data.keychain);
      return true;
    },
  };
}
