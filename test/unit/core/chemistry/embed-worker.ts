/** Embeds one SMILES in a worker thread, for conformer.test.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { conformer } from "./open.ts";

parentPort!.postMessage(conformer(workerData as string).molblock);
