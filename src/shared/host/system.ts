/** What this installation is and can do: `ansatz doctor` and the app's About page. */
import { z } from "zod";

export const DoctorCheck = z.strictObject({
  name: z.string(),
  ok: z.boolean(),
  detail: z.string(),
});
export type DoctorCheck = z.infer<typeof DoctorCheck>;

export const SystemInfo = z.strictObject({
  version: z.string(),
  build: z.string(),
  notebookPath: z.string(),
  /** True where the notebook is only looked at: nothing can be started, stopped or reviewed. */
  readOnly: z.boolean(),
  /** Why that is so, where it was not asked for; null otherwise. */
  readOnlyReason: z.string().nullable(),
  checks: z.array(DoctorCheck),
});
export type SystemInfo = z.infer<typeof SystemInfo>;
