import { Button, Callout, InputGroup, Slider } from "@blueprintjs/core";
import { Camera } from "@blueprintjs/icons";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { formatXyz } from "#shared/molecule/xyz.ts";
import type { CalculationId } from "#shared/quantum/calculation.ts";
import type { ShownOrbitals } from "#shared/quantum/orbitals.ts";
import { measured, readAtoms } from "../../components/molecule-3d/measure.ts";
import { Molecule3d } from "../../components/molecule-3d/molecule-3d.tsx";
import type { Viewer } from "../../components/molecule-3d/viewer.ts";
import { saveFile } from "../../components/save-file.ts";
import { PHASE_COLOURS, usePhaseColours } from "../../hooks/phase-colours.ts";
import { useDark } from "../../hooks/use-dark.ts";
import { api, troubleOf } from "../../rpc/client.ts";
import { integer, NONE, typeset } from "../../text/format.ts";
import { useDifferences } from "./energy-rows.tsx";
import { firstChoice, type OrbitalChoice, orbitalChoices, usualIsovalue } from "./orbital-list.ts";
import { PotentialLegend, usePotential } from "./potential-view.tsx";

interface OrbitalPanelProps {
  id: CalculationId;
  name: string;
  geometry: Geometry;
  orbitals: readonly ShownOrbitals[] | null;
  /** Places of the active ones. */
  active: readonly number[];
}

/** Twice as high and wide as 4K at this size of the view. */
const PRINT_SCALE = 4;
/** Halves and doubles of the usual value. */
const ISOVALUE_STEPS = 3;

function Choice({ choice, isChosen }: { choice: OrbitalChoice; isChosen: boolean }) {
  const { textOf } = useDifferences();
  const { key, name, occupation, energy_hartree, isActive } = choice;
  return (
    <div
      id={`orbital-${key}`}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      data-key={key}
      className={`orbital-row ${isActive ? "orbital-active" : ""}`}
    >
      <span>
        {name}
        {isActive && <small> active</small>}
      </span>
      <span className="number">{occupation === null ? "" : typeset(occupation, 3)}</span>
      <span className="number">
        {energy_hartree === null ? (occupation === null ? "" : NONE) : textOf(energy_hartree)}
      </span>
    </div>
  );
}

/** A list to walk by arrow keys, one of it drawn. */
function OrbitalList(props: {
  choices: readonly OrbitalChoice[];
  chosen: OrbitalChoice;
  onChoose(choice: OrbitalChoice): void;
}) {
  const { choices, chosen, onChoose } = props;
  const { unit } = useDifferences();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>(`#orbital-${chosen.key}`);
    if (!list.current || !row) return;
    const { scrollTop, clientHeight } = list.current;
    const isInView =
      row.offsetTop >= scrollTop && row.offsetTop + row.offsetHeight <= scrollTop + clientHeight;
    if (!isInView) list.current.scrollTop = row.offsetTop - clientHeight / 2;
  }, [chosen]);
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -choices.length, End: choices.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = choices.indexOf(chosen) + step;
    const next = choices[Math.max(0, Math.min(choices.length - 1, at))];
    if (next) onChoose(next);
  };
  return (
    <div className="orbital-list">
      <div className="orbital-row orbital-head muted" aria-hidden="true">
        <span>Orbital</span>
        <span className="number">electrons</span>
        <span className="number">ε / {unit}</span>
      </div>
      <div
        ref={list}
        className="orbital-options"
        role="listbox"
        aria-label={`Orbitals: electrons, energy in ${unit}`}
        aria-activedescendant={`orbital-${chosen.key}`}
        tabIndex={0}
        onKeyDown={walk}
        onClick={({ target }) => {
          const key = (target as Element).closest<HTMLElement>("[data-key]")?.dataset.key;
          const next = choices.find((choice) => choice.key === key);
          if (next) onChoose(next);
        }}
      >
        {choices.map((choice) => (
          <Choice key={choice.key} choice={choice} isChosen={choice === chosen} />
        ))}
      </div>
    </div>
  );
}

/** The surface of what is chosen, in the viewer. */
function useSurface(
  viewer: Viewer | undefined,
  id: CalculationId,
  choice: OrbitalChoice | undefined,
  isovalue: number,
) {
  const [colours] = usePhaseColours();
  const dark = useDark();
  const isPotential = choice?.field === "potential";
  const field = choice === undefined || choice.field === "potential" ? "density" : choice.field;
  const query = useQuery({
    ...api.calculations.surface.queryOptions({
      input: { id, field, isovalue },
      placeholderData: keepPreviousData,
    }),
    enabled: choice !== undefined && !isPotential,
    gcTime: 60_000,
  });
  const { isError } = query;
  // What was drawn before stays where it is until the next is there, but for a potential.
  const data = isPotential ? undefined : query.data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ground's colour is read anew when the theme changes.
  useEffect(() => {
    // What stands there is of another choice.
    if (isError) viewer?.drawSurfaces([]);
    if (!viewer || !data) return;
    const { positive, negative } = PHASE_COLOURS[colours];
    viewer.drawSurfaces([
      { mesh: data.positive, colour: positive },
      { mesh: data.negative, colour: negative },
    ]);
  }, [viewer, data, isError, colours, dark]);
  return query;
}

