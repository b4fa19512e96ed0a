/** What D3(BJ) was fitted to. */
import type { D3bjMethod } from "#shared/quantum/dispersion.ts";

/** Of terms 1/r⁶, whose factor is 1, and 1/r⁸. */
export interface RationalDamping {
  readonly s8: number;
  readonly a1: number;
  readonly a2_bohr: number;
}

const HARTREE_FOCK: RationalDamping = { s8: 0.9171, a1: 0.3385, a2_bohr: 2.883 };

/**
 * By method. Hartree–Fock, PBE, PBE0, B3LYP: S. Grimme, S. Ehrlich, L. Goerigk, J. Comput. Chem. 32, 1456 (2011), doi:10.1002/jcc.21759;
 * r²SCAN: S. Ehlert et al., J. Chem. Phys. 154, 061101 (2021), doi:10.1063/5.0041008.
 */
export const D3BJ_DAMPING: Readonly<Record<D3bjMethod, RationalDamping>> = {
  rhf: HARTREE_FOCK,
  uhf: HARTREE_FOCK,
  rohf: HARTREE_FOCK,
  pbe: { s8: 0.7875, a1: 0.4289, a2_bohr: 4.4407 },
  pbe0: { s8: 1.2177, a1: 0.4145, a2_bohr: 4.8593 },
  b3lyp: { s8: 1.9889, a1: 0.3981, a2_bohr: 4.4211 },
  r2scan: { s8: 0.78981345, a1: 0.49484001, a2_bohr: 5.73083694 },
};
