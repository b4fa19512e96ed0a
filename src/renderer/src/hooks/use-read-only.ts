import { useQuery } from "@tanstack/react-query";
import { api } from "../rpc/client.ts";

/** True where the notebook is only looked at: nothing can be started, stopped or reviewed. */
export const useReadOnly = (): boolean => useQuery(api.system.info.queryOptions()).data?.readOnly ?? false;