/** What up to four atoms are to one another: clicked or written. */
function Measuring({ viewer, geometry }: { viewer: Viewer | undefined; geometry: Geometry }) {
  const [text, setText] = useState("");
  const atoms = readAtoms(text, geometry.symbols.length);
  useEffect(() => {
    viewer?.onAtom((atom) =>
      setText((before) => {
        const chosen = readAtoms(before, geometry.symbols.length) ?? [];
        if (chosen.includes(atom))
          return chosen
            .filter((one) => one !== atom)
            .map((one) => one + 1)
            .join(" ");
        return [...(chosen.length === 4 ? [] : chosen), atom].map((one) => one + 1).join(" ");
      }),
    );
  }, [viewer, geometry]);
  const marked = atoms?.join() ?? "";
  useEffect(() => {
    viewer?.mark(marked === "" ? [] : marked.split(",").map(Number));
  }, [viewer, marked]);
  return (
    <div className="measuring">
      <InputGroup
        size="small"
        aria-label="Atoms to measure, two to four numbers"
        placeholder="click atoms, or 1 2"
        value={text}
        onValueChange={setText}
      />
      <output className="muted" aria-live="polite">
        {atoms === undefined
          ? `expected up to four numbers from 1 to ${geometry.symbols.length}`
          : (measured(geometry, atoms) ?? "Two atoms: distance; three: angle; four: dihedral")}
      </output>
    </div>
  );
}

/** A molecule in 3D with its orbitals and densities, distances and angles, and a picture for print. */
export function OrbitalPanel({ id, name, geometry, orbitals, active }: OrbitalPanelProps) {
  const [viewer, setViewer] = useState<Viewer>();
  const choices = useMemo(() => (orbitals ? orbitalChoices(orbitals, active) : []), [orbitals, active]);
  const [chosenKey, setChosen] = useState<string>();
  const chosen = choices.find(({ key }) => key === chosenKey) ?? firstChoice(choices);
  const [step, setStep] = useState(0);
  const isovalue = chosen ? usualIsovalue(chosen.field) * 2 ** (step / 2) : 1;
  const isPotential = chosen?.field === "potential";
  const drawn = useSurface(viewer, id, chosen, isovalue);
  const potential = usePotential(viewer, isPotential ? { id, isovalue } : undefined);
  const surface = isPotential ? potential : drawn;
  const unit =
    typeof chosen?.field === "object" ? (
      <>
        bohr<sup>−3/2</sup>
      </>
    ) : (
      "e/bohr³"
    );
  const xyz = useMemo(() => ({ format: "xyz", text: formatXyz(geometry) }) as const, [geometry]);
  const save = () => {
    if (!viewer) return;
    const stem = [name, chosen?.name]
      .filter(Boolean)
      .join(" ")
      .replace(/[^\w.-]+/g, "-");
    saveFile(new File([viewer.picture(PRINT_SCALE)], `${stem}.png`, { type: "image/png" }));
  };
  return (
    <section className="orbital-panel" aria-label="Orbitals">
      <div className="orbital-view">
        <Molecule3d
          structure={xyz}
          label={`3D structure of ${name}${chosen ? ` with ${chosen.name}` : ""}`}
          onViewer={setViewer}
        />
        <div className="orbital-tools">
          <Measuring viewer={viewer} geometry={geometry} />
          <Button
            size="small"
            icon={<Camera />}
            text="Picture"
            title="PNG for print"
            // Until then it shows what was chosen before.
            disabled={chosen !== undefined && (surface.isPlaceholderData || !surface.data)}
            onClick={save}
          />
        </div>
      </div>
      {chosen && (
        <div className="orbital-side">
          <OrbitalList choices={choices} chosen={chosen} onChoose={({ key }) => setChosen(key)} />
          <div className="isovalue">
            <span id="isovalue-label">
              Surface at {isovalue.toPrecision(2)} {unit}
            </span>
            <Slider
              min={-2 * ISOVALUE_STEPS}
              max={2 * ISOVALUE_STEPS}
              labelRenderer={false}
              value={step}
              onChange={setStep}
              handleHtmlProps={{ "aria-labelledby": "isovalue-label" }}
            />
          </div>
          {isPotential && potential.data && <PotentialLegend surface={potential.data} />}
          {surface.error ? (
            <Callout compact intent="danger">
              {troubleOf(surface.error).message}
            </Callout>
          ) : (
            <p className="caption muted" aria-live="polite">
              {surface.isFetching
                ? "Drawing…"
                : isPotential
                  ? "At this electron density, where a molecule ends as others meet it."
                  : `${integer(drawn.data?.points)} points, ${typeset(drawn.data?.spacing_angstrom, 2)} Å apart`}
            </p>
          )}
        </div>
      )}
    </section>
  );
}
