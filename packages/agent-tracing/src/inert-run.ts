import { type Context, context, INVALID_SPAN_CONTEXT, type Span, trace } from '@opentelemetry/api';
import type {
  AgentRun,
  HandOver,
  HandOverOptions,
  Memory,
  OpenSpan,
  Retrieval,
  RunOptions,
  Step,
  MemoryOperation,
} from './agent-types.ts';
import { memoryOperations } from './memory-operations.ts';

class InertSpan implements Step, Retrieval, MemoryOperation {
  // Steps that are not recorded are not counted either.
  readonly index = 0;

  get context(): Context {
    return context.active();
  }

  get span(): Span {
    return trace.getSpan(this.context) ?? trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
  }

  recordDocuments(): void {}
  recordRecords(): void {}
}

/** One serves all: it keeps nothing. */
const INERT_SPAN: InertSpan = new InertSpan();

export function inertSpan(): InertSpan {
  return INERT_SPAN;
}

const INERT_MEMORY: Memory = memoryOperations((_name, _options, work) => work(INERT_SPAN));

/** A run that records nothing, for where telemetry is switched off or a run could not be started: every function is called as it is. */
export class InertRun extends InertSpan implements AgentRun {
  readonly agentName: string;
  readonly conversationId: string | undefined;
  readonly memory: Memory = INERT_MEMORY;

  /** Also for options that no run could be started with. */
  constructor(options: { readonly [K in keyof RunOptions]?: Partial<RunOptions[K]> } | undefined) {
    super();
    this.agentName = options?.agent?.name ?? '';
    this.conversationId = options?.conversationId ?? options?.handOver?.conversationId;
  }

  step<T>(_name: string, work: (step: Step) => T): T {
    return work(INERT_SPAN);
  }

  tool<T>(_options: unknown, work: (tool: OpenSpan) => T): T {
    return work(INERT_SPAN);
  }

  retrieval<T>(_options: unknown, work: (retrieval: Retrieval) => T): T {
    return work(INERT_SPAN);
  }

  plan<T>(work: (plan: OpenSpan) => T): T {
    return work(INERT_SPAN);
  }

  decision(): void {}
  recordInput(): void {}
  recordOutput(): void {}
  setAttributes(): void {}

  handOver(options?: Partial<HandOverOptions>): HandOver {
    const { to = '' } = options ?? {};
    const { agentName: from, conversationId } = this;
    return { to, from, conversationId, link: { context: this.span.spanContext() } };
  }
}
