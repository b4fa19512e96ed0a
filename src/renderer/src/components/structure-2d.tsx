/** 2D structures: asked for in batches, kept for the life of the page. */
import { useQuery } from "@tanstack/react-query";
import { client } from "../rpc/client.ts";

/** The contract's limit for one call. */
const BATCH = 200;

interface Waiting {
  smiles: string;
  /** A substructure whose places are marked. */
  contains: string | undefined;
  resolve(svg: string): void;
  reject(error: unknown): void;
}
let waiting: Waiting[] = [];

async function askFor(batch: readonly Waiting[], contains: string | undefined): Promise<void> {
  try {
    const drawings = await client.candidates.depict({ smiles: batch.map(({ smiles }) => smiles), contains });
    batch.forEach(({ resolve }, index) => {
      resolve(drawings[index] ?? "");
    });
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

/** Collects what one frame of a table asks for into one call. */
function depict(smiles: string, contains: string | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    waiting.push({ smiles, contains, resolve, reject });
    if (waiting.length > 1) return;
    setTimeout(() => {
      const all = waiting;
      waiting = [];
      for (const [query, some] of Map.groupBy(all, ({ contains }) => contains))
        for (let start = 0; start < some.length; start += BATCH)
          void askFor(some.slice(start, start + BATCH), query);
    }, 0);
  });
}

/** As an <img> the drawing runs no script and its style attributes do not meet the page's policy. */
const sourceOf = (svg: string): string => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

interface Structure2dProps {
  smiles: string;
  className?: string;
  /** A SMARTS whose places in it are marked. */
  contains?: string | undefined;
}

export function Structure2d({ smiles, className = "", contains }: Structure2dProps) {
  const { data: svg } = useQuery({
    queryKey: ["depict", smiles, contains],
    queryFn: () => depict(smiles, contains),
    gcTime: 600_000,
  });
  return (
    <span className={`structure-2d ${className}`}>
      {svg && <img src={sourceOf(svg)} alt={`Structure of ${smiles}`} draggable={false} />}
    </span>
  );
}
