/** A button that opens a menu, which is walked by the arrow keys. */
import { Button, type IconName, Menu, PopoverNext } from "@blueprintjs/core";
import type { JSX, KeyboardEvent, ReactNode } from "react";

const itemsOf = (menu: HTMLElement): HTMLElement[] => [
  ...menu.querySelectorAll<HTMLElement>("[role=menuitem]"),
];

/** The keys that a menu is walked by, which Blueprint leaves to those who show it. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const items = itemsOf(event.currentTarget);
  const place = items.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: -1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}

interface MenuButtonProps {
  text: string;
  icon?: IconName | JSX.Element;
  size?: "small" | "medium";
  loading?: boolean;
  disabled?: boolean;
  /** Items and dividers of the menu. */
  children: ReactNode;
}

export function MenuButton({ text, children, ...button }: MenuButtonProps) {
  return (
    <PopoverNext
      content={
        <Menu onKeyDown={walk} aria-label={text}>
          {children}
        </Menu>
      }
      placement="bottom-end"
      animation="minimal"
      arrow={false}
      // Its own would put the focus before the menu, at a time of its own.
      autoFocus={false}
      onOpened={(popover) => itemsOf(popover)[0]?.focus()}
    >
      <Button text={text} aria-haspopup="menu" {...button} />
    </PopoverNext>
  );
}
