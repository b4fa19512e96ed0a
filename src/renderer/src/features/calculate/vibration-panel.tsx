/** Vibrations as motion: one of the list swings, or shows by arrows where its atoms go. */
import { Button, Callout, Slider } from "@blueprintjs/core";
import { Pause, Play } from "@blueprintjs/icons";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useMemo, useState } from "react";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { formatXyz } from "#shared/molecule/xyz.ts";
import type { CalculationId } from "#shared/quantum/calculation.ts";
import { Molecule3d } from "../../components/molecule-3d/molecule-3d.tsx";
import type { Viewer } from "../../components/molecule-3d/viewer.ts";
import { useKeys } from "../../hooks/use-keys.ts";
import { api, troubleOf } from "../../rpc/client.ts";
import { displacements, waveWords } from "./vibration-list.ts";

/** Of one swing, whatever the frequency, s. */
const PERIOD = 1.2;
const AMPLITUDE = { least: 0.1, usual: 0.4, most: 1 };

/** Times the displacement: as long as that would be they end within their atoms. */
const ARROW_SCALE = 2.5;

const asksForStillness = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The list, walked by arrow keys. */
function VibrationList(props: { waves: readonly number[]; chosen: number; onChoose(index: number): void }) {
  const { waves, chosen, onChoose } = props;
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -waves.length, End: waves.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(waves.length - 1, chosen + step));
    onChoose(next);
    document.getElementById(`vibration-${next}`)?.scrollIntoView({ block: "nearest" });
  };
  return (
    <div
      className="orbital-options vibration-options"
      role="listbox"
      aria-label="Vibrations, lowest first"
      aria-activedescendant={`vibration-${chosen}`}
      tabIndex={0}
      onKeyDown={walk}
      onClick={({ target }) => {
        const index = (target as Element).closest<HTMLElement>("[data-index]")?.dataset.index;
        if (index !== undefined) onChoose(Number(index));
      }}
    >
      {waves.map((wave, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a vibration is known by its number.
          key={index}
          id={`vibration-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          data-index={index}
          className="vibration-row"
        >
          <span className="muted">{index + 1}</span>
          <span className="number">{waveWords(wave)}</span>
        </div>
      ))}
    </div>
  );
}

/** Swings the atoms as long as it plays; at rest arrows say where they go. */
function useSwing(viewer: Viewer | undefined, by: readonly number[] | undefined, isPlaying: boolean): void {
  useEffect(() => {
    if (!viewer || !by) return;
    if (!isPlaying) {
      viewer.drawArrows(by.map((x) => ARROW_SCALE * x));
      return () => viewer.drawArrows([]);
    }
    let frame = 0;
    const begin = performance.now();
    const swing = (now: number) => {
      const phase = Math.sin((2 * Math.PI * (now - begin)) / 1000 / PERIOD);
      viewer.displace(by.map((x) => phase * x));
      frame = requestAnimationFrame(swing);
    };
    frame = requestAnimationFrame(swing);
    return () => {
      cancelAnimationFrame(frame);
      viewer.displace([]);
    };
  }, [viewer, by, isPlaying]);
}

interface VibrationPanelProps {
  id: CalculationId;
  name: string;
  geometry: Geometry;
  /** cm⁻¹, rising; imaginary ones negative. */
  waves: readonly number[];
}

/** A molecule in 3D with its vibrations, of which one is seen. */
export function VibrationPanel({ id, name, geometry, waves }: VibrationPanelProps) {
  const { data: modes, error } = useQuery(api.calculations.modes.queryOptions({ input: { id } }));
  const [viewer, setViewer] = useState<Viewer>();
  const [chosen, setChosen] = useState(0);
  const [amplitude_angstrom, setAmplitude] = useState(AMPLITUDE.usual);
  const [isPlaying, setPlaying] = useState(() => !asksForStillness());
  const by = useMemo(
    () => modes && displacements(modes, { index: chosen, count: waves.length, amplitude_angstrom }),
    [modes, chosen, waves.length, amplitude_angstrom],
  );
  useSwing(viewer, by ?? undefined, isPlaying);
  const toggle = () => setPlaying((now) => !now);
  useKeys(modes ? [{ combo: "m", label: "Play or pause the vibration", run: toggle }] : []);
  const xyz = useMemo(() => ({ format: "xyz", text: formatXyz(geometry) }) as const, [geometry]);
  if (error) return <Callout intent="danger">{troubleOf(error).message}</Callout>;
  if (modes === undefined) return null;
  const text = waveWords(waves[chosen] ?? Number.NaN);
  return (
    <div className="orbital-panel">
      <div className="orbital-view">
        {modes && (
          <Molecule3d
            structure={xyz}
            label={`3D structure of ${name}, vibration ${chosen + 1} of ${waves.length}, ${text}, ${isPlaying ? "moving" : "by arrows"}`}
            onViewer={setViewer}
          />
        )}
        {modes === null && (
          <p className="muted">
            How the atoms move was not kept: it was calculated by an earlier version. Calculate it anew to see
            it.
          </p>
        )}
      </div>
      <div className="orbital-side">
        <VibrationList waves={waves} chosen={chosen} onChoose={setChosen} />
        {modes && (
          <div className="vibration-tools">
            <Button
              size="small"
              icon={isPlaying ? <Pause /> : <Play />}
              text={isPlaying ? "Pause" : "Play"}
              title={`${isPlaying ? "Pause" : "Play"} (m)`}
              onClick={toggle}
            />
            <span id="amplitude-label">Amplitude {amplitude_angstrom.toFixed(1)} Å</span>
            <Slider
              min={AMPLITUDE.least}
              max={AMPLITUDE.most}
              stepSize={0.1}
              labelRenderer={false}
              value={amplitude_angstrom}
              onChange={setAmplitude}
              handleHtmlProps={{ "aria-labelledby": "amplitude-label" }}
            />
            <p className="caption muted">
              The atom that moves most goes that far each way
              {isPlaying ? "" : `; arrows are ${ARROW_SCALE} times as long`}. Every vibration swings once in{" "}
              {PERIOD} s, whatever its frequency; which side it begins with says nothing.
            </p>
          </div>
        )}
      </div>
    </div>
  );
}
