/** Groups that fall apart at once and that the published catalogues do not know. */
import type { AlertDefinition } from "./alerts.ts";

/**
 * Cyclobutadienes and azetes, also fused to an arene (4n π electrons in one small ring: Bally 2006, doi:10.1002/anie.200602279).
 * Biphenylenes, whose ring holds no double bond of its own, are stable and do not match.
 */
export const REACTIVE_ALERTS: readonly AlertDefinition[] = [
  {
    catalogue: "reactive",
    set: "REACTIVE",
    name: "antiaromatic_four_ring",
    smarts: "[#6,#7]1=[#6,#7]-[#6,#7]=,:[#6,#7]-1",
  },
];
