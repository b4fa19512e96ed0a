/** What a person has said about the signing key, and whether that is enough to sign. */
import {
  MIN_PASSPHRASE,
  passphraseLength,
  type SigningState,
  type SignRequest,
} from "#shared/notebook/signing.ts";

export interface KeyChoice {
  /** Makes another key although there is one. */
  newKey: boolean;
  /** Keeps a key that is made under a passphrase although there is a keychain. */
  byPassphrase: boolean;
  passphrase: string;
  repeated: string;
}

export const FIRST_CHOICE: KeyChoice = { newKey: false, byPassphrase: false, passphrase: "", repeated: "" };

/** What has to be asked. */
export interface Asked {
  /** A key is made. */
  makes: boolean;
  passphrase: boolean;
  /** The key there is cannot be opened on this computer. */
  isElsewhere: boolean;
}

export function askedFor({ key, keychain }: SigningState, choice: KeyChoice): Asked {
  const makes = key === null || choice.newKey;
  if (makes) return { makes, passphrase: !keychain || choice.byPassphrase, isElsewhere: false };
  const isElsewhere = key.protection === "elsewhere" || (key.protection === "keychain" && !keychain);
  return { makes, passphrase: key.protection === "passphrase", isElsewhere };
}

/** What to send, or what is missing in words; the words are empty while nothing was typed. */
export function readChoice(
  state: SigningState,
  choice: KeyChoice,
): { request: SignRequest } | { problem: string } {
  const { makes, passphrase: asked, isElsewhere } = askedFor(state, choice);
  const { newKey, passphrase, repeated } = choice;
  if (isElsewhere) return { problem: "Sign on the computer that keeps the key, or make a new key here." };
  if (!asked) return { request: { lock: "keychain", newKey } };
  if (passphrase === "") return { problem: "" };
  const length = passphraseLength(passphrase);
  if (makes && length < MIN_PASSPHRASE)
    return { problem: `Expected at least ${MIN_PASSPHRASE} characters, got ${length}.` };
  if (makes && repeated !== passphrase)
    return { problem: repeated === "" ? "" : "The two passphrases differ." };
  return { request: { lock: { passphrase }, newKey } };
}
