/** The mark: a circuit line that becomes a bond. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
      <path className="logo-bond" d="M7 22.5 16 6.5 25 22.5" />
      <path className="logo-wire" d="M3 16.5h26" />
      <circle className="logo-atom" cx="16" cy="6.5" r="3.4" />
      <circle className="logo-atom" cx="7" cy="22.5" r="3.4" />
      <circle className="logo-atom" cx="25" cy="22.5" r="3.4" />
    </svg>
  );
}
