import { Button, Spinner } from "@blueprintjs/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { navigate } from "../../hooks/route.ts";
import { api } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";
import { isRunning, useCurrentCalculations } from "./use-calculations.ts";

/** On every page: how many calculations run, and a way to the newest. What one found is asked for when it has ended. */
export function RunningCalculations() {
  const running = useCurrentCalculations().data?.filter(isRunning) ?? [];
  const queries = useQueryClient();
  const ids = running.map(({ id }) => id).join();
  const before = useRef(ids);
  useEffect(() => {
    if (before.current !== ids) {
      void queries.invalidateQueries({ queryKey: api.calculations.get.key() });
      void queries.invalidateQueries({ queryKey: api.calculations.list.key() });
    }
    before.current = ids;
  }, [ids, queries]);
  const [newest] = running;
  if (!newest) return null;
  const text = running.length === 1 ? "1 calculation" : `${integer(running.length)} calculations`;
  return (
    <Button
      variant="minimal"
      icon={<Spinner size={14} />}
      text={text}
      aria-label={`${text} under way: show the newest`}
      title={running.map(({ name, title }) => `${name}: ${title}`).join("\n")}
      onClick={() => navigate({ page: "calculate", id: newest.id })}
    />
  );
}
