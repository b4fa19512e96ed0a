import { Button, Callout } from "@blueprintjs/core";
import { type Trouble, troubleOf } from "../rpc/client.ts";
import { useConnection } from "../rpc/use-connection.ts";

const TITLES: Readonly<Record<string, string>> = {
  "invalid-input": "This input does not fit",
  "not-found": "Not found",
  conflict: "Something else is in the way",
  "backend-unavailable": "The backend cannot be reached",
  "notebook-damaged": "The notebook is damaged",
  "notebook-newer": "The notebook is from a newer Ansatz",
  "notebook-locked": "The notebook is in use elsewhere",
  "disk-full": "The disk is full",
  "addon-not-loaded": "The quantum core could not be loaded",
  "model-damaged": "The model is damaged",
  "worker-died": "A worker stopped",
  "not-supported": "Not supported",
  connection: "The engine cannot be reached",
  bug: "A fault of the program",
};

const titleOf = ({ code }: Trouble): string => TITLES[code] ?? "Something went wrong";

interface ErrorBannerProps {
  error: unknown;
  /** Offers to try again. */
  retry?: () => void;
}

/** What went wrong, what was expected, what came and what to do: the message says it all, the banner only shows it. */
export function ErrorBanner({ error, retry }: ErrorBannerProps) {
  const trouble = troubleOf(error);
  const { phase } = useConnection();
  // The banner over the page says it already.
  if (trouble.code === "connection" && phase === "lost") return null;
  return (
    <Callout className="error-banner" intent="danger" title={titleOf(trouble)} role="alert">
      <p>{trouble.message}</p>
      {retry && <Button size="small" variant="outlined" text="Try again" onClick={retry} />}
    </Callout>
  );
}
