/** What a field is called. */
import type { HartreeFockResult } from "./field-result.ts";
import { FUNCTIONALS } from "./functionals.ts";

type Field = Pick<HartreeFockResult, "reference" | "kohnSham">;

/** "Hartree–Fock" or the functional. */
export const fieldTitle = ({ kohnSham }: Pick<Field, "kohnSham">): string =>
  kohnSham ? FUNCTIONALS[kohnSham.functional].title : "Hartree–Fock";

/** "RHF", "UHF", "ROHF"; of Kohn–Sham fields "RKS", "UKS". */
export const referenceTitle = ({ reference, kohnSham }: Field): string =>
  kohnSham ? reference.toUpperCase().replace("HF", "KS") : reference.toUpperCase();
