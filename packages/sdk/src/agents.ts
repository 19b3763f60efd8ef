// What an application records with, so that one dependency is enough. A path of its own: it is loaded only by
// applications that use it, and telemetry that is switched off loads nothing.
export * from '@llm-otel/agent-tracing';
export * from '@llm-otel/llm-conventions';
export { type RunIdentity, setIdentity, withIdentity } from '@llm-otel/propagation';
