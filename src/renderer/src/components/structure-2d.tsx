/** 2D structures: asked for in batches, kept for the life of the page. */
import { useQuery } from "@tanstack/react-query";
import { batched } from "../rpc/batched.ts";
import { client } from "../rpc/client.ts";

/** The contract's limit for one call. */
const BATCH = 200;

/** By the substructure whose places are marked. */
const drawers = new Map<string | undefined, (smiles: string) => Promise<string>>();

function depict(smiles: string, contains: string | undefined): Promise<string> {
  const drawer =
    drawers.get(contains) ??
    batched(BATCH, (all: string[]) => client.candidates.depict({ smiles: all, contains }));
  drawers.set(contains, drawer);
  return drawer(smiles);
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
