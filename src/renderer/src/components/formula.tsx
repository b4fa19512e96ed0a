import { formulaParts } from "../text/format.ts";

/** A molecular formula with its digits lowered. */
export function Formula({ text }: { text: string }) {
  return (
    <span className="formula">
      {formulaParts(text).map((part, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one formula never move.
        part.lowered ? <sub key={index}>{part.text}</sub> : part.text,
      )}
    </span>
  );
}
