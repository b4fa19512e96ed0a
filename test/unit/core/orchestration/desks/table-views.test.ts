import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openNotebook } from "#core/notebook/notebook.ts";
import { keepView } from "#core/notebook/tables/kept-views.ts";
import { createTableViews } from "#core/orchestration/desks/table-views.ts";
import { CampaignId } from "#shared/ids.ts";
import { sampleNotebook } from "../../notebook/sample-notebook.ts";

const campaignOf = (n: number) =>
  CampaignId.parse(`7b0a5c9e-52c1-4c3e-9d5a-${n.toString(16).padStart(12, "0")}`);
const [FIRST, SECOND] = [campaignOf(0), campaignOf(1)];

it("views are kept in the file by campaign and name, in order, and let go", () => {
  const folder = mkdtempSync(join(tmpdir(), "ansatz-views-"));
  const path = join(folder, "notebook.sqlite");
  try {
    {
      using notebook = sampleNotebook(path, { campaigns: 2, candidates: 4 });
      const views = createTableViews(notebook);
      views.keep(FIRST, { name: "light", shown: "?range=mw::100" });
      views.keep(FIRST, { name: "best", shown: "?view=ranked" });
      views.keep(FIRST, { name: "light", shown: "?range=mw::90" });
      views.keep(SECOND, { name: "light", shown: "" });
      // What is of another kind is no table.
      keepView(notebook.db, FIRST, "map", { name: "", content: "{}" });
    }
    using notebook = openNotebook({ path, mode: "existing", clock: () => new Date(0), program: "test 1" });
    const views = createTableViews(notebook);
    expect(views.list(FIRST)).toEqual([
      { name: "best", shown: "?view=ranked" },
      { name: "light", shown: "?range=mw::90" },
    ]);
    views.forget(FIRST, "light");
    views.forget(FIRST, "never there");
    expect(views.list(FIRST).map(({ name }) => name)).toEqual(["best"]);
    expect(views.list(SECOND)).toEqual([{ name: "light", shown: "" }]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it("a notebook that is only read keeps none, and says so", () => {
  using notebook = sampleNotebook(":memory:", { campaigns: 1, candidates: 4 });
  const views = createTableViews({ ...notebook, readonly: true });
  expect(() => views.keep(FIRST, { name: "x", shown: "" })).toThrowError(
    expect.objectContaining({ code: "conflict" }),
  );
  expect(views.list(FIRST)).toEqual([]);
});
