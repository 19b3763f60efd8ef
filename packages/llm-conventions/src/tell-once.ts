import { diag } from '@opentelemetry/api';

/** Warns through `diag` at the first call: a line for each model call would be a second outage. */
export function tellOnce(message: string): () => void {
  let told = false;
  return () => {
    if (told) return;
    told = true;
    diag.warn(`llm-otel: ${message}`);
  };
}
