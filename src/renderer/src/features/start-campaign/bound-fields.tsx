import { useState } from "react";
import type { FilterSettings } from "#shared/campaign/campaign.ts";
import {
  type DESCRIPTOR_BOUNDS,
  DESCRIPTORS,
  OPTIONAL_BOUNDS,
  titleWithUnit,
  USUAL_BOUNDS,
} from "#shared/molecule/descriptor-lists.ts";
import { type FieldProps, NumberField, OptionalNumberField } from "../../components/fields.tsx";

interface BoundFieldsProps extends Pick<FieldProps, "problems"> {
  filter: FilterSettings;
  set(change: Partial<FilterSettings>): void;
}

/** What the field of a descriptor's bound is called and says. */
const fieldOf = ({ id, side, setting, bounds }: (typeof DESCRIPTOR_BOUNDS)[number]) => ({
  path: `filter.${setting}`,
  label: `${titleWithUnit(DESCRIPTORS[id])}, at ${side === "min" ? "least" : "most"}`,
  help: DESCRIPTORS[id].meaning,
  step: bounds.step ?? 1,
});

/** A field for each bound of a descriptor that always holds. */
export const UsualBoundFields = ({ filter, set, problems }: BoundFieldsProps) =>
  USUAL_BOUNDS.map((bound) => (
    <NumberField
      key={bound.setting}
      {...fieldOf(bound)}
      problems={problems}
      value={filter[bound.setting]}
      onValue={(value) => set({ [bound.setting]: value })}
    />
  ));

const OPTIONAL_TITLES = [...new Set(OPTIONAL_BOUNDS.map(({ id }) => DESCRIPTORS[id].title))];

/** A field for each bound of a descriptor that may be asked for, out of sight until one is. */
export function OptionalBoundFields({ filter, set, problems }: BoundFieldsProps) {
  const [isOpen, setOpen] = useState(OPTIONAL_BOUNDS.some(({ setting }) => filter[setting] !== null));
  const hasProblem = OPTIONAL_BOUNDS.some((bound) => problems.has(fieldOf(bound).path));
  return (
    <details
      className="form-advanced"
      open={isOpen || hasProblem}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>Advanced: {OPTIONAL_TITLES.join(", ")}</summary>
      <div className="form-fields">
        {OPTIONAL_BOUNDS.map((bound) => (
          <OptionalNumberField
            key={bound.setting}
            {...fieldOf(bound)}
            problems={problems}
            value={filter[bound.setting]}
            onValue={(value) => set({ [bound.setting]: value })}
          />
        ))}
      </div>
    </details>
  );
}
