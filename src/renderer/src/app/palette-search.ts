/** @returns those of which each word of the text begins a word, or else is part of one; the former first */
export function commandsFor<Command extends { label: string }>(
  commands: readonly Command[],
  text: string,
): Command[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fit = ({ label }: Command): number => {
    const words = label.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    if (wanted.every((part) => words.some((word) => word.startsWith(part)))) return 0;
    return wanted.every((part) => label.toLowerCase().includes(part)) ? 1 : 2;
  };
  return commands
    .map((command) => ({ command, worse: fit(command) }))
    .filter(({ worse }) => worse < 2)
    .sort((a, b) => a.worse - b.worse)
    .map(({ command }) => command);
}
