import "./csp.ts";
import "./styles/libraries.css";
import "./styles/tokens.css";
import "./styles/app.css";
import "./styles/campaigns.css";
import "./styles/campaign.css";
import "./styles/start-form.css";
import "./styles/notebook.css";
import "./styles/models.css";
import "./styles/devices.css";
import "./styles/review.css";
import "./styles/search.css";
import "./styles/table.css";
import "./styles/grid.css";
import "./styles/candidate.css";
import "./styles/provenance.css";
import "./styles/calculate.css";
import "./styles/compare.css";
import "./styles/plots.css";
import "./styles/sketcher.css";
import "./styles/help.css";
import "./styles/tour.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
