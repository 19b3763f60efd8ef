import { readMember, readString } from '@llm-otel/llm-conventions/client';
import type { RunUsage } from './budget.ts';
import type { Checkpoint, RunCarrier } from './checkpoint.ts';
import type { HandOff, HandOffOptions } from './hand-off.ts';
import { InertActions, inertActions } from './inert-actions.ts';
import { memoryOperations } from './memory-operations.ts';
import type { AgentRun, Memory, RunOptions, Started } from './run-types.ts';
import type { UsageReport } from './usage-report.ts';

const INERT_MEMORY: Memory = memoryOperations((_name, _options, work) => work(inertActions()));

type Work<T> = (operation: InertActions) => T;

const NO_USAGE: RunUsage = {
  inputTokens: 0,
  outputTokens: 0,
  microUsd: 0,
  steps: 0,
  totalSteps: 0,
  inferenceCalls: 0,
  toolCalls: 0,
  elapsedMillis: 0,
};

/** A run that records nothing, for where telemetry is switched off or a run could not be started: every function is called as it is. */
export class InertRun extends InertActions implements Started<AgentRun> {
  readonly agentName: string;
  readonly memory: Memory = INERT_MEMORY;
  readonly usage: RunUsage;
  readonly #resume: Checkpoint | undefined;

  /** Plain JavaScript may have left out anything. */
  constructor(options: unknown) {
    const handOff = readMember(options, 'handOff');
    const resume = readMember(options, 'resume') as Checkpoint | null | undefined;
    super(
      undefined,
      readString(options, 'conversationId') ??
        readString(handOff, 'conversationId') ??
        readString(resume, 'conversationId'),
    );
    this.agentName = readString(readMember(options, 'agent'), 'name') ?? '';
    // What was counted before goes through a process without telemetry unharmed.
    this.usage = (readMember(resume, 'usage') as RunUsage | undefined) ?? NO_USAGE;
    this.#resume = resume ?? undefined;
  }

  step<T>(_name: string, options: unknown, work?: Work<T>): T {
    return (work ?? (options as Work<T>))(inertActions());
  }

  tool<T>(_tool: unknown, work: Work<T>): T {
    return work(inertActions());
  }

  retrieve<T>(_options: unknown, work: Work<T>): T {
    return work(inertActions());
  }

  plan<T>(work: Work<T>): T {
    return work(inertActions());
  }

  approval<T>(_options: unknown, work: Work<T>): T {
    return work(inertActions());
  }

  decide(decision: unknown): InertActions;
  decide<T>(decision: unknown, work: Work<T>): T;
  decide<T>(_decision: unknown, work?: Work<T>): T | InertActions {
    return work === undefined ? inertActions() : work(inertActions());
  }

  delegate<T>(agent: string | RunOptions, work: (run: AgentRun) => T): T {
    return work(new InertRun(typeof agent === 'string' ? { agent: { name: agent } } : agent));
  }

  startPlan(): InertActions {
    return inertActions();
  }

  startMemory(): InertActions {
    return inertActions();
  }

  startDecision(): InertActions {
    return inertActions();
  }

  startApproval(): InertActions {
    return inertActions();
  }

  startStep(): InertActions {
    return inertActions();
  }

  startTool(): InertActions {
    return inertActions();
  }

  startRetrieve(): InertActions {
    return inertActions();
  }

  carrier(): RunCarrier {
    const { agentName, conversationId } = this;
    return { agentName, conversationId };
  }

  handOff(options?: Partial<HandOffOptions>): HandOff {
    const { agentName: from, conversationId } = this;
    return { to: options?.to ?? '', from, conversationId };
  }

  checkpoint(): Checkpoint {
    const { agentName, conversationId, usage } = this;
    const { nextStep, included, resumed = -1 } = this.#resume ?? {};
    return { agentName, conversationId, usage, nextStep, included, resumed: resumed + 1 };
  }

  usageReport(): UsageReport {
    const { elapsedMillis: _, ...nothing } = NO_USAGE;
    return { id: 'none', of: 'part', ...nothing, ownMicroUsd: 0 };
  }

  include(): void {}

  stop(): void {}
}
