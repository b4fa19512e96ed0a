/** A quick look at a notebook's file by SQLite itself. */
import { openDatabase } from "./database.ts";

/** What SQLite finds wrong with the structure of the file; empty where all is well. Indices are not compared with tables. */
export function checkIntegrity(path: string): string[] {
  using db = openDatabase(path, { readonly: true });
  const said = db.guard((connection) => connection.pragma("quick_check(20)")) as { quick_check: string }[];
  return said.map(({ quick_check }) => quick_check).filter((finding) => finding !== "ok");
}
