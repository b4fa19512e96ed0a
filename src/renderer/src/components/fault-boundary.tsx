/** Parts of the window that may fail alone: what went wrong stands in their place, and the rest works on. */
import { Button, Callout, Dialog, DialogBody } from "@blueprintjs/core";
import { Component, type ErrorInfo, type ReactNode, useEffect, useState } from "react";
import { messageOf } from "#shared/errors.ts";
import { parseRoute } from "../hooks/route.ts";
import { api, queryClient } from "../rpc/client.ts";
import { copyText } from "./copy-text.ts";
import { type DrawingFault, faultDetails } from "./fault-details.ts";

interface Way {
  text: string;
  go(): void;
}

interface FaultNoticeProps {
  /** In a sentence: "The table of candidates". */
  of: string;
  fault: DrawingFault;
  /** Leads away from what cannot be shown. */
  back: Way | undefined;
  onRetry(): void;
}

const MOST_CHARACTERS = 500;

const version = (): string => {
  const info = queryClient.getQueryData(api.system.info.queryKey());
  return info ? `${info.version} (${info.build})` : "of unknown version";
};

/** What went wrong, for people; the details, to pass on. */
export function FaultNotice({ of, fault, back, onRetry }: FaultNoticeProps) {
  const [copied, setCopied] = useState("");
  const details = faultDetails(fault, version(), parseRoute(location.hash));
  const copy = () => setCopied(copyText(details) ? "Copied." : "Not copied: select the text below.");
  return (
    <Callout className="fault" intent="danger" title={`${of} cannot be shown`} role="alert">
      <p>
        A fault of the program stopped it: {messageOf(fault.thrown).slice(0, MOST_CHARACTERS)}. The rest of
        the window works on, and nothing in the notebook has changed.
      </p>
      <div className="fault-actions">
        <Button size="small" variant="outlined" text="Try again" onClick={onRetry} />
        {back && <Button size="small" variant="outlined" text={back.text} onClick={back.go} />}
        <Button size="small" variant="minimal" text="Copy the details" onClick={copy} />
        <span role="status">{copied}</span>
      </div>
      <details>
        <summary>Details</summary>
        <pre>{details}</pre>
      </details>
    </Callout>
  );
}

interface FaultBoundaryProps extends Pick<FaultNoticeProps, "of"> {
  /** What is shown: another one is tried without being asked. */
  place?: string;
  back?: Way;
  /** Puts the notice into a frame, such as a dialog. */
  frame?(notice: ReactNode): ReactNode;
  children: ReactNode;
}

interface Caught {
  fault: DrawingFault | null;
}

export class FaultBoundary extends Component<FaultBoundaryProps, Caught> {
  override state: Caught = { fault: null };

  static getDerivedStateFromError(thrown: unknown): Caught {
    return { fault: { thrown, componentStack: "" } };
  }

  override componentDidCatch(thrown: unknown, { componentStack }: ErrorInfo): void {
    this.setState({ fault: { thrown, componentStack: componentStack ?? "" } });
  }

  override componentDidUpdate({ place }: FaultBoundaryProps): void {
    if (!this.state.fault || place === this.props.place) return;
    this.forget();
    this.setState({ fault: null });
  }

  override componentWillUnmount(): void {
    if (this.state.fault) this.forget();
  }

  /** What was known only to the part that failed may be what it failed on: it is asked for anew when it is shown again. */
  private forget(): void {
    queryClient.removeQueries({ type: "inactive" });
  }

  /** What comes from around the part is asked for anew first. */
  retry = async (): Promise<void> => {
    this.forget();
    await queryClient.invalidateQueries();
    this.setState({ fault: null });
  };

  override render(): ReactNode {
    const { of, back, frame, children } = this.props;
    const { fault } = this.state;
    if (!fault) return children;
    const notice = <FaultNotice of={of} fault={fault} back={back} onRetry={() => void this.retry()} />;
    return frame ? frame(notice) : notice;
  }
}

interface DialogBoundaryProps {
  of: string;
  onClose(): void;
  children: ReactNode;
}

/** What had the focus as a dialog was opened has it again when the dialog is gone, unless something else took it. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      setTimeout(() => {
        if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
      }, 0);
    },
    [before],
  );
}

/** Around a dialog, which fails as one that can be closed. */
export function DialogBoundary({ of, onClose, children }: DialogBoundaryProps) {
  useFocusBack();
  const frame = (notice: ReactNode) => (
    <Dialog isOpen onClose={onClose} title={of} className="narrow-dialog">
      <DialogBody>{notice}</DialogBody>
    </Dialog>
  );
  return (
    <FaultBoundary of={of} back={{ text: "Close", go: onClose }} frame={frame}>
      {children}
    </FaultBoundary>
  );
}
