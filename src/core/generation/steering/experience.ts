/** What steering remembers: the best molecules, to learn from again, and the scaffolds, to keep them from crowding. */

export interface Remembered {
  smiles: string;
  canonicalSmiles: string;
  priorNll: number;
  /** 0 (worst) to 1 (best). */
  score: number;
}

interface ReplayMemory {
  readonly entries: readonly Remembered[];
  /** Takes a molecule in if it is among the best; one already there keeps its better entry. */
  add(entry: Remembered): void;
  /** Draws different entries, better ones more often: entry of rank k (0 is best) has the weight 1 / (k + 1). */
  draw(count: number, random: () => number): Remembered[];
  /** Forgets the entries that the test names. */
  forget(test: (entry: Remembered) => boolean): void;
}

/** Experience replay of the best molecules (Blaschke et al., doi:10.1021/acs.jcim.0c00915). */
export function createReplayMemory(size: number): ReplayMemory {
  let entries: Remembered[] = [];
  return {
    get entries() {
      return entries;
    },
    add(entry) {
      if (entries.some((other) => other.canonicalSmiles === entry.canonicalSmiles)) return;
      entries.push(entry);
      entries.sort((a, b) => b.score - a.score);
      entries.length = Math.min(entries.length, size);
    },
    draw(count, random) {
      // Exponential keys with the weights as rates give a draw without replacement (Efraimidis and Spirakis, doi:10.1016/j.ipl.2005.11.003).
      const keys = entries.map((_, rank) => -Math.log(1 - random()) * (rank + 1));
      return [...entries.keys()]
        .sort((a, b) => keys[a]! - keys[b]!)
        .slice(0, count)
        .map((i) => entries[i]!);
    },
    forget(test) {
      entries = entries.filter((entry) => !test(entry));
    },
  };
}

/** Counts the good molecules of each scaffold. */
interface ScaffoldMemory {
  isFull(scaffold: string): boolean;
  add(scaffold: string): void;
}

/** @param bucket good molecules of one scaffold after which further ones are worth nothing (Blaschke et al., doi:10.1186/s13321-020-00473-0) */
export function createScaffoldMemory(bucket: number): ScaffoldMemory {
  const counts = new Map<string, number>();
  return {
    isFull: (scaffold) => (counts.get(scaffold) ?? 0) >= bucket,
    add: (scaffold) => {
      counts.set(scaffold, (counts.get(scaffold) ?? 0) + 1);
    },
  };
}
