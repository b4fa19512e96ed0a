/** IBM's tokens: a key is exchanged for one, which lets in for an hour (https://cloud.ibm.com/docs/account, IAM). */
import { z } from "zod";
import { ProviderError } from "./provider.ts";
import { requestError } from "./provider-errors.ts";
import { parsedJson, sendRequest } from "./provider-http.ts";

const Granted = z.object({
  access_token: z.string().min(1),
  /** Seconds since 1970. */
  expiration: z.number(),
});

/** Before its end at which a token is taken for expired. */
const MARGIN_S = 60;

interface Keeper {
  /** One that is not expired. */
  token(signal?: AbortSignal): Promise<string>;
  /** Forgets one that was refused. */
  forget(token: string): void;
}

/** Nothing is made by asking for a token: whatever goes wrong, it may be asked for again. */
const again = (error: unknown): unknown =>
  error instanceof ProviderError && error.remedy === "look-up"
    ? new ProviderError("retry", error.message, error.retryAfter_ms)
    : error;

export function keepToken({
  tokenUrl,
  secret,
  clock,
}: {
  tokenUrl: string;
  secret: () => string;
  clock: () => Date;
}): Keeper {
  let kept: { token: string; expiration: number } | undefined;
  const granted = async (signal?: AbortSignal): Promise<string> => {
    const apikey = secret();
    if (apikey === "") throw new ProviderError("stop", "there is no key to be exchanged for a token");
    const grant = "urn:ibm:params:oauth:grant-type:apikey";
    const answer = await sendRequest({
      method: "POST",
      url: tokenUrl,
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: new URLSearchParams({ grant_type: grant, apikey }).toString(),
      signal,
    });
    const { status, text, retryAfter_ms } = answer;
    // What the service says of a refused key may repeat it.
    if (status === 400 || status === 401)
      throw new ProviderError("stop", `the key is refused where it is exchanged for a token (${status})`);
    if (status < 200 || status > 299)
      throw new ProviderError(
        requestError("ibm", status).remedy,
        `no token is given just now (${status})`,
        retryAfter_ms,
      );
    const { data } = Granted.safeParse(parsedJson(text));
    if (!data) throw new ProviderError("retry", "the answer to a request for a token is not whole");
    kept = { token: data.access_token, expiration: data.expiration };
    return data.access_token;
  };
  return {
    async token(signal) {
      if (kept && clock().getTime() / 1000 < kept.expiration - MARGIN_S) return kept.token;
      try {
        return await granted(signal);
      } catch (error) {
        throw again(error);
      }
    },
    forget(token) {
      if (kept?.token === token) kept = undefined;
    },
  };
}
