/**
 * The engine's process as main sees it. Electron's own Node runs it where it can load the notebook's database driver
 * (Node-API 10); an older Electron, as tests may bring, starts the same entry in an external Node and passes messages on.
 */
import { spawn } from "node:child_process";
import { type MessagePortMain, safeStorage, utilityProcess } from "electron";
import { answerKeychain } from "./keychain.ts";
import { relayPorts } from "./relay.ts";

const NEEDED_NODE_API = 10;
const STOP_LIMIT_MS = 5_000;

interface EngineHostOptions {
  /** The built entry, out/main/engine-process.js. */
  entry: string;
  notebook: string;
  resources: string;
  /** The file for keys of providers, which the keychain locks. */
  keys: string;
  /** A Node 24 for an Electron that cannot run the engine itself. */
  externalNode: string | undefined;
  /** Called once when the process has ended, with a reason for people. */
  onExit(reason: string): void;
}

export interface EngineHost {
  /** Hands a port over; the engine answers on it until it closes. */
  connect(port: MessagePortMain): void;
  /** Asks the engine to finish its transaction and end; kills it when it does not within five seconds. */
  stop(): Promise<void>;
}

/** What both kinds of process can do for us. */
interface Transport {
  connect(port: MessagePortMain): void;
  send(message: unknown): void;
  kill(): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (cause: string) => void): void;
}

function inUtilityProcess({ entry, notebook, resources, keys }: EngineHostOptions): Transport {
  const child = utilityProcess.fork(entry, [notebook, resources, keys], { serviceName: "Ansatz engine" });
  return {
    connect: (port) => child.postMessage(null, [port]),
    send: (message) => child.postMessage(message),
    kill: () => void child.kill(),
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void child.on("exit", (code) => listener(`exit code ${code}`)),
  };
}

function inExternalNode(node: string, { entry, notebook, resources, keys }: EngineHostOptions): Transport {
  const child = spawn(node, [entry, notebook, resources, keys], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    serialization: "advanced",
  });
  const send = (message: unknown) => void (child.connected && child.send(message as object));
  const relay = relayPorts(send);
  child.on("message", relay.receive);
  child.on("exit", relay.closeAll);
  return {
    connect: relay.connect,
    send,
    kill: () => void child.kill("SIGKILL"),
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => {
      child.on("error", (error) => listener(error.message));
      child.on("exit", (code, signal) => listener(signal ?? `exit code ${code}`));
    },
  };
}

function startTransport(options: EngineHostOptions): Transport {
  if (Number(process.versions.napi) >= NEEDED_NODE_API) return inUtilityProcess(options);
  if (options.externalNode) return inExternalNode(options.externalNode, options);
  throw new Error(
    `This Electron (${process.versions.electron}) has Node-API ${process.versions.napi}; the notebook needs ${NEEDED_NODE_API}. ` +
      "Use Electron 45, or name a Node 24 in ANSATZ_NODE.",
  );
}

/** Starts the engine's process. */
export function startEngineHost(options: EngineHostOptions): EngineHost {
  const transport = startTransport(options);
  let reason = "";
  let ready = false;
  let stopping = false;
  const { promise: exited, resolve: hasExited } = Promise.withResolvers<void>();
  transport.onMessage((message) => {
    if (message === "ready") ready = true;
    const answer = answerKeychain(safeStorage, message);
    if (answer) transport.send(answer);
    if (typeof message !== "object" || message === null || !("failed" in message)) return;
    reason = String(message.failed);
    transport.kill();
  });
  transport.onExit((cause) => {
    hasExited();
    if (!stopping) options.onExit(reason || `The engine stopped unexpectedly (${cause}).`);
  });
  return {
    connect: transport.connect,
    async stop() {
      stopping = true;
      // Before it is ready it has begun nothing that could be finished.
      if (ready) transport.send("stop");
      else transport.kill();
      const limit = setTimeout(transport.kill, STOP_LIMIT_MS);
      await exited;
      clearTimeout(limit);
    },
  };
}
