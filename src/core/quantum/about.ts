/** What the quantum engine says of itself, for those who may not load it. */
import { native } from "./native/native.ts";

interface QuantumEngine {
  /** Hash of the native sources: the same input and build give the same bits. */
  build: string;
  instructionSet: string;
}

/** @throws DomainError addon-not-loaded with every path tried */
export const quantumEngine = (): QuantumEngine => ({
  build: native().buildId(),
  instructionSet: native().instructionSet(),
});
