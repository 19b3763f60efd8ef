import { FailureLog } from '@llm-otel/core';
import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
} from '../generated/attributes.ts';
import { bareDefinitions } from '../messages/bare-definitions.ts';
import type { ChatMessage } from '../messages/message-types.ts';
import { Operation } from '../operation.ts';
import { toList } from '../read-member.ts';
import type { SpanType } from '../typed-attributes.ts';
import type { AgentInput } from './agent-parameters.ts';

/** What an agent answered. */
export interface AgentOutput {
  /** One per choice, in order. */
  readonly finishReasons?: readonly string[] | undefined;
  /** Recorded only where content is on. */
  readonly outputMessages?: readonly ChatMessage[] | undefined;
}

const failures = new FailureLog();

/** What agents in this process and agents of a service have in common: messages go in and come out. */
export abstract class AgentOperation<S extends SpanType> extends Operation<S> {
  recordInput(input: AgentInput): void {
    if (!this.recordsContent) return;
    failures.guard('recording what an agent was given', () => {
      const { toolDefinitions } = input;
      this.setContent(ATTR_GEN_AI_INPUT_MESSAGES, input.inputMessages);
      this.setContent(ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, input.systemInstructions);
      if (toolDefinitions !== undefined)
        this.setContent(ATTR_GEN_AI_TOOL_DEFINITIONS, bareDefinitions(toolDefinitions));
    });
  }

  recordOutput(output: AgentOutput): void {
    failures.guard('recording what an agent answered', () => {
      const { outputMessages } = output;
      const reasons = toList(output.finishReasons);
      if (reasons.length > 0) this.set(ATTR_GEN_AI_RESPONSE_FINISH_REASONS, reasons);
      this.setContent(ATTR_GEN_AI_OUTPUT_MESSAGES, outputMessages);
    });
  }
}
