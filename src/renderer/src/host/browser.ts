/** The page in a browser: a WebSocket to the web host that served it. */
import { RPCLink } from "@orpc/client/websocket";
import { rpcSerializers } from "#shared/host/rpc-serializers.ts";
import type { Host, Line } from "./host.ts";
import { Refused } from "./refused.ts";

const TOKEN_KEY = "ansatz.token";
/** Pages of one host tell each other its token, so that those of an earlier run come back with the first of a new one. */
const CHANNEL = "ansatz.token";

const tokenIn = (hash: string): string | undefined => /^#token=([0-9a-f]{64})$/.exec(hash)?.[1];
const token = (): string => sessionStorage.getItem(TOKEN_KEY) ?? "";

/** Takes the token out of the address, so that it is in no history and no screenshot, and keeps it for reloads. */
function takeToken(others: BroadcastChannel): void {
  const given = tokenIn(location.hash);
  if (!given) return;
  sessionStorage.setItem(TOKEN_KEY, given);
  history.replaceState(null, "", "#/");
  others.postMessage(given);
}

const LOST =
  "The server that this page came from does not answer. If it was stopped, start it again: this page goes on when its address is opened.";
const REFUSED =
  "The server runs, but does not know this page: it was started anew, or the page was opened without its token. Open the address that it printed when it started, or give it here.";

/** Whether something serves this address. A socket does not say why it was closed. */
const isServed = (): Promise<boolean> =>
  fetch("/", { method: "HEAD", cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );

async function failure(): Promise<Error> {
  return (await isServed()) ? new Refused(REFUSED) : new Error(LOST);
}

function open(): Promise<Line> {
  if (!token()) return Promise.reject(new Refused(REFUSED));
  return new Promise((resolve, reject) => {
    const websocket = new WebSocket(`ws://${location.host}/`, ["ansatz", token()]);
    const closed = new Promise<void>((done) => {
      websocket.addEventListener("close", () => done(), { once: true });
    });
    let opened = false;
    websocket.addEventListener("open", () => {
      opened = true;
      const link = new RPCLink({ websocket, customJsonSerializers: rpcSerializers });
      resolve({ link, lost: closed.then(() => LOST) });
    });
    void closed.then(async () => {
      if (!opened) reject(await failure());
    });
  });
}

export function browserHost(): Host {
  const others = new BroadcastChannel(CHANNEL);
  takeToken(others);
  return {
    open,
    reconnects: true,
    remedy: "Try again",
    takeAddress(text) {
      if (!URL.canParse(text)) return false;
      const { host, hash } = new URL(text);
      const given = tokenIn(hash);
      if (!given || host !== location.host) return false;
      sessionStorage.setItem(TOKEN_KEY, given);
      others.postMessage(given);
      return true;
    },
    onAdmission(listener) {
      others.addEventListener("message", ({ data }) => {
        if (typeof data !== "string" || tokenIn(`#token=${data}`) === undefined) return;
        sessionStorage.setItem(TOKEN_KEY, data);
        listener();
      });
    },
    onCommand: () => () => {},
  };
}
