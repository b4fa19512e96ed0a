/** Which columns the table of candidates shows. */
import { Button, Checkbox, Dialog, DialogBody, DialogFooter } from "@blueprintjs/core";
import { ArrowDown, ArrowUp } from "@blueprintjs/icons";
import type { Campaign } from "#shared/campaign/campaign.ts";
import { frontOf, type RankingCertainty } from "#shared/campaign/certainty.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { withColumnStep, withToggled } from "./column-order.ts";
import { COLUMN_GROUPS, type OfferedColumn, offeredColumns } from "./columns.tsx";

interface CampaignColumnsProps extends Omit<ColumnChoiceProps, "offered" | "isUsual"> {
  /** null: the usual ones. */
  shown: readonly string[] | null;
  campaign: Campaign;
  certainty: RankingCertainty;
}

/** Those of a campaign's table. */
export function CampaignColumns({ campaign, certainty, shown, ...choice }: CampaignColumnsProps) {
  const { evaluation, generation } = campaign.settings;
  const [unit] = useEnergyUnit();
  const data = generation.source === "library" ? generation.columns : null;
  const of = { data, fronts: frontOf(certainty), choice: unit };
  return (
    <ColumnChoice
      isUsual={shown === null}
      offered={offeredColumns(declarationOf(evaluation), of)}
      {...choice}
    />
  );
}

interface ColumnChoiceProps {
  offered: readonly OfferedColumn[];
  /** Ids of the columns that stand in the table now, from left to right. */
  order: readonly string[];
  /** Titles of those, by id. */
  titles: ReadonlyMap<string, string>;
  /** Whether they are the usual ones, in their order. */
  isUsual: boolean;
  /** null: the usual ones. */
  onShown(shown: readonly string[] | null): void;
  onClose(): void;
}

/** The columns from left to right, each with keys that move it. */
function OrderList({ order, titles, onShown }: Pick<ColumnChoiceProps, "order" | "titles" | "onShown">) {
  return (
    <fieldset className="column-order">
      <legend>From left to right</legend>
      <ol>
        {order.map((id, place) => (
          <li key={id}>
            <span>{titles.get(id)}</span>
            {([-1, 1] as const).map((step) => (
              <Button
                key={step}
                size="small"
                variant="minimal"
                icon={step < 0 ? <ArrowUp size={12} /> : <ArrowDown size={12} />}
                aria-label={`${titles.get(id)} to the ${step < 0 ? "left" : "right"}`}
                disabled={place === (step < 0 ? 0 : order.length - 1)}
                onClick={() => onShown(withColumnStep(order, id, step))}
              />
            ))}
          </li>
        ))}
      </ol>
    </fieldset>
  );
}

function ColumnChoice({ offered, order, titles, isUsual, onShown, onClose }: ColumnChoiceProps) {
  const fixed = offered.map(({ id }) => id);
  const now = new Set(order);
  const toggle = (id: string) => onShown(withToggled(fixed, order, id));
  const groups = COLUMN_GROUPS.map((group) => ({
    group,
    columns: offered.filter((column) => column.group === group),
  }));
  return (
    <Dialog isOpen onClose={onClose} title="Columns of the table" className="column-dialog">
      <DialogBody>
        <p className="muted">
          The rank and what it is by are always shown. In the head of the table Alt with ← and → moves a
          column, or a mouse draws it. The choice is kept in the address, and by a name in Views.
        </p>
        <div className="column-groups">
          <OrderList {...{ order, titles, onShown }} />
          {groups.map(
            ({ group, columns }) =>
              columns.length > 0 && (
                <fieldset key={group}>
                  <legend>{group}</legend>
                  {columns.map(({ id, title, meaning }) => (
                    <Checkbox
                      key={id}
                      label={title}
                      title={meaning}
                      checked={now.has(id)}
                      onChange={() => toggle(id)}
                    />
                  ))}
                </fieldset>
              ),
          )}
        </div>
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="The usual ones" disabled={isUsual} onClick={() => onShown(null)} />
            <Button intent="primary" text="Done" onClick={onClose} />
          </>
        }
      />
    </Dialog>
  );
}
