/** Whether memory grows from one evaluation to the next. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { diatomic } from "../problems/chemistry.ts";
import { runOnce } from "./measure.ts";

const EVALUATIONS = 10_000;
/** By then all that is kept between calculations has been made. */
const SETTLED = 2_000;

export async function memorySection(): Promise<void> {
  const problem = diatomic("Li", "H", 1.5949);
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // what the collector has not got to yet is no growth
  const resident = () => {
    collect();
    return (process.memoryUsage.rss() / 1e6).toFixed(0);
  };
  let settled = "";
  for (let k = 1; k <= EVALUATIONS; k++) {
    await runOnce(problem, { threads: 1 });
    if (k === SETTLED) settled = resident();
  }
  console.log(
    `\n${EVALUATIONS} evaluations of LiH (RHF and CASCI) in one process: ${settled} MB resident after ${SETTLED}, ` +
      `${resident()} MB at the end`,
  );
}
