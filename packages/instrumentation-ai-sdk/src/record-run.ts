import type { Attributes } from '@opentelemetry/api';
import {
  type AgentRunCall,
  outputFromAiSdk,
  type Usage,
  usageFromAiSdk,
} from '@llm-otel/llm-conventions';
import { readMember } from '@llm-otel/llm-conventions/client';
import { reasons } from './record-answer.ts';
import type { Run } from './run.ts';

/** Whether prompts and answers may be recorded. */
export interface RunRecords {
  readonly inputs: boolean;
  readonly outputs: boolean;
}

/** Records what the AI SDK tells of a run at its end. */
export function recordRun(agent: AgentRunCall, event: unknown, { provider, records }: Run): void {
  const usage = readMember(event, 'totalUsage') ?? readMember(event, 'usage');
  const totals = usageFromAiSdk(usage, { provider });
  if (totals !== undefined) agent.setAttributes({}, rollUp(totals));
  agent.recordOutput({
    ...reasons(event),
    ...(records.outputs && { outputMessages: outputFromAiSdk(event) }),
  });
}

/** Totals repeat the tokens of the calls: under names of their own, so that a plain sum counts each token once. */
function rollUp(usage: Usage): Attributes {
  return {
    'llm_otel.usage.rollup': true,
    'llm_otel.rollup.usage.input_tokens': usage.inputTokens,
    'llm_otel.rollup.usage.output_tokens': usage.outputTokens,
    'llm_otel.rollup.usage.cache_read.input_tokens': usage.cacheReadTokens,
    'llm_otel.rollup.usage.cache_write.input_tokens': usage.cacheWriteTokens,
    'llm_otel.rollup.usage.reasoning.output_tokens': usage.reasoningTokens,
  };
}
