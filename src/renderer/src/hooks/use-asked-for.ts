import { useEffect, useState } from "react";

/** Whether a dialog is open that an event of the window asks for, from a page, a menu or the palette. */
export function useAskedFor(event: string): [open: boolean, setOpen: (open: boolean) => void] {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const show = () => setOpen(true);
    window.addEventListener(event, show);
    return () => window.removeEventListener(event, show);
  }, [event]);
  return [open, setOpen];
}
