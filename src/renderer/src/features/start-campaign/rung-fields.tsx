/** Cheaper levels that all molecules pass first, each with how many of the best go up. */
import { Button } from "@blueprintjs/core";
import { Plus, Trash } from "@blueprintjs/icons";
import type { RungSettings } from "#shared/campaign/campaign.ts";
import { levelOf } from "#shared/campaign/rungs.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { declaredSettings } from "#shared/properties/settings.ts";
import { NumberField, SelectField } from "../../components/fields.tsx";
import { basisName } from "../../text/summary.ts";
import type { Draft } from "./form.ts";
import type { SectionProps } from "./section.tsx";

interface RungFieldsProps extends SectionProps {
  bases: readonly string[];
}

/** Half of those that come up, with the cheapest basis set. */
function newRung({ rungs, evaluation }: Draft): RungSettings {
  const from = rungs.at(-1)?.keep ?? evaluation.maxEvaluations;
  return { keep: Math.max(1, Math.ceil(from / 2)), basis: "sto-3g" };
}

export function RungFields({ draft, onDraft, problems, bases }: RungFieldsProps) {
  const { rungs } = draft;
  const set = (changed: readonly RungSettings[]) => onDraft({ ...draft, rungs: [...changed] });
  return (
    <fieldset className="rungs">
      <legend>Cheaper levels first</legend>
      {rungs.map((rung, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rung is its place in the list; with another list all fields begin anew
        <div key={`${k + 1} of ${rungs.length}`} className="form-fields">
          <OneRung
            draft={draft}
            problems={problems}
            bases={bases}
            rung={rung}
            k={k}
            onRung={(changed) => set(rungs.with(k, changed))}
            onRemove={() => set(rungs.toSpliced(k, 1))}
          />
        </div>
      ))}
      {rungs.length < 5 && (
        <Button
          variant="minimal"
          icon={<Plus />}
          text="Add a cheaper level"
          onClick={() => set([...rungs, newRung(draft)])}
        />
      )}
    </fieldset>
  );
}

interface OneRungProps extends Pick<RungFieldsProps, "draft" | "problems" | "bases"> {
  rung: RungSettings;
  k: number;
  onRung(rung: RungSettings): void;
  onRemove(): void;
}

interface ChoiceFieldProps extends Omit<OneRungProps, "bases" | "onRemove"> {
  name: "method" | "solvent";
  label: string;
}

/** Where its property has such a choice. */
function ChoiceField({ draft, problems, rung, k, onRung, name, label }: ChoiceFieldProps) {
  const level = levelOf(draft, k);
  const choice = declaredSettings(declarationOf(level)).find((setting) => setting.name === name);
  if (!choice) return null;
  return (
    <SelectField
      path={`rungs.propertySettings.${name}`}
      label={label}
      problems={problems}
      options={choice.options.map((value) => ({ value, label: value }))}
      value={String(level.propertySettings?.[name] ?? choice.usual)}
      onValue={(value) => onRung({ ...rung, propertySettings: { ...rung.propertySettings, [name]: value } })}
    />
  );
}

const GEOMETRIES = [
  { value: "relaxed", label: "relaxed as above" },
  { value: "as-made", label: "as made or given" },
] as const;

/** At which geometries, where the campaign's own level takes more than one, or relaxes it. */
function ShapeFields({ draft, problems, rung, k, onRung }: Omit<OneRungProps, "bases" | "onRemove">) {
  const { conformers, relaxed } = draft.evaluation;
  const level = levelOf(draft, k);
  return (
    <>
      {((conformers ?? 1) > 1 || rung.conformers !== undefined) && (
        <NumberField
          path="rungs.conformers"
          label="Conformers"
          problems={problems}
          value={level.conformers ?? 1}
          onValue={(count) => onRung({ ...rung, conformers: count })}
        />
      )}
      {(relaxed !== undefined || rung.relaxed !== undefined) && (
        <SelectField
          path="rungs.relaxed"
          label="Geometry"
          problems={problems}
          options={GEOMETRIES}
          value={level.relaxed ? "relaxed" : "as-made"}
          onValue={(choice) =>
            onRung({ ...rung, relaxed: choice === "relaxed" ? ("hartree-fock" as const) : null })
          }
        />
      )}
    </>
  );
}

function OneRung({ draft, problems, bases, rung, k, onRung, onRemove }: OneRungProps) {
  const level = levelOf(draft, k);
  return (
    <>
      <SelectField
        path="rungs.basis"
        label={`Level ${k + 1}: basis set`}
        problems={problems}
        options={bases.map((basis) => ({ value: basis, label: basisName(basis) }))}
        value={level.basis}
        onValue={(basis) => onRung({ ...rung, basis })}
      />
      <ChoiceField {...{ draft, problems, rung, k, onRung }} name="method" label="By" />
      <ChoiceField {...{ draft, problems, rung, k, onRung }} name="solvent" label="In" />
      <ShapeFields draft={draft} problems={problems} rung={rung} k={k} onRung={onRung} />
      <NumberField
        path="rungs.keep"
        label="The best that go up"
        problems={problems}
        value={rung.keep}
        onValue={(keep) => onRung({ ...rung, keep })}
      />
      <Button
        variant="minimal"
        icon={<Trash />}
        aria-label={`Remove level ${k + 1}`}
        title="Remove"
        onClick={onRemove}
      />
    </>
  );
}
