import { type AiSdkOptions, type AiSdkTelemetry, aiSdkTelemetry } from './ai-sdk-telemetry.ts';

const REGISTERED = Symbol.for('llm-otel.instrumentation-ai-sdk');

/** Where version 7 looks for telemetry on each call: a list in the global object, whichever copy of it is loaded. */
interface AiSdkGlobal {
  AI_SDK_TELEMETRY_INTEGRATIONS?: AiSdkTelemetry[];
  [REGISTERED]?: AiSdkTelemetry | undefined;
}

/**
 * Observes every call that goes through the AI SDK, version 7, without a change of the application; a call may opt out with
 * `telemetry: { isEnabled: false }`. Registers once, whether before or after `ai` is loaded. Works without any Node.js
 * module. Answers a function that takes it back.
 */
export function instrumentAiSdk(options: AiSdkOptions = {}): () => void {
  const scope = globalThis as AiSdkGlobal;
  const integrations = (scope.AI_SDK_TELEMETRY_INTEGRATIONS ??= []);
  if (scope[REGISTERED] === undefined) {
    scope[REGISTERED] = aiSdkTelemetry(options);
    integrations.push(scope[REGISTERED]);
  }
  const registered = scope[REGISTERED];
  return () => {
    const index = integrations.indexOf(registered);
    if (index !== -1) integrations.splice(index, 1);
    if (scope[REGISTERED] === registered) scope[REGISTERED] = undefined;
  };
}
