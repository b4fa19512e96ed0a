import { closedShell, describeAgreement } from "./energy-reference.ts";

describeAgreement(closedShell);
