import { Callout } from "@blueprintjs/core";
import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { forecastSentence } from "#shared/campaign/forecast.ts";
import { deviceLevels } from "#shared/campaign/rungs.ts";
import { api, troubleOf } from "../../rpc/client.ts";
import type { Draft } from "./form.ts";

/** Molecules are drawn and embedded for it: not after each key. */
const PAUSE_MS = 700;
/** From here on a person should know before they start. */
const LONG_S = 3600;

/** Settings that have not changed for a moment; undefined while they do not fit. */
function useSettled(settings: Draft | undefined): Draft | undefined {
  const [settled, setSettled] = useState<Draft | undefined>();
  useEffect(() => {
    const timer = setTimeout(() => setSettled(settings), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [settings]);
  return settled;
}

/** What the campaign will take: molecules, states, time and memory. */
export function ForecastNote({ settings }: { settings: Draft | undefined }) {
  const settled = useSettled(settings);
  const { data, error, isFetching } = useQuery({
    // The name changes nothing of it.
    ...api.campaigns.forecast.queryOptions({ input: settled ? { ...settled, name: "forecast" } : skipToken }),
    placeholderData: keepPreviousData,
  });
  if (!settled) return null;
  // What costs money is not begun without a word of how much.
  if (error && deviceLevels(settled).length > 0)
    return (
      <Callout intent="warning">
        What it would cost on its device cannot be told: {troubleOf(error).message}
      </Callout>
    );
  if (error) return null;
  if (!data) return isFetching ? <p className="muted">Looking at what it will take…</p> : null;
  const isBeyond = data.devices?.some(
    ({ cost_usd, limit_usd }) => cost_usd === null || limit_usd === null || cost_usd > limit_usd,
  );
  const isMuch = data.seconds > LONG_S || data.molecules === 0 || isBeyond === true;
  return <Callout intent={isMuch ? "warning" : "none"}>{forecastSentence(data)}</Callout>;
}
