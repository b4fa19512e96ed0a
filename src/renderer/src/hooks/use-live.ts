import { useConnection } from "../rpc/use-connection.ts";
import { useReadOnly } from "./use-read-only.ts";

/** False where this page cannot know whether work goes on: the line is cut, or the work is another process's. */
export function useLive(): boolean {
  const { phase } = useConnection();
  const readOnly = useReadOnly();
  return phase === "open" && !readOnly;
}
