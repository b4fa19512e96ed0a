/** 2D structures: asked for in batches, kept for the life of the page. */
import { useQuery } from "@tanstack/react-query";
import { client } from "../rpc/client.ts";

/** The contract's limit for one call. */
const BATCH = 200;

interface Waiting {
  smiles: string;
  resolve(svg: string): void;
  reject(error: unknown): void;
}
let waiting: Waiting[] = [];

async function askFor(batch: readonly Waiting[]): Promise<void> {
  try {
    const drawings = await client.candidates.depict({ smiles: batch.map(({ smiles }) => smiles) });
    batch.forEach(({ resolve }, index) => {
      resolve(drawings[index] ?? "");
    });
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

/** Collects what one frame of a table asks for into one call. */
function depict(smiles: string): Promise<string> {
  return new Promise((resolve, reject) => {
    waiting.push({ smiles, resolve, reject });
    if (waiting.length > 1) return;
    setTimeout(() => {
      const all = waiting;
      waiting = [];
      for (let start = 0; start < all.length; start += BATCH) void askFor(all.slice(start, start + BATCH));
    }, 0);
  });
}

/** As an <img> the drawing runs no script and its style attributes do not meet the page's policy. */
const sourceOf = (svg: string): string => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

export function Structure2d({ smiles, className = "" }: { smiles: string; className?: string }) {
  const { data: svg } = useQuery({
    queryKey: ["depict", smiles],
    queryFn: () => depict(smiles),
    gcTime: 600_000,
  });
  return (
    <span className={`structure-2d ${className}`}>
      {svg && <img src={sourceOf(svg)} alt={`Structure of ${smiles}`} draggable={false} />}
    </span>
  );
}
