/** A structure drawn by hand; the only place of the window that knows OpenChemLib's editor. */
import { Button, Callout, Dialog, DialogBody, DialogFooter, FormGroup, InputGroup } from "@blueprintjs/core";
import { CanvasEditor } from "openchemlib";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { drawnOf, emptySketch, type SketchKind, type SketchReading, textOf } from "./structure-text.ts";

export interface SketcherProps {
  kind: SketchKind;
  title: string;
  /** What is there already. */
  text: string;
  /** What there is when the drawing is closed. */
  onText(text: string): void;
  onClose(): void;
}

const NOTATIONS: Readonly<Record<SketchKind, string>> = { molecule: "SMILES", query: "SMARTS" };

/** Names what the editor draws on, for those who cannot see it: its tools are one picture, its drawing another. */
function nameParts(root: ShadowRoot | null | undefined): void {
  const [tools, drawing] = root?.querySelectorAll("canvas") ?? [];
  tools?.setAttribute("role", "img");
  tools?.setAttribute("aria-label", "Tools of the drawing, for the mouse");
  drawing?.setAttribute("role", "img");
  drawing?.setAttribute("aria-label", "Drawing; the text below says the same and can be written instead");
}

interface Board {
  show(drawn: SketchReading): void;
}

/** The editor in an element, for as long as that is there. */
function useBoard(kind: SketchKind, first: SketchReading, onDrawn: (text: string) => void) {
  // A dialog's content is there only after the dialog is.
  const [element, place] = useState<HTMLDivElement | null>(null);
  const board = useRef<Board>(undefined);
  const start = useRef(first);
  const latest = useRef(onDrawn);
  useEffect(() => {
    latest.current = onDrawn;
  });
  useEffect(() => {
    if (!element) return;
    const editor = new CanvasEditor(element, { initialFragment: kind === "query" });
    const root = element.querySelector("[data-openchemlib-canvas-editor]")?.shadowRoot;
    nameParts(root);
    const show = (drawn: SketchReading) =>
      editor.setMolecule(drawn.outcome === "drawn" ? drawn.structure : emptySketch(kind));
    show(start.current);
    editor.setOnChangeListener(({ type, isUserEvent }) => {
      if (type === "molecule" && isUserEvent) latest.current(textOf(editor.getMolecule(), kind));
    });
    board.current = { show };
    return () => {
      board.current = undefined;
      editor.destroy();
    };
  }, [kind, element]);
  return { place, show: (drawn: SketchReading) => board.current?.show(drawn) };
}

/** Letters draw atoms here: the page's keys are for elsewhere. Escape is a dialog's of the editor first. */
function keepKeys(event: KeyboardEvent<HTMLElement>): void {
  const root = event.target instanceof Element ? event.target.shadowRoot : null;
  if (event.key !== "Escape" || root?.querySelector("dialog[open]")) event.stopPropagation();
}

/** Drawing and text are one: whichever is changed, the other follows. */
export function Sketcher({ kind, title, text: first, onText, onClose }: SketcherProps) {
  const [text, setText] = useState(first);
  const [read, setRead] = useState(() => drawnOf(first, kind));
  const [isOfText, setOfText] = useState(true);
  const { place, show } = useBoard(kind, read, (next) => {
    setText(next);
    setOfText(false);
  });
  const write = (next: string) => {
    const now = drawnOf(next, kind);
    setText(next);
    setOfText(true);
    setRead(now);
    if (now.outcome === "drawn") show(now);
  };
  const close = () => {
    if (text !== first) onText(text.trim());
    onClose();
  };
  const unreadable = isOfText && read.outcome === "unreadable" ? read.reason : "";
  const leftOut = isOfText && read.outcome === "drawn" ? read.leftOut : "";
  return (
    <Dialog isOpen onClose={close} title={title} className="sketcher" canOutsideClickClose={false}>
      <DialogBody>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the editor within takes the keys. */}
        <div
          ref={place}
          className={unreadable ? "sketch-board sketch-stale" : "sketch-board"}
          onKeyDown={keepKeys}
        />
        <FormGroup label={NOTATIONS[kind]} labelFor="sketch-text" className="sketch-text">
          <InputGroup
            id="sketch-text"
            autoFocus
            className="mono"
            spellCheck={false}
            maxLength={2000}
            intent={unreadable ? "danger" : "none"}
            aria-describedby="sketch-note"
            value={text}
            onValueChange={write}
            onKeyDown={({ key }) => key === "Enter" && close()}
          />
        </FormGroup>
        <div id="sketch-note" role="status">
          {unreadable && (
            <Callout compact intent="danger">
              The drawing is of before: {unreadable}.
            </Callout>
          )}
          {leftOut && (
            <Callout compact intent="warning">
              The drawing cannot show all of this ({leftOut}). The text is what is meant; a stroke in the
              drawing writes it anew without that.
            </Callout>
          )}
        </div>
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Leave as it was" onClick={onClose} />
            <Button intent="primary" text="Take it" onClick={close} />
          </>
        }
      >
        <span className="muted">Escape takes it too.</span>
      </DialogFooter>
    </Dialog>
  );
}
