/** A table of candidates as a person left it, under a name. */
import { z } from "zod";

export const TableView = z.strictObject({
  name: z.string().trim().min(1, "Expected a name.").max(80),
  /** View, text, ranges, order and columns, as they stand in the window's address: "?view=ranked&sort=-value". */
  shown: z.string().max(8000),
});
export type TableView = z.infer<typeof TableView>;
