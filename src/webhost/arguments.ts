/** What `npm run web` was asked for. */
import { parseArgs } from "node:util";
import { DomainError } from "#shared/errors.ts";

export const USAGE = `Usage: npm run web -- [options]

Serves the app to a browser on this machine and prints its address.

  --port <number>    port on 127.0.0.1; a free one when left out
  --notebook <file>  notebook to open; by default the one that the desktop app opens
  --read-only        look at the notebook and change nothing; another process may be writing to it
  --no-open          do not open a browser
  --help             print this
`;

export interface Arguments {
  help: boolean;
  port: number;
  /** undefined for the default one. */
  notebook: string | undefined;
  readOnly: boolean;
  open: boolean;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string", default: "0" },
        notebook: { type: "string" },
        "read-only": { type: "boolean", default: false },
        "no-open": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new DomainError("invalid-input", `${error.message}\n\n${USAGE}`);
  }
}

/** Reads the command line. @throws DomainError invalid-input with the usage where an option is not known */
export function readArguments(args: readonly string[]): Arguments {
  const values = parse(args);
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535)
    throw new DomainError(
      "invalid-input",
      `--port: expected a number from 0 to 65535, got "${values.port}".`,
    );
  return {
    port,
    help: values.help,
    notebook: values.notebook,
    readOnly: values["read-only"],
    open: !values["no-open"],
  };
}
