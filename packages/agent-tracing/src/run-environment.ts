import type { Context } from '@opentelemetry/api';
import type { OperationEnvironment } from '@llm-otel/llm-conventions';
import type { AgentRun, RunOptions } from './run-types.ts';

/** What runs are made with. */
export interface RunEnvironment {
  readonly operations: OperationEnvironment;
  /** Turns after which a loop is one; 0 looks for none. */
  readonly loopRepeats: number;
  /** Whether the conversation is written to and read from baggage. */
  readonly conversationBaggage: boolean;
  delegate<T>(
    agent: string | RunOptions,
    delegatedBy: string,
    parent: Context,
    work: (run: AgentRun) => T,
  ): T;
}
