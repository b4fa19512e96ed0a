/** The engine as the page sees it: the contract's procedures, and the same as queries. */
import { createORPCClient, DynamicLink, ORPCError } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { createTanstackQueryUtils } from "@orpc/tanstack-query";
import { QueryClient } from "@tanstack/react-query";
import type { Contract } from "#shared/contract/contract.ts";
import { DomainError, messageOf } from "#shared/errors.ts";
import { currentHost } from "../host/current-host.ts";
import { createConnection } from "./connection.ts";

export const host = currentHost();
export const connection = createConnection(host);
export const client: ContractRouterClient<Contract> = createORPCClient(
  new DynamicLink(() => connection.link()),
);
export const api = createTanstackQueryUtils(client);

/** The notebook is the truth and events say when it changed, so data stays fresh until an event or a reconnect. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
      refetchOnWindowFocus: false,
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

let wasLost = false;
connection.subscribe(() => {
  const { phase } = connection.state();
  if (phase === "open" && wasLost) void queryClient.invalidateQueries();
  wasLost = phase !== "open";
});

/** An error as a banner shows it. */
export interface Trouble {
  /** Domain code, or "bug", or "connection". */
  code: string;
  message: string;
}

/** Sorts an error by who must act on it. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof ORPCError) return { code: error.defined ? error.code : "bug", message: error.message };
  if (error instanceof DomainError) return { code: error.code, message: error.message };
  return { code: "connection", message: messageOf(error) };
}
