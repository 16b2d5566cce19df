import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../styles/tokens.css";
import "../styles/base.css";
import "../ui/controls.css";
import { App } from "./App.js";
import { applySettings } from "./settings.js";
import { keepShell } from "./shell.js";

applySettings();
keepShell();

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
