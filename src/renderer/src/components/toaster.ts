import { OverlayToaster, type ToastProps } from "@blueprintjs/core";
import { troubleOf } from "../rpc/client.ts";

const toaster = OverlayToaster.create({ position: "bottom-left", maxToasts: 3 });

export async function toast(props: ToastProps): Promise<void> {
  (await toaster).show({ timeout: 3_000, ...props });
}

/** Says what went wrong with something the person has just done. */
export const toastError = (error: unknown): Promise<void> =>
  toast({ message: troubleOf(error).message, intent: "danger", timeout: 10_000 });
