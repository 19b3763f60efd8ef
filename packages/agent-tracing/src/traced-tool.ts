import {
  ATTR_LLM_OTEL_ATTEMPT,
  type OperationEnvironment,
  SpanToolCall,
} from '@llm-otel/llm-conventions';
import { attemptOf, relationLinks } from './relation-links.ts';
import type { ToolOptions } from './run-types.ts';

/** A tool call that knows which attempt it replaces. */
export class TracedTool extends SpanToolCall {
  constructor(options: ToolOptions, environment: OperationEnvironment) {
    super(
      { ...options, links: [...(options.links ?? []), ...relationLinks(options)] },
      environment,
    );
    this.set(ATTR_LLM_OTEL_ATTEMPT, attemptOf(this.span, options));
  }
}
