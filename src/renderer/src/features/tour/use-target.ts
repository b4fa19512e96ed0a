import { useEffect, useState } from "react";

/** Rows come and go as data arrive; a look that often is not seen and costs nothing. */
const LOOK_MS = 150;

const sameBox = (a: DOMRect | null, b: DOMRect | null): boolean =>
  a === b ||
  (a !== null && b !== null && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height);

/** Where in the window an element is, while it may move; it is brought into view once. Null while there is none. */
export function useTarget(selector: string): DOMRect | null {
  const [box, setBox] = useState<DOMRect | null>(null);
  useEffect(() => {
    let isSeen = false;
    const look = () => {
      const element = document.querySelector(selector);
      if (element && !isSeen) element.scrollIntoView({ block: "nearest" });
      isSeen ||= element !== null;
      const next = element?.getBoundingClientRect() ?? null;
      setBox((last) => (sameBox(last, next) ? last : next));
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [selector]);
  return box;
}
