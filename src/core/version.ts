/** Name and version of the program, as in package.json: stands in every record. */
import packageJson from "../../package.json" with { type: "json" };

export const VERSION: string = packageJson.version;
