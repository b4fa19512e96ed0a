/** What a composite is made of: the number of each part, and how good it is. */
import type { CompositeDefinition } from "#shared/properties/composite-definition.ts";
import { partNumber } from "#shared/properties/composite-property.ts";
import { desirabilityWords } from "#shared/properties/desirability.ts";
import type { Evaluation } from "#shared/properties/evaluation.ts";
import { headWithUnit } from "#shared/properties/property.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { readAs, readValue } from "../../text/energy-unit.ts";
import { typeset } from "../../text/format.ts";

export function PartsTable({ result, definition }: { result: Evaluation; definition: CompositeDefinition }) {
  const { values } = result;
  const [choice] = useEnergyUnit();
  return (
    <table className="energy-table">
      <thead>
        <tr>
          <th scope="col">Part</th>
          <th scope="col">Number</th>
          <th scope="col">Desirability</th>
          <th scope="col">Weight</th>
        </tr>
      </thead>
      <tbody>
        {definition.parts.map((part, place) => {
          const { key, title, desirability, shown: declared } = partNumber(part, place);
          const shown = readAs(declared, choice);
          const value = values[key] ?? null;
          return (
            <tr key={key}>
              <th scope="row" title={desirabilityWords(part.desirability)}>
                {headWithUnit(title, shown.unit, " / ")}
              </th>
              <td>{readValue(shown, value)}</td>
              <td>{typeset(values[desirability], 3)}</td>
              <td>{part.weight}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{definition.title}</th>
          <td />
          <td className="energy-answer">{typeset(values.ownComposite_dimensionless, 3)}</td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}
