/** A quick look at a notebook's file by SQLite itself. */
import { DomainError } from "#shared/errors.ts";
import { openDatabase } from "../file/database.ts";

/** What SQLite finds wrong with the structure of the file; empty where all is well. Indices are not compared with tables. */
export function checkIntegrity(path: string): string[] {
  try {
    using db = openDatabase(path, { readonly: true });
    const said = db.guard((connection) => connection.pragma("quick_check(20)")) as { quick_check: string }[];
    return said.map(({ quick_check }) => quick_check).filter((finding) => finding !== "ok");
  } catch (error) {
    // Some damage stops the check itself.
    if (error instanceof DomainError && error.code === "notebook-damaged") return [String(error.data.sqlite)];
    throw error;
  }
}
