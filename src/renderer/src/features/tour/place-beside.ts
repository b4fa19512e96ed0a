interface Size {
  width: number;
  height: number;
}
interface Box extends Size {
  left: number;
  top: number;
}

const GAP = 14;

const within = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(value, Math.max(least, most)));

/**
 * Where a card stands that must not cover what it points at, in pixels of the window: below it, else above, else to its left or
 * right; in the lower right corner where there is no room, or nothing to point at.
 */
export function placeBeside(target: Box | null, card: Size, view: Size): { left: number; top: number } {
  const corner = { left: view.width - card.width - GAP, top: view.height - card.height - GAP };
  if (!target) return corner;
  const right = target.left + target.width;
  const bottom = target.top + target.height;
  const left = within(target.left, GAP, corner.left);
  const top = within(target.top, GAP, corner.top);
  if (bottom + GAP <= corner.top) return { left, top: bottom + GAP };
  if (target.top - GAP - card.height >= GAP) return { left, top: target.top - GAP - card.height };
  if (target.left - GAP - card.width >= GAP) return { left: target.left - GAP - card.width, top };
  if (right + GAP <= corner.left) return { left: right + GAP, top };
  return corner;
}
