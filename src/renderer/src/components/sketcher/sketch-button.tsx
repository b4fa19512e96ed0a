/** Opens a drawing of what stands in a text field. */
import { Button, Dialog, DialogBody, Spinner } from "@blueprintjs/core";
import { Draw } from "@blueprintjs/icons";
import { lazy, Suspense, useState } from "react";
import { useKeys } from "../../hooks/use-keys.ts";
import { DialogBoundary } from "../fault-boundary.tsx";
import type { SketcherProps } from "./sketcher.tsx";

/** A megabyte that only who draws needs. */
const Sketcher = lazy(async () => ({ default: (await import("./sketcher.tsx")).Sketcher }));

interface SketchButtonProps extends Pick<SketcherProps, "kind" | "text" | "onText"> {
  /** What is drawn, as a command: "Draw the substructure". */
  label: string;
  combo: string;
  /** On the button; absent: the button is small. */
  words?: string;
}

export function SketchButton({ kind, text, onText, label, combo, words }: SketchButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const open = () => setOpen(true);
  useKeys([{ combo, label, inText: true, run: open }]);
  const close = () => setOpen(false);
  return (
    <>
      <Button
        size="small"
        variant="minimal"
        icon={<Draw />}
        {...(words !== undefined && { text: words })}
        aria-label={label}
        title={`${label} (${combo.replace("mod", "Ctrl or ⌘").replaceAll(" + ", " ").toUpperCase()})`}
        onClick={open}
      />
      {isOpen && (
        <DialogBoundary of="The drawing" onClose={close}>
          <Suspense
            fallback={
              <Dialog isOpen onClose={close} title={label} className="sketcher">
                <DialogBody>
                  <Spinner className="sketch-board" aria-label="The drawing is being opened" />
                </DialogBody>
              </Dialog>
            }
          >
            <Sketcher kind={kind} title={label} text={text} onText={onText} onClose={close} />
          </Suspense>
        </DialogBoundary>
      )}
    </>
  );
}
