/** 2D structures: asked for in batches, kept for the life of the page. */
import { useQuery } from "@tanstack/react-query";
import { batched } from "../rpc/batched.ts";
import { client } from "../rpc/client.ts";

/** The contract's limit for one call. */
const BATCH = 200;

/** @param contains the substructure whose places are marked */
const drawer = (contains?: string) =>
  batched(BATCH, (smiles: string[]) => client.candidates.depict({ smiles, contains }));

const plain = drawer();
/** Of the substructure that was asked for last: they are typed, and pass. */
let marked: { contains: string; draw: ReturnType<typeof drawer> } | undefined;

function depict(smiles: string, contains: string | undefined): Promise<string> {
  if (contains === undefined) return plain(smiles);
  if (marked?.contains !== contains) marked = { contains, draw: drawer(contains) };
  return marked.draw(smiles);
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
