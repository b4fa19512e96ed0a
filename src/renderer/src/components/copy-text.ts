/** Puts text on the clipboard while a person's click or key is handled; it asks for no permission, as none is given in the desktop window. */
export function copyText(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "copy-field";
  field.readOnly = true;
  const focused = document.activeElement;
  // Where a dialog is open, it keeps the focus within itself.
  (document.querySelector("[role=dialog][aria-modal=true]") ?? document.body).append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
