/** The page in a browser: a WebSocket to the web host that served it. */
import { RPCLink } from "@orpc/client/websocket";
import { rpcSerializers } from "#shared/rpc-serializers.ts";
import type { Host, Line } from "./host.ts";

const TOKEN_KEY = "ansatz.token";

/** Takes the token out of the address, so that it is in no history and no screenshot, and keeps it for reloads. */
function takeToken(): string {
  const match = /^#token=([0-9a-f]+)$/.exec(location.hash);
  if (match?.[1]) {
    sessionStorage.setItem(TOKEN_KEY, match[1]);
    history.replaceState(null, "", "#/");
  }
  return sessionStorage.getItem(TOKEN_KEY) ?? "";
}

const LOST =
  "The server that this page came from does not answer. If it was stopped, start it again and open the address it prints.";
const REFUSED =
  "This page has no token of a running server. Open the address that the server printed when it started.";

function open(token: string): Promise<Line> {
  if (!token) return Promise.reject(new Error(REFUSED));
  return new Promise((resolve, reject) => {
    const websocket = new WebSocket(`ws://${location.host}/`, ["ansatz", token]);
    const closed = new Promise<void>((done) => {
      websocket.addEventListener("close", () => done(), { once: true });
    });
    websocket.addEventListener("open", () => {
      const link = new RPCLink({ websocket, customJsonSerializers: rpcSerializers });
      resolve({ link, lost: closed.then(() => LOST) });
    });
    void closed.then(() => reject(new Error(LOST)));
  });
}

export function browserHost(): Host {
  const token = takeToken();
  return {
    open: () => open(token),
    reconnects: true,
    remedy: "Try again",
    onCommand: () => () => {},
  };
}
