import { type HotkeyConfig, useHotkeys } from "@blueprintjs/core";
import { type RefObject, useEffect, useMemo, useRef } from "react";

/** A key that works wherever the focus is; in a text field where it says so. */
export interface Key {
  combo: string;
  label: string;
  /** No text is written by it. */
  inText?: boolean;
  /** Not again while it is held down. */
  once?: boolean;
  run(): void;
}

/** Of every component that binds some, as they were rendered last. */
const bound = new Set<RefObject<readonly Key[]>>();

/** All that can be done by key at this moment. */
export const boundKeys = (): Key[] => [...bound].flatMap(({ current }) => current);

/** A dialog or a menu takes the keyboard for itself, even where the focus has not reached it yet. */
const somethingIsOpen = (): boolean =>
  document.querySelector(
    "[role=dialog][aria-modal=true], :is([aria-haspopup=menu], [aria-haspopup=dialog])[aria-expanded=true]",
  ) !== null;

/**
 * Binds keys while the component is there and lists them under "?".
 *
 * Blueprint binds anew whenever the list's identity changes and tells its provider, which renders again: the list is
 * therefore kept, and what a key runs is looked up when it is pressed.
 */
export function useKeys(keys: readonly Key[]): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    bound.add(latest);
    return () => void bound.delete(latest);
  }, []);
  const names = JSON.stringify(keys.map(({ combo, label, inText = false }) => [combo, label, inText]));
  const hotkeys = useMemo(
    () =>
      (JSON.parse(names) as [string, string, boolean][]).map(
        ([combo, label, allowInInput]): HotkeyConfig => ({
          combo,
          label,
          allowInInput,
          global: true,
          preventDefault: true,
          onKeyDown: ({ repeat }) => {
            const key = latest.current.find((one) => one.combo === combo);
            if (!somethingIsOpen() && !(repeat && key?.once)) key?.run();
          },
        }),
      ),
    [names],
  );
  useHotkeys(hotkeys);
}
