import { OverlayToaster, type ToastProps } from "@blueprintjs/core";
import { troubleOf } from "../rpc/client.ts";

/** Made with the first message. */
let toaster: ReturnType<typeof OverlayToaster.create> | undefined;

export async function toast(props: ToastProps): Promise<void> {
  toaster ??= OverlayToaster.create({ position: "bottom-left", maxToasts: 3 });
  (await toaster).show({ timeout: 3_000, ...props });
}

/** Says what went wrong with something the person has just done. */
export const toastError = (error: unknown): Promise<void> =>
  toast({ message: troubleOf(error).message, intent: "danger", timeout: 10_000 });
