import { ReadinessAdvisor } from "./element.ts";

// A page that includes the script twice must not fail.
if (!customElements.get("readiness-advisor")) customElements.define("readiness-advisor", ReadinessAdvisor);
