/** What a person says of a library: which columns mean what, and what of its rows is computed. */
import { Checkbox } from "@blueprintjs/core";
import type { ComponentChoice } from "#shared/campaign/campaign.ts";
import { type LibraryReading, type LibrarySummary, MOST_ROW_FORMS } from "#shared/campaign/library.ts";
import { MEASURED_UNITS } from "#shared/campaign/measured.ts";
import type { LibrarySource } from "#shared/campaign/sources/library.ts";
import { Field, OptionalNumberField, SelectField } from "../../components/fields.tsx";
import type { SectionProps } from "./section.tsx";

const COMPONENTS: readonly { value: Extract<ComponentChoice, string>; label: string }[] = [
  { value: "largest-organic", label: "Largest organic" },
  { value: "cation", label: "Largest cation" },
  { value: "anion", label: "Largest anion" },
  { value: "as-given", label: "None: left out" },
];

interface LibraryChoicesProps extends SectionProps {
  generation: LibrarySource;
  reading: LibraryReading;
  /** Absent where the rows are known from an earlier campaign. */
  summary: LibrarySummary | undefined;
  /** How many libraries were taken: a number that was typed for one is not for the next. */
  timesTaken: number;
  onReading(reading: LibraryReading): void;
}

/** The columns of the tables, found or chosen; nothing for files without columns. */
function ColumnFields({
  reading,
  summary,
  onReading,
  problems,
}: Omit<LibraryChoicesProps, "summary"> & { summary: LibrarySummary }) {
  const { files, columns } = summary;
  const table = files.find(({ smilesColumn }) => smilesColumn !== null);
  if (!table) return null;
  const heads = [...new Set([table.smilesColumn, table.nameColumn, ...columns])].filter(
    (head) => head !== null,
  );
  const options = (first: string) => [
    { value: "", label: first },
    ...heads.map((head) => ({ value: head, label: head })),
  ];
  const choose = (which: "smilesColumn" | "nameColumn") => (head: string) => {
    const { [which]: _, ...others } = reading;
    onReading(head === "" ? others : { ...others, [which]: head });
  };
  return (
    <>
      <SelectField
        path="generation.smilesColumn"
        label="SMILES column"
        problems={problems}
        options={options(`Found: ${table.smilesColumn}`)}
        value={reading.smilesColumn ?? ""}
        onValue={choose("smilesColumn")}
      />
      <SelectField
        path="generation.nameColumn"
        label="Name column"
        problems={problems}
        options={options(`Found: ${table.nameColumn ?? "none"}`)}
        value={reading.nameColumn ?? ""}
        onValue={choose("nameColumn")}
      />
    </>
  );
}

/** A column of measured values and their unit. */
function MeasuredFields({ draft, onDraft, generation, problems }: LibraryChoicesProps) {
  const { columns, measured: [first] = [] } = generation;
  if (columns.length === 0 && !first) return null;
  // A plan may name one that is not there: it is shown, so that it can be taken back.
  const heads = first && !columns.includes(first.column) ? [first.column, ...columns] : columns;
  const put = (column: string, unit: string) => {
    const { measured: _, ...rest } = generation;
    const measured = [{ column, ...(unit !== "" && { unit }) }];
    onDraft({ ...draft, generation: column === "" ? rest : { ...rest, measured } });
  };
  return (
    <>
      <SelectField
        path="generation.measured"
        label="Measured values"
        help="Compared with what is computed"
        problems={problems}
        options={[{ value: "", label: "None" }, ...heads.map((head) => ({ value: head, label: head }))]}
        value={first?.column ?? ""}
        onValue={(column) => put(column, first?.unit ?? "")}
      />
      {first && (
        <SelectField
          path="generation.measured.unit"
          label="Their unit"
          problems={problems}
          options={[
            { value: "", label: "The property's" },
            ...MEASURED_UNITS.map((unit) => ({ value: unit, label: unit })),
          ]}
          value={first.unit ?? ""}
          onValue={(unit) => put(first.column, unit)}
        />
      )}
    </>
  );
}

/** How many forms of each row are computed. */
function TautomersField({
  reading,
  problems,
  onReading,
}: Pick<LibraryChoicesProps, "reading" | "problems" | "onReading">) {
  return (
    <OptionalNumberField
      path="generation.reading.tautomers"
      label="Tautomers"
      help={`Forms of each molecule at most, 2 to ${MOST_ROW_FORMS}, the likeliest as rows of their own; empty: as given alone`}
      problems={problems}
      value={reading.tautomers ?? null}
      onValue={(forms) => {
        const { tautomers: _, ...others } = reading;
        onReading(forms === null ? others : { ...others, tautomers: forms });
      }}
    />
  );
}

/** Whether geometries of the file are taken as they are. */
function GeometriesField({
  reading,
  problems,
  onReading,
}: Pick<LibraryChoicesProps, "reading" | "problems" | "onReading">) {
  return (
    <Field path="generation.coordinates" label="Geometries" problems={problems}>
      {({ id }) => (
        <Checkbox
          id={id}
          label="As in the file"
          checked={reading.coordinates !== undefined}
          onChange={() => {
            const { coordinates, ...others } = reading;
            onReading(coordinates === undefined ? { ...others, coordinates: "as-given" } : others);
          }}
        />
      )}
    </Field>
  );
}

export function LibraryChoices(props: LibraryChoicesProps) {
  const { draft, onDraft, problems, reading, summary, timesTaken, onReading } = props;
  const { component } = draft.filter;
  const hasCoordinates = summary?.files.some(({ format }) => format === "sdf" || format === "xyz");
  const choice = { reading, problems, onReading };
  return (
    <>
      {summary && <ColumnFields {...props} summary={summary} />}
      <MeasuredFields {...props} />
      <SelectField
        path="filter.component"
        label="Of salts and mixtures"
        help="Which component is computed"
        problems={problems}
        options={COMPONENTS}
        value={typeof component === "string" ? component : "as-given"}
        onValue={(chosen) => onDraft({ ...draft, filter: { ...draft.filter, component: chosen } })}
      />
      {summary && <TautomersField key={timesTaken} {...choice} />}
      {hasCoordinates && <GeometriesField {...choice} />}
    </>
  );
}
