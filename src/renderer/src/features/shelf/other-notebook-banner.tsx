import { Button, Callout } from "@blueprintjs/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { toastError } from "../../components/toaster.ts";
import { api } from "../../rpc/client.ts";
import { followNotebook, useOpenNotebook } from "./open-notebook.ts";

/** Shown over every page of a notebook that the program was not started with. */
export function OtherNotebookBanner() {
  const { data = [] } = useQuery(api.shelf.list.queryOptions());
  const { mutate, isPending } = useOpenNotebook();
  useEffect(followNotebook, []);
  const open = data.find(({ isOpen }) => isOpen);
  const first = data.find(({ isFirst }) => isFirst);
  if (!open || !first || open === first) return null;
  return (
    <Callout className="connection-banner other-notebook" compact icon={null} role="status">
      The notebook <code>{open.file}</code> is open.
      <Button
        size="small"
        text={`Back to ${first.file}`}
        loading={isPending}
        onClick={() => mutate({ file: first.file }, { onError: (error) => void toastError(error) })}
      />
    </Callout>
  );
}
