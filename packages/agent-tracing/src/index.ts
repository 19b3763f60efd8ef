export type * from './agent-types.ts';
export { type AgentTracingOptions, createAgentTracing } from './create-agent-tracing.ts';
