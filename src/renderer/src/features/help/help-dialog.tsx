/** The help: pages on the left, found by words, the open one beside them. */
import { Dialog, InputGroup } from "@blueprintjs/core";
import { Search } from "@blueprintjs/icons";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { DialogBoundary } from "../../components/fault-boundary.tsx";
import { useRoute } from "../../hooks/route.ts";
import { findHelp, lineFound } from "./find-help.ts";
import { HelpArticle } from "./help-article.tsx";
import { HELP_PAGES, type HelpId, type HelpPage, helpFor } from "./pages.ts";

const OPEN = "ansatz:help";

/** Shows the help, from a key, a menu or a page. @param id the page; left out, the one that fits where the person is */
export const openHelp = (id?: HelpId): boolean => window.dispatchEvent(new CustomEvent(OPEN, { detail: id }));

interface PageListProps {
  pages: readonly HelpPage[];
  open: HelpId;
  text: string;
  take(id: HelpId): void;
}

function PageList({ pages, open, text, take }: PageListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`#help-${open}`)?.scrollIntoView({ block: "nearest" });
  }, [open]);
  return (
    <div ref={list} id="help-list" role="listbox" aria-label="Pages of the help" className="help-list">
      {pages.map((page) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the text field has the focus.
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text field takes the keys.
        <div
          key={page.id}
          id={`help-${page.id}`}
          role="option"
          aria-selected={page.id === open}
          className="palette-item help-item"
          onClick={() => take(page.id)}
        >
          {page.title}
          <span className="muted help-found">{lineFound(page, text)}</span>
        </div>
      ))}
    </div>
  );
}

function HelpDialog({ first, onClose }: { first: HelpId; onClose(): void }) {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(first);
  const found = findHelp(HELP_PAGES, text);
  const page = HELP_PAGES.find(({ id }) => id === open);
  const look = (value: string) => {
    setText(value);
    const [best] = findHelp(HELP_PAGES, value);
    if (best && value.trim()) setOpen(best.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || found.length === 0) return;
    const at = found.findIndex(({ id }) => id === open);
    const next = found[(at + step + found.length) % found.length];
    if (next) setOpen(next.id);
    event.preventDefault();
  };
  return (
    <Dialog isOpen onClose={onClose} title="Help" className="help-dialog">
      <div className="help">
        <div className="help-side">
          <InputGroup
            autoFocus
            leftIcon={<Search />}
            placeholder="Search the help"
            role="combobox"
            aria-label="Search the help"
            aria-expanded
            aria-controls="help-list"
            aria-activedescendant={found.some(({ id }) => id === open) ? `help-${open}` : undefined}
            value={text}
            onValueChange={look}
            onKeyDown={onKeyDown}
          />
          <PageList pages={found} open={open} text={text} take={setOpen} />
          {found.length === 0 && (
            <p className="muted palette-none" role="status">
              No page has all these words. Try fewer, or other ones.
            </p>
          )}
        </div>
        {page && <HelpArticle key={page.id} page={page} follow={setOpen} />}
      </div>
    </Dialog>
  );
}

/** Stands in the page and shows the help when it is asked for. */
export function Help() {
  const route = useRoute();
  const [asked, setAsked] = useState<HelpId | null>();
  useEffect(() => {
    const show = (event: Event) => setAsked((event as CustomEvent<HelpId | undefined>).detail ?? null);
    window.addEventListener(OPEN, show);
    return () => window.removeEventListener(OPEN, show);
  }, []);
  if (asked === undefined) return null;
  const close = () => setAsked(undefined);
  return (
    <DialogBoundary of="The help" onClose={close}>
      <HelpDialog first={asked ?? helpFor(route)} onClose={close} />
    </DialogBoundary>
  );
}
