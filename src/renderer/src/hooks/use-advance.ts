import { useStored } from "./use-stored.ts";

/** Whether a verdict leads to the next candidate; remembered by this installation, and so until a person says otherwise. */
export function useAdvance(): [advances: boolean, remember: (advances: boolean) => void] {
  const [stored, remember] = useStored("advance");
  return [stored !== "off", (advances) => remember(advances ? "on" : "off")];
}
