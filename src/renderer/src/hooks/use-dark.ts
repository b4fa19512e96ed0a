import { useSyncExternalStore } from "react";
import { useStored } from "./use-stored.ts";

const query = window.matchMedia("(prefers-color-scheme: dark)");
const subscribe = (listener: () => void): (() => void) => {
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
};

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** The colours that a person chose, remembered by this installation; the system's until then. */
export function useTheme(): [theme: Theme, remember: (theme: Theme) => void] {
  const [stored, remember] = useStored("theme");
  return [THEMES.find((theme) => theme === stored) ?? "system", remember];
}

/** Whether colours are dark now. */
export function useDark(): boolean {
  const [theme] = useTheme();
  const system = useSyncExternalStore(subscribe, () => query.matches);
  return theme === "system" ? system : theme === "dark";
}
