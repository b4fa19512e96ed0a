/**
 * Physical quantities as branded numbers, and the only conversion factors in the program.
 *
 * Inside the core: Hartree and bohr. Ångström in molfiles and viewers. On screen what is usual, or what a person chose.
 * Factors: CODATA 2022 (doi:10.1103/RevModPhys.97.025002).
 */
declare const unit: unique symbol;

/** A number that carries its unit in its type; at run time a plain number. */
type Quantity<U extends string> = number & { readonly [unit]: U };

export type Hartree = Quantity<"hartree">;
type ElectronVolt = Quantity<"electron-volt">;
type KcalPerMol = Quantity<"kcal-per-mol">;
type KjPerMol = Quantity<"kj-per-mol">;
export type Bohr = Quantity<"bohr">;
export type Angstrom = Quantity<"angstrom">;

/** 1 bohr = 0.529177210544 Å. */
export const ANGSTROM_PER_BOHR = 0.529177210544;
/** Of the units in which files give lengths. */
export const ANGSTROM_PER_UNIT = { angstrom: 1, bohr: ANGSTROM_PER_BOHR, nm: 10, pm: 0.01 } as const;
/** 1 Hartree = 27.211386245981 eV. */
export const ELECTRON_VOLT_PER_HARTREE = 27.211386245981;
/** 1 Hartree = 2625.4996394792 kJ/mol (E_h · N_A). */
export const KJ_PER_MOL_PER_HARTREE = 2625.4996394792;
/** The thermochemical calorie is exactly 4.184 J. */
export const KCAL_PER_MOL_PER_HARTREE = KJ_PER_MOL_PER_HARTREE / 4.184;
/** The energy of one wave a centimetre: 1 Hartree = 219474.63136314 cm⁻¹. */
export const PER_CENTIMETRE_PER_HARTREE = 219474.63136314;
/** Units that energies may be read in, each per Hartree. */
export const READABLE_PER_HARTREE = {
  eV: ELECTRON_VOLT_PER_HARTREE,
  "kcal/mol": KCAL_PER_MOL_PER_HARTREE,
  "kJ/mol": KJ_PER_MOL_PER_HARTREE,
  Eh: 1,
  "cm⁻¹": PER_CENTIMETRE_PER_HARTREE,
} as const;
/** Boltzmann's constant, Hartree/K. */
export const BOLTZMANN_HARTREE_PER_KELVIN = 3.1668115634564e-6;
/** CODATA 2022. */
export const KILOGRAMS_PER_ELECTRON_MASS = 9.1093837139e-31;
export const METRES_PER_ANGSTROM = 1e-10;
/** 1 Da = 1822.8884862 electron masses. */
export const ELECTRON_MASSES_PER_DALTON = 1 / 5.485799090441e-4;
/** 1 Hartree/bohr³ = 2.9421015697e13 Pa. */
export const PASCAL_PER_ATOMIC_UNIT = 2.9421015697e13;
/** 1 atomic unit of electric dipole moment (e·a0) = 2.541746473 D. */
export const DEBYE_PER_ATOMIC_UNIT = 2.541746473;

export const hartree = (value: number): Hartree => value as Hartree;
export const bohr = (value: number): Bohr => value as Bohr;
export const angstrom = (value: number): Angstrom => value as Angstrom;

export const toElectronVolt = (energy: number): ElectronVolt =>
  (energy * ELECTRON_VOLT_PER_HARTREE) as ElectronVolt;
export const fromElectronVolt = (energy: number): Hartree => (energy / ELECTRON_VOLT_PER_HARTREE) as Hartree;
export const toKcalPerMol = (energy: number): KcalPerMol => (energy * KCAL_PER_MOL_PER_HARTREE) as KcalPerMol;
export const fromKcalPerMol = (energy: number): Hartree => (energy / KCAL_PER_MOL_PER_HARTREE) as Hartree;
export const toKjPerMol = (energy: number): KjPerMol => (energy * KJ_PER_MOL_PER_HARTREE) as KjPerMol;
export const fromKjPerMol = (energy: number): Hartree => (energy / KJ_PER_MOL_PER_HARTREE) as Hartree;
export const toBohr = (length: number): Bohr => (length / ANGSTROM_PER_BOHR) as Bohr;
export const toAngstrom = (length: number): Angstrom => (length * ANGSTROM_PER_BOHR) as Angstrom;
