/** Every command that works at the moment, found by its words and run by Enter. */
import { Dialog, InputGroup, KeyComboTag } from "@blueprintjs/core";
import { Search } from "@blueprintjs/icons";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Key } from "../hooks/use-keys.ts";
import { commandsFor } from "./palette-search.ts";

interface PaletteProps {
  commands: readonly Key[];
  onClose(): void;
}

export function Palette({ commands, onClose }: PaletteProps) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const found = commandsFor(commands, text);
  const place = Math.max(0, Math.min(at, found.length - 1));
  useEffect(() => {
    list.current?.children[place]?.scrollIntoView({ block: "nearest" });
  }, [place]);
  const take = (command: Key | undefined) => {
    if (!command) return;
    onClose();
    // Once the dialog has given the focus back.
    setTimeout(command.run, 0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") take(found[place]);
    else if (step === undefined) return;
    else setAt((place + step + found.length) % found.length);
    event.preventDefault();
  };
  return (
    <Dialog isOpen onClose={onClose} className="palette" aria-labelledby="palette-title">
      <h2 id="palette-title" className="unseen">
        Commands
      </h2>
      <InputGroup
        autoFocus
        size="large"
        leftIcon={<Search />}
        placeholder="What would you like to do?"
        role="combobox"
        aria-label="Command"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={found.length > 0 ? `palette-${place}` : undefined}
        value={text}
        onValueChange={(value) => {
          setText(value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id="palette-list" role="listbox" aria-label="Commands" className="palette-list">
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the text field has the focus.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text field takes the keys.
          <div
            key={`${command.label} ${command.combo}`}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === place}
            className="palette-item"
            onClick={() => take(command)}
          >
            {command.label}
            {command.combo && <KeyComboTag combo={command.combo} minimal />}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="muted palette-none">No command has these words.</p>}
    </Dialog>
  );
}
