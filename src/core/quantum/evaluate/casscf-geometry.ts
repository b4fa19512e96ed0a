/** Geometries where the CASSCF energy of one state is stationary. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { Optimisation } from "#shared/quantum/energy-result.ts";
import type { WayPoint } from "#shared/quantum/way.ts";
import { densityMatrices } from "../ci/density-matrices.ts";
import { lowestField } from "../field/search.ts";
import { openSystem, type QuantumSystem, type SystemOptions } from "../field/system.ts";
import { constrainedStart } from "../geometry/constraints.ts";
import { type Surface, type SurfacePoint, wayDown } from "../geometry/optimise.ts";
import { carriedSpace } from "../multireference/carried-space.ts";
import { type CasscfProblem, type CasscfStart, type CasscfStarts, casscf } from "../multireference/casscf.ts";
import { casscfGradient } from "../multireference/gradient.ts";
import { casscfStarts, turnedStarts } from "../multireference/starts.ts";
import { chooseActiveSpace } from "../space/active-space.ts";
import type { MoleculeOrbitals } from "../space/ordered-orbitals.ts";
import { casscfProblem } from "./beyond-field.ts";
import { checkSpaces } from "./check-spaces.ts";
import type { CorrelatedOptions } from "./correlated.ts";
import type { FieldOptions } from "./field.ts";
import { withWallTime } from "./wall-time.ts";

const ON_THE_WAY = "orbitals of the optimisation";

interface Point extends SurfacePoint {
  readonly orbitals: MoleculeOrbitals;
}

/** The lowest that the starts lead to; undefined where it did not converge. */
function pointOf(
  system: QuantumSystem,
  starts: CasscfStarts,
  { problem, isSettled }: { problem: CasscfProblem; isSettled: boolean },
): Point | undefined {
  const { orbitals, solutions, optimisation } = casscf(system, starts, problem);
  // Of one state: checked before any work.
  const [{ nelec, solution }] = solutions as [(typeof solutions)[number]];
  if (optimisation.outcome !== "converged" || solution.outcome !== "converged") return undefined;
  const { energy_hartree, coefficients } = solution.states[0]!; // of one state
  const { alpha, beta, two } = densityMatrices({ norb: orbitals.norb, nelec, coefficients }, problem.context);
  const one = alpha.map((x, k) => x + beta[k]!);
  return {
    energy_hartree,
    gradient: casscfGradient(system, orbitals, { one, two }),
    isSettled,
    orbitals,
  };
}

/** From orbitals of near by; at the ends of the way also from turns of them. */
function surfaceOf(molecule: SystemOptions, problem: CasscfProblem): Surface<Point> {
  const at = (geometry: Geometry, near: Point, isSettled: boolean): Point | undefined => {
    using system = openSystem({ ...molecule, geometry });
    const orbitals = carriedSpace(system, near.orbitals);
    const others = isSettled ? turnedStarts(system, orbitals, problem) : [];
    return pointOf(
      system,
      { starts: [{ name: ON_THE_WAY, orbitals }, ...others], skipped: [] },
      { problem, isSettled },
    );
  };
  return {
    settled: (geometry, way) => at(geometry, way, true),
    followed: (geometry, near) => at(geometry, near, false),
  };
}

/**
 * Moves the atoms to a stationary point of the CASSCF energy of one state, whose active space is chosen at the geometry that is given and
 * followed from there.
 *
 * Throws as casscf, and DomainError `not-supported` where basis functions are left out. Cost: a CASSCF from five starts or more at the first end and four at the last, and one
 * from one start, with its gradient, a step.
 *
 * @returns with it the orbitals of its end; undefined where nothing converged
 */
export async function casscfOptimised(
  given: SystemOptions,
  {
    field,
    request,
    resources,
    asked,
    onStep,
  }: {
    field: FieldOptions;
    request: EnergyRequest;
    resources: string;
    asked: CorrelatedOptions;
    onStep?: ((point: WayPoint) => void) | undefined;
  },
): Promise<{ optimisation: Optimisation; start: CasscfStart | undefined }> {
  const { frozen, constraints: held = [] } = request.optimise ?? { frozen: [] };
  const { geometry: from, constraints } = constrainedStart(given.geometry, held);
  const molecule = { ...given, geometry: from };
  const { value, wallTime_ms } = await withWallTime(async () => {
    using system = openSystem(molecule);
    checkSpaces(system, request);
    const { scf } = lowestField(system, field);
    const isConverged = scf.outcome === "converged";
    const chosen =
      isConverged && (await chooseActiveSpace(system, scf, { request: request.activeSpace, resources }));
    const problem = casscfProblem(request, { electrons: chosen ? chosen.space.nelec : 0, asked });
    const first = chosen
      ? pointOf(
          system,
          casscfStarts(system, { scf, chosen, isDear: request.solver === "vqe" }, asked.context),
          { problem, isSettled: true },
        )
      : undefined;
    return wayDown(surfaceOf(molecule, problem), first, {
      ...{ from: molecule.geometry, constraints, frozen, onStep },
      isHeld: molecule.pointCharges !== undefined,
    });
  });
  const { outcome, geometry, steps, gradientNorm, trace_hartree, coordinates, point } = value;
  return {
    optimisation: {
      ...{ outcome, geometry, steps, wallTime_ms },
      gradient_hartree_per_bohr: Number.isFinite(gradientNorm) ? gradientNorm : null,
      trace_hartree: [...trace_hartree],
      coordinates,
    },
    start: point && { name: ON_THE_WAY, orbitals: point.orbitals },
  };
}
