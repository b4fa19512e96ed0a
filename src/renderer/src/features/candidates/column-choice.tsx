/** Which columns the table of candidates shows. */
import { Button, Checkbox, Dialog, DialogBody, DialogFooter } from "@blueprintjs/core";
import type { Campaign } from "#shared/campaign/campaign.ts";
import { frontOf, type RankingCertainty } from "#shared/campaign/certainty.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { COLUMN_GROUPS, type OfferedColumn, offeredColumns } from "./columns.tsx";

interface CampaignColumnsProps extends Omit<ColumnChoiceProps, "offered"> {
  campaign: Campaign;
  certainty: RankingCertainty;
}

/** Those of a campaign's table. */
export function CampaignColumns({ campaign, certainty, ...choice }: CampaignColumnsProps) {
  const { evaluation, generation } = campaign.settings;
  const [unit] = useEnergyUnit();
  const data = generation.source === "library" ? generation.columns : null;
  const of = { data, fronts: frontOf(certainty), choice: unit };
  return <ColumnChoice offered={offeredColumns(declarationOf(evaluation), of)} {...choice} />;
}

interface ColumnChoiceProps {
  offered: readonly OfferedColumn[];
  /** Ids; null: the usual ones. */
  shown: readonly string[] | null;
  onShown(shown: readonly string[] | null): void;
  onClose(): void;
}

function ColumnChoice({ offered, shown, onShown, onClose }: ColumnChoiceProps) {
  const usual = offered.filter(({ isUsual }) => isUsual).map(({ id }) => id);
  const now = new Set(shown ?? usual);
  const toggle = (id: string) => {
    if (!now.delete(id)) now.add(id);
    const next = offered.map((column) => column.id).filter((one) => now.has(one));
    onShown(next.join() === usual.join() ? null : next);
  };
  const groups = COLUMN_GROUPS.map((group) => ({
    group,
    columns: offered.filter((column) => column.group === group),
  }));
  return (
    <Dialog isOpen onClose={onClose} title="Columns of the table" className="column-dialog">
      <DialogBody>
        <p className="muted">
          The rank and what it is by are always shown. The choice is kept in the address, as the filter is.
        </p>
        <div className="column-groups">
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
            <Button text="The usual ones" disabled={shown === null} onClick={() => onShown(null)} />
            <Button intent="primary" text="Done" onClick={onClose} />
          </>
        }
      />
    </Dialog>
  );
}
