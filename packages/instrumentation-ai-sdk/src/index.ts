export { aiSdkTracer } from './ai-sdk-tracer.ts';
export { aiSdkTelemetry, type AiSdkOptions, type AiSdkTelemetry } from './ai-sdk-telemetry.ts';
export { instrumentAiSdk } from './instrument-ai-sdk.ts';
