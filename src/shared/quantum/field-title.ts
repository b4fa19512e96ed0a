/** What a field is called. */
import type { HartreeFockResult } from "./field-result.ts";
import { FUNCTIONALS, type KohnShamReport } from "./functionals.ts";

interface Field extends Pick<HartreeFockResult, "reference"> {
  readonly kohnSham?: Pick<KohnShamReport, "functional"> | null | undefined;
}

/** "Hartree–Fock" or the functional. */
export const fieldTitle = ({ kohnSham }: Pick<Field, "kohnSham">): string =>
  kohnSham ? FUNCTIONALS[kohnSham.functional].title : "Hartree–Fock";

/** "RHF", "UHF", "ROHF"; of Kohn–Sham fields "RKS", "UKS". */
export const referenceTitle = ({ reference, kohnSham }: Field): string =>
  kohnSham ? reference.toUpperCase().replace("HF", "KS") : reference.toUpperCase();
