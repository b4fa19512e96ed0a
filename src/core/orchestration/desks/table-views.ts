/** Tables as people left them, by name: kept in the notebook, and no evidence. */
import { type Notebook, requireWritable } from "#core/notebook/notebook.ts";
import { forgetView, keepView, keptViews } from "#core/notebook/tables/kept-views.ts";
import type { TableView } from "#shared/campaign/table-view.ts";
import type { CampaignId } from "#shared/ids.ts";

export interface TableViews {
  /** In order of their names. */
  list(campaign: CampaignId): TableView[];
  /** Takes the place of one of the same name. @throws DomainError conflict where the notebook is open read-only */
  keep(campaign: CampaignId, view: TableView): void;
  /** @throws DomainError conflict where the notebook is open read-only */
  forget(campaign: CampaignId, name: string): void;
}

export function createTableViews(notebook: Notebook): TableViews {
  const { db } = notebook;
  const write = (work: () => void): void => {
    requireWritable(notebook);
    notebook.transaction(work);
  };
  return {
    list: (campaign) =>
      keptViews(db, campaign, "table").map(({ name, content }) => ({
        name,
        shown: JSON.parse(content) as string,
      })),
    keep: (campaign, { name, shown }) =>
      write(() => keepView(db, campaign, "table", { name, content: JSON.stringify(shown) })),
    forget: (campaign, name) => write(() => forgetView(db, campaign, "table", name)),
  };
}
