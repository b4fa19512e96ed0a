/** FCI of one hydrogen chain on two threads, as JSON: node hydrogen-chain.ts n. */
import { hydrogenChain } from "../problems/chemistry.ts";
import { best } from "./measure.ts";

const times = await best(hydrogenChain(Number(process.argv[2])), { threads: 2 });
// maxRSS is in KiB
console.log(JSON.stringify({ ...times, residentMB: (process.resourceUsage().maxRSS * 1024) / 1e6 }));
