import { useSyncExternalStore } from "react";
import { connection } from "./client.ts";
import type { ConnectionState } from "./connection.ts";

/** The state of the line to the engine, live. */
export const useConnection = (): ConnectionState =>
  useSyncExternalStore(connection.subscribe, connection.state);
