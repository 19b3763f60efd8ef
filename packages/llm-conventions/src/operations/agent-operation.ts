import { FailureLog } from '@llm-otel/core';
import { agentUsed } from '../agent-scope.ts';
import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_LLM_OTEL_USAGE_ROLLUP,
} from '../generated/attributes.ts';
import { bareDefinitions } from '../messages/bare-definitions.ts';
import type { ChatMessage } from '../messages/message-types.ts';
import { Operation } from '../operation.ts';
import { toList } from '../read-member.ts';
import type { SpanType } from '../typed-attributes.ts';
import { noteOwnCall } from '../usage/own-calls.ts';
import { REPEATED } from '../usage/repeated-names.ts';
import { usageFromAttributes } from '../usage/usage-attributes.ts';
import type { AgentInput } from './agent-parameters.ts';
import type { InvocationScope } from './invocation-scope.ts';

/** What an agent answered. */
export interface AgentOutput {
  /** One per choice, in order. */
  readonly finishReasons?: readonly string[] | undefined;
  /** Recorded only where content is on. */
  readonly outputMessages?: readonly ChatMessage[] | undefined;
}

const failures = new FailureLog();

/** What agents in this process and agents of a service have in common: messages go in and come out, and calls inside may tell what they used. */
export abstract class AgentOperation<S extends SpanType> extends Operation<S> {
  abstract readonly scope: InvocationScope;
  /** Whose they are is known at the end. No initial value: attributes of the request are set before there were one. */
  declare private totals: Record<string, unknown> | undefined;

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

  override set(name: string, value: unknown): void {
    if (!REPEATED.has(name)) super.set(name, value);
    else if (value !== undefined && value !== null) (this.totals ??= {})[name] = value;
  }

  protected override finish(errorType: string | undefined): void {
    if (!this.ended)
      failures.guard('recording what an agent used', () => {
        if (this.totals !== undefined) this.#recordTotals(this.totals);
        this.scope.outer?.callClosed?.();
      });
    super.finish(errorType);
  }

  /**
   * Under names of their own where they repeat those of calls inside, so that a plain sum over all spans counts each token once. A
   * call that is not over, because its stream has not been read, is taken for one that will tell.
   */
  #recordTotals(totals: Record<string, unknown>): void {
    const { hasUsageBelow, hasAnswerBelow, openCalls, isRun, outer } = this.scope;
    const hasOutput = Number(totals[ATTR_GEN_AI_USAGE_OUTPUT_TOKENS] ?? 0) > 0;
    const repeats = (hasOutput ? hasAnswerBelow : hasUsageBelow) || openCalls > 0;
    for (const name of Object.keys(totals)) {
      const known = repeats ? REPEATED.get(name) : name;
      if (known !== undefined) super.set(known, totals[name]);
    }
    // A pipeline takes the totals of a run for those of calls inside where it is not told otherwise.
    if (repeats || isRun) super.set(ATTR_LLM_OTEL_USAGE_ROLLUP, repeats);
    // Then it is what the run around it knows too. What it cost nobody knows.
    if (repeats) return;
    noteOwnCall(this.span);
    agentUsed(outer, usageFromAttributes(totals), undefined);
  }
}
