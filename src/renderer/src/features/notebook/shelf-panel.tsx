import { Button } from "@blueprintjs/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { api } from "../../rpc/client.ts";
import { useOpenNotebook } from "../shelf/open-notebook.ts";
import { openSample } from "../shelf/sample-dialog.tsx";

/** The notebooks of the folder. */
export function ShelfPanel() {
  const { data = [] } = useQuery({ ...api.shelf.list.queryOptions(), staleTime: 0 });
  const { mutate, error, isPending, variables } = useOpenNotebook();
  return (
    <section className="panel" aria-label="Notebooks in this folder">
      <h2>Notebooks in this folder</h2>
      <p className="muted">
        A campaign that is running when another notebook is opened stops there and goes on when its own is
        opened again.
      </p>
      <ul className="shelf">
        {data.map(({ file, isOpen, isFirst }) => (
          <li key={file}>
            <code>{file}</code>
            {isFirst && <span className="muted">opens at the start</span>}
            {isOpen ? (
              <span className="muted">open</span>
            ) : (
              <Button
                size="small"
                text="Open"
                aria-label={`Open ${file}`}
                loading={isPending && variables.file === file}
                onClick={() => mutate({ file })}
              />
            )}
          </li>
        ))}
      </ul>
      {error && <ErrorBanner error={error} />}
      <Button text="Make a sample notebook…" onClick={openSample} />
    </section>
  );
}
