import { Button, Callout } from "@blueprintjs/core";
import { Download } from "@blueprintjs/icons";
import { useMemo } from "react";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { formatXyz } from "#shared/molecule/xyz.ts";
import type { CalculationId } from "#shared/quantum/calculation.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import type { ShownOrbitals } from "#shared/quantum/orbitals.ts";
import { Chart } from "../../components/chart.tsx";
import { saveFile } from "../../components/save-file.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { differenceIn } from "../../text/energy-unit.ts";
import { integer, typeset } from "../../text/format.ts";
import { energyLine } from "./energy-line.ts";
import { EnergyRows, useDifferences } from "./energy-rows.tsx";
import { namesFrom } from "./file-names.ts";
import { OrbitalPanel } from "./orbital-panel.tsx";
import { energyRows, resultWarnings } from "./result-rows.ts";
import { VibrationPanel } from "./vibration-panel.tsx";

interface MoleculeResultProps {
  id: CalculationId;
  name: string;
  request: EnergyRequest;
  result: EnergyResult;
  orbitals: readonly ShownOrbitals[] | null;
}

/** What is saved is named by the molecule's file, where it has one. */
const stemOf = (name: string): string => (/\.xyz$/i.test(name) ? name.replace(/\.xyz$/i, "") : "molecule");

/** The geometry, and files for other programs that were asked for. */
function Files({ name, request, result }: Pick<MoleculeResultProps, "name" | "request" | "result">) {
  const stem = stemOf(name);
  const names = namesFrom(stem, request.inputFile);
  const { optimisation, charge, multiplicity } = result;
  const geometry = optimisation?.geometry ?? request.geometry;
  const files: readonly [title: string, fileName: string, text: string | null | undefined][] = [
    [
      optimisation ? "Optimised geometry" : "Geometry",
      `${stem}${optimisation ? "-optimised" : ""}.xyz`,
      formatXyz(geometry, name, { charge, multiplicity }),
    ],
    ["Molden file", names.molden, result.molden],
    ["FCIDUMP", names.fcidump, result.fcidump],
    ["OpenQASM 3", names.openQasm, result.openQasm],
    ["Input file", names.inputFile, result.inputFile],
  ];
  return (
    <p className="result-files">
      {files.map(
        ([title, fileName, text]) =>
          text && (
            <Button
              key={title}
              size="small"
              variant="minimal"
              icon={<Download />}
              text={title}
              title={fileName}
              onClick={() => saveFile(new File([text], fileName))}
            />
          ),
      )}
    </p>
  );
}

/** How the energy came down while the atoms moved. */
function Trace({ optimisation }: { optimisation: NonNullable<EnergyResult["optimisation"]> }) {
  const { unit } = useDifferences();
  const { trace_hartree: trace, outcome, steps } = optimisation;
  const option = useMemo(
    () => energyLine({ name: "Step", first: 0, energies_hartree: trace, unit }),
    [trace, unit],
  );
  return (
    <section>
      <h3>Geometry</h3>
      <Chart option={option} label={`Energy of each step of the optimisation: ${steps} steps, ${outcome}.`} />
      <p className="caption muted">
        {outcome === "converged" ? "Converged" : "Not converged"} after {integer(steps)} steps, largest
        gradient {optimisation.gradient_hartree_per_bohr?.toExponential(1) ?? "unknown"} Eh/bohr
      </p>
    </section>
  );
}

interface VibrationsProps extends Pick<MoleculeResultProps, "id" | "name"> {
  vibrations: NonNullable<EnergyResult["vibrations"]>;
  geometry: Geometry;
}

function Vibrations({ vibrations, ...molecule }: VibrationsProps) {
  const { textOf, unit } = useDifferences();
  const { frequencies_per_cm, terms, conditions, symmetryNumber } = vibrations;
  if (frequencies_per_cm.length === 0) return null;
  return (
    <section>
      <h3>Vibrations</h3>
      <VibrationPanel waves={frequencies_per_cm} {...molecule} />
      {terms && (
        <p className="caption muted">
          zero point {textOf(terms.zeroPoint_hartree)}, H − E {textOf(terms.enthalpy_hartree)}, G − E{" "}
          {textOf(terms.gibbs_hartree)} {unit}; {conditions.temperature_kelvin} K,{" "}
          {conditions.pressure_pascal / 1e5} bar, symmetry number {symmetryNumber}
        </p>
      )}
    </section>
  );
}

function Facts({ result }: { result: EnergyResult }) {
  const { nBasis, basis, properties, activeSpace, charge, multiplicity, threads } = result;
  const dipole = properties ? Math.hypot(...properties.dipole_debye) : null;
  return (
    <p className="caption muted">
      {basis}, {integer(nBasis)} functions, charge {charge}, multiplicity {multiplicity}
      {dipole !== null && `; dipole moment ${typeset(dipole, 3)} D${charge === 0 ? "" : " about the origin"}`}
      {activeSpace && `; active space (${activeSpace.nelec}e,${activeSpace.norb}o)`}
      {activeSpace?.reason && `: ${activeSpace.reason}`}
      {threads !== null && `; ${integer(threads)} threads`}
    </p>
  );
}

const NONE_ACTIVE: readonly number[] = [];

/** What was found of one molecule. */
export function MoleculeResult({ id, request, result, name, orbitals }: MoleculeResultProps) {
  const { optimisation, vibrations } = result;
  const [choice] = useEnergyUnit();
  const geometry = optimisation?.geometry ?? request.geometry;
  return (
    <>
      {resultWarnings(result).map((warning) => (
        <Callout key={warning} compact intent="warning">
          {warning}
        </Callout>
      ))}
      <EnergyRows rows={energyRows(request, result, differenceIn(choice))} />
      <Facts result={result} />
      <OrbitalPanel
        id={id}
        name={name}
        geometry={geometry}
        orbitals={orbitals}
        active={result.activeSpace?.orbitals ?? NONE_ACTIVE}
      />
      {optimisation && <Trace optimisation={optimisation} />}
      {vibrations && <Vibrations {...{ id, name, vibrations, geometry }} />}
      <Files name={name} request={request} result={result} />
    </>
  );
}
