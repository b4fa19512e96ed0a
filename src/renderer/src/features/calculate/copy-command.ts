import { copyText } from "../../components/copy-text.ts";
import { toast } from "../../components/toaster.ts";

/** Puts a command line on the clipboard, and says so; where that is refused, shows it. */
export function copyCommand(command: string): void {
  void toast(
    copyText(command)
      ? { message: "The command is on the clipboard", intent: "success" }
      : { message: command, intent: "warning", timeout: 10_000 },
  );
}
