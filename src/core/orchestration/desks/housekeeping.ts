/** What keeps a notebook safe beside the work: a look at the file's integrity after opening, and a backup a day. */

import { HOW_TO_RESTORE } from "#core/notebook/file/sqlite-errors.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { backUp, backupFolder, latestBackup, removeUnfinished } from "#core/notebook/recovery/backup.ts";
import { chainHead } from "#core/notebook/tables/events.ts";
import type { Logger } from "#shared/host/logger.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";

const HOUR_MS = 3_600_000;
const BACKUP_AGE_MS = 24 * HOUR_MS;

interface Housekeeping extends AsyncDisposable {
  /** What the check after opening found: empty where all is well, undefined while it runs. */
  readonly integrity: readonly string[] | undefined;
}

interface HousekeepingServices {
  notebook: Notebook;
  dispatcher: Dispatcher;
  logger: Logger;
  clock: () => Date;
  /** Hears, in a sentence for people, that the file is damaged. */
  onDamage: (damage: string) => void;
}

/** What a person can do about a damaged file. */
export const damagedFile = (path: string, finding: string): string =>
  `${path} is damaged (${finding}). It is open read-only so that nothing more is lost: save what can be read with \`ansatz notebook salvage\`, or restore a backup from ${backupFolder(path)} ${HOW_TO_RESTORE}.`;

/** Starts the integrity check and the backups of a notebook on disk. */
export function keepHouse({
  notebook,
  dispatcher,
  logger,
  clock,
  onDamage,
}: HousekeepingServices): Housekeeping {
  const { path, db } = notebook;
  const isKept = path !== ":memory:";
  let integrity: string[] | undefined;
  const look = async (): Promise<void> => {
    try {
      integrity = await dispatcher.run("integrity", { path });
      for (const finding of integrity) logger.error({ path, finding }, "the notebook's file is damaged");
      if (integrity[0]) onDamage(damagedFile(path, integrity[0]));
    } catch (error) {
      logger.warn({ path, error: String(error) }, "the notebook's integrity could not be checked");
    }
  };
  const isDue = (): boolean => {
    const latest = latestBackup(path);
    const isOld = !latest || clock().getTime() - latest.getTime() > BACKUP_AGE_MS;
    return isOld && chainHead(db).seq > 1;
  };
  let backingUp: Promise<void> = Promise.resolve();
  const copy = async (): Promise<void> => {
    try {
      removeUnfinished(path, clock());
      if (isDue()) logger.info({ file: await backUp(db, clock()) }, "notebook backed up");
    } catch (error) {
      logger.error({ path, error: String(error) }, "the notebook could not be backed up");
    }
  };
  const checking = isKept ? look() : Promise.resolve();
  if (isKept && !notebook.readonly) backingUp = copy();
  const timer = setInterval(() => {
    if (isKept && !notebook.readonly) backingUp = backingUp.then(copy);
  }, HOUR_MS);
  timer.unref();
  return {
    get integrity() {
      return integrity;
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await Promise.all([backingUp, checking]);
    },
  };
}
