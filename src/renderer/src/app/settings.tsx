/** What a person chooses once for this installation: colours, units, what a verdict leads to. */
import { Button, Dialog, DialogBody, FormGroup, SegmentedControl, Switch } from "@blueprintjs/core";
import { Cog } from "@blueprintjs/icons";
import { DialogBoundary } from "../components/fault-boundary.tsx";
import { PHASE_COLOURS, type PhaseColours, usePhaseColours } from "../hooks/phase-colours.ts";
import { useAdvance } from "../hooks/use-advance.ts";
import { useAskedFor } from "../hooks/use-asked-for.ts";
import { THEMES, type Theme, useTheme } from "../hooks/use-dark.ts";
import { useEnergyUnit } from "../hooks/use-energy-unit.ts";
import { energyUnitOf, READABLE_UNITS } from "../text/energy-unit.ts";

const OPEN = "ansatz:settings";

/** Shows the settings, from a key or a menu. */
export const openSettings = (): boolean => window.dispatchEvent(new Event(OPEN));

const THEME_TITLES: Readonly<Record<Theme, string>> = {
  system: "As the system",
  light: "Light",
  dark: "Dark",
};

const PHASES = Object.keys(PHASE_COLOURS) as PhaseColours[];

function SettingsDialog({ onClose }: { onClose(): void }) {
  const [theme, setTheme] = useTheme();
  const [unit, setUnit] = useEnergyUnit();
  const [phases, setPhases] = usePhaseColours();
  const [advances, setAdvances] = useAdvance();
  return (
    <Dialog isOpen onClose={onClose} title="Settings" className="narrow-dialog settings-dialog">
      <DialogBody>
        <FormGroup label="Colours">
          <SegmentedControl
            aria-label="Colours"
            size="small"
            options={THEMES.map((value) => ({ value, label: THEME_TITLES[value] }))}
            value={theme}
            onValueChange={(value) => setTheme(value as Theme)}
          />
        </FormGroup>
        <FormGroup
          label="Energies"
          helperText="Of properties, error bars, differences and charts. Total energies stay in Eh; forms, searches and exported files keep the units that they name."
        >
          <SegmentedControl
            aria-label="Energies"
            size="small"
            options={["usual", ...READABLE_UNITS].map((value) => ({
              value,
              label: value === "usual" ? "Usual" : value,
            }))}
            value={unit}
            onValueChange={(value) => setUnit(energyUnitOf(value))}
          />
        </FormGroup>
        <FormGroup
          label="Orbitals"
          helperText="Where ψ is positive, and where negative. Each pair is told apart without red from green."
        >
          <SegmentedControl
            aria-label="Orbitals"
            size="small"
            options={PHASES.map((value) => ({ value, label: PHASE_COLOURS[value].title }))}
            value={phases}
            onValueChange={(value) => setPhases(value as PhaseColours)}
          />
        </FormGroup>
        <FormGroup label="Review">
          <Switch
            label="Go on to the next candidate after a verdict"
            checked={advances}
            onChange={({ currentTarget }) => setAdvances(currentTarget.checked)}
          />
        </FormGroup>
      </DialogBody>
    </Dialog>
  );
}

export function SettingsButton() {
  const [open, setOpen] = useAskedFor(OPEN);
  const close = () => setOpen(false);
  return (
    <>
      <Button
        variant="minimal"
        icon={<Cog />}
        aria-label="Settings"
        title="Settings (Ctrl or ⌘ ,)"
        onClick={() => setOpen(true)}
      />
      {open && (
        <DialogBoundary of="Settings" onClose={close}>
          <SettingsDialog onClose={close} />
        </DialogBoundary>
      )}
    </>
  );
}
