import { InertOperation } from '@llm-otel/llm-conventions';
import type {
  AgentRun,
  HandOver,
  HandOverOptions,
  Memory,
  RunOptions,
  Step,
} from './agent-types.ts';
import { memoryOperations } from './memory-operations.ts';

class InertStep extends InertOperation implements Step {
  // Steps that are not recorded are not counted either.
  readonly index = 0;
}

/** One serves all: it keeps nothing. */
const INERT_STEP: InertStep = new InertStep();

export function inertStep(): Step {
  return INERT_STEP;
}

const INERT_MEMORY: Memory = memoryOperations((_name, _options, work) => work(INERT_STEP));

type Work<T> = (operation: InertStep) => T;

/** A run that records nothing, for where telemetry is switched off or a run could not be started: every function is called as it is. */
export class InertRun extends InertOperation implements AgentRun {
  readonly agentName: string;
  readonly memory: Memory = INERT_MEMORY;

  /** Also for options that no run could be started with. */
  constructor(options: { readonly [K in keyof RunOptions]?: Partial<RunOptions[K]> } | undefined) {
    super(undefined, options?.conversationId ?? options?.handOver?.conversationId);
    this.agentName = options?.agent?.name ?? '';
  }

  step<T>(_name: string, work: Work<T>): T {
    return work(INERT_STEP);
  }

  tool<T>(_options: unknown, work: Work<T>): T {
    return work(INERT_STEP);
  }

  retrieval<T>(_options: unknown, work: Work<T>): T {
    return work(INERT_STEP);
  }

  plan<T>(work: Work<T>): T {
    return work(INERT_STEP);
  }

  decision(): void {}

  handOver(options?: Partial<HandOverOptions>): HandOver {
    const { to = '' } = options ?? {};
    const { agentName: from, conversationId } = this;
    return { to, from, conversationId, link: { context: this.span.spanContext() } };
  }
}
