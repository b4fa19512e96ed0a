/** One or several structures in one view, beside other views that are seen from the same side. */
import { useEffect, useRef } from "react";
import { FaultBoundary } from "../fault-boundary.tsx";
import type { CameraLink } from "./camera-link.ts";
import { Canvas3d, useViewer3d } from "./canvas-3d.tsx";
import type { Company, ShownStructure, Style, Viewer } from "./viewer.ts";

interface Structures3dProps {
  /** The same list as long as nothing of it changed. */
  structures: readonly ShownStructure[];
  /** The same list for all views that are compared. */
  company: Company;
  style: Style;
  label: string;
  link: CameraLink;
}

function Shown({ structures, company, style, label, link }: Structures3dProps) {
  const opened = useViewer3d();
  const { viewer } = opened;
  const before = useRef<{ viewer: Viewer; company: Company }>(undefined);
  useEffect(() => {
    if (!viewer) return;
    const isSame = before.current?.viewer === viewer && before.current.company === company;
    const camera = isSame ? viewer.camera() : undefined;
    viewer.show(structures, company);
    // What is shown or hidden leaves the view as a person turned it.
    if (camera) viewer.look(camera);
    before.current = { viewer, company };
  }, [viewer, structures, company]);
  useEffect(() => viewer?.setStyle(style), [viewer, style]);
  useEffect(() => viewer && link.join(viewer), [viewer, link]);
  return <Canvas3d opened={opened} label={label} />;
}

export function Structures3d(props: Structures3dProps) {
  return (
    <FaultBoundary of="This 3D view" place={props.label}>
      <Shown {...props} />
    </FaultBoundary>
  );
}
