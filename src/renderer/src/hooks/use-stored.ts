import { useCallback, useSyncExternalStore } from "react";

const CHANGED = "ansatz:stored";

function subscribe(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  window.addEventListener("storage", listener);
  return () => {
    window.removeEventListener(CHANGED, listener);
    window.removeEventListener("storage", listener);
  };
}

/** A text that this installation remembers, such as the reviewer's name; the same in every part of the page. */
export function useStored(key: string): [value: string, remember: (value: string) => void] {
  const read = () => localStorage.getItem(`ansatz.${key}`) ?? "";
  const value = useSyncExternalStore(subscribe, read, () => "");
  const remember = useCallback(
    (next: string) => {
      localStorage.setItem(`ansatz.${key}`, next);
      window.dispatchEvent(new Event(CHANGED));
    },
    [key],
  );
  return [value, remember];
}
