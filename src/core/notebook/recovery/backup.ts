/** Copies of a notebook that are whole at every moment: made beside the running work, named by their time. */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Database, openDatabase } from "../file/database.ts";
import { makePrivate, PRIVATE_FOLDER, tighten } from "../file/place.ts";
import { explained } from "../file/sqlite-errors.ts";
import { stamp } from "../file/stamp.ts";

/** Backups kept on schedule; those before a migration are never removed. */
const KEPT = 7;

/** Pages copied before other work has its turn: a few milliseconds. */
const PAGES_A_STEP = 500;

/** A backup that is being made grows all the time; one that did not for so long was left by a killed process. */
const STALE_MS = 60_000;

export const backupFolder = (path: string): string => `${path}-backups`;

const ON_SCHEDULE = /-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)\.sqlite$/;

const makeFolder = (path: string): void =>
  void mkdirSync(backupFolder(path), { recursive: true, mode: PRIVATE_FOLDER });

const nameOf = (path: string, label: string): string => `${basename(path, ".sqlite")}-${label}.sqlite`;

/** The backups on schedule, oldest first. */
function listBackups(path: string): { file: string; at: Date }[] {
  const folder = backupFolder(path);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const [, at] = ON_SCHEDULE.exec(name) ?? [];
      return at
        ? [{ file: join(folder, name), at: new Date(at.replace(/T(\d\d)-(\d\d)-(\d\d)/, "T$1:$2:$3")) }]
        : [];
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** The time of the latest backup on schedule; undefined where there is none. */
export const latestBackup = (path: string): Date | undefined => listBackups(path).at(-1)?.at;

/** A file that two who back up at once do not share. */
const unfinishedOf = (file: string): string => `${file}.${randomUUID()}.part`;

function removeParts(unfinished: string): void {
  const name = basename(unfinished);
  const folder = dirname(unfinished);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  for (const one of readdirSync(folder)) if (one.startsWith(name)) rmSync(join(folder, one), { force: true });
}

/** Writes into a file's header that it has no log: where it is put back, a log that lies there is seen to be another's. */
function closeWithoutLog(file: string): void {
  using db = openDatabase(file, { readonly: false });
  db.guard((connection) => connection.pragma("journal_mode = DELETE"));
}

/**
 * Copies the notebook page by page while it is in use, and removes the oldest backups beyond seven.
 *
 * @returns the path of the backup, which appears under its name only when it is whole
 * @throws DomainError disk-full, conflict, notebook-damaged
 */
export async function backUp({ path, guard }: Database, at: Date): Promise<string> {
  const file = join(backupFolder(path), nameOf(path, stamp(at)));
  const unfinished = unfinishedOf(file);
  try {
    makeFolder(path);
    makePrivate(unfinished);
    await guard((connection) => connection.backup(unfinished, { progress: () => PAGES_A_STEP }));
    closeWithoutLog(unfinished);
    renameSync(unfinished, file);
    for (const { file: old } of listBackups(path).slice(0, -KEPT)) rmSync(old, { force: true });
    return file;
  } catch (error) {
    removeParts(unfinished);
    throw explained(error, path);
  }
}

/** Takes from others the right to read backups of earlier versions; the paths that were changed. */
export function tightenBackups(path: string): string[] {
  const folder = backupFolder(path);
  if (!existsSync(folder)) return [];
  return tighten([folder, ...readdirSync(folder).map((name) => join(folder, name))]);
}

/** Removes what killed processes left of their backups. */
export function removeUnfinished(path: string, now: Date): void {
  const folder = backupFolder(path);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (!/\.part(-journal|-wal|-shm)?$/.test(name)) continue;
    const file = join(folder, name);
    const modified = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (modified !== undefined && now.getTime() - modified > STALE_MS) rmSync(file, { force: true });
  }
}

/** The first name that is free: a file that was put back may be brought up to date a second time, with other contents. */
function freeName(path: string, label: string): string {
  for (let copy = 1; ; copy++) {
    const file = join(backupFolder(path), nameOf(path, copy === 1 ? label : `${label}-${copy}`));
    if (!existsSync(file)) return file;
  }
}

/** A copy before the schema changes, kept for good. */
export function backUpBeforeMigration({ path, guard }: Database, schema: number): void {
  guard((connection) => {
    const file = freeName(path, `schema-${schema}`);
    makeFolder(path);
    const unfinished = unfinishedOf(file);
    makePrivate(unfinished);
    connection.prepare("VACUUM INTO ?").run(unfinished);
    renameSync(unfinished, file);
  });
}
