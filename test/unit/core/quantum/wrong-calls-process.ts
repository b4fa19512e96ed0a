/** Makes wrong calls one by one from the number given on; before each its number is written, after it what it ended in. */
import { writeSync } from "node:fs";
import { verdict, WRONG_CALLS } from "./wrong-calls.ts";

for (let number = Number(process.argv[2]); number < WRONG_CALLS.length; number++) {
  writeSync(1, `${number}\t`);
  writeSync(1, `${verdict(WRONG_CALLS[number]!)}\n`);
}
