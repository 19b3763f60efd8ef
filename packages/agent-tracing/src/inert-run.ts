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
export const INERT_SPAN: InertSpan = new InertSpan();

const INERT_MEMORY: Memory = memoryOperations((_name, _options, work) => work(INERT_SPAN));

/** A run that records nothing, for where telemetry is switched off: every function is called as it is. */
export class InertRun extends InertSpan implements AgentRun {
  readonly agentName: string;
  readonly conversationId: string | undefined;
  readonly memory: Memory = INERT_MEMORY;

  constructor({ agent, conversationId, handOver }: RunOptions) {
    super();
    this.agentName = agent.name;
    this.conversationId = conversationId ?? handOver?.conversationId;
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

  handOver({ to }: HandOverOptions): HandOver {
    const { agentName: from, conversationId } = this;
    return { to, from, conversationId, link: { context: this.span.spanContext() } };
  }
}
