import {
  type Attributes,
  context,
  type Context,
  createContextKey,
  type Span,
  type SpanOptions,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { FailureLog, NO_SPAN } from '@llm-otel/core';
import { createGenAi, inCurrentNames, signalSource } from '@llm-otel/llm-conventions';
import { GarbageInOrder } from '@llm-otel/llm-conventions/client';
import { AiSdkSpan } from './ai-sdk-span.ts';
import type { AiSdkOptions } from './ai-sdk-telemetry.ts';
import { tracerIsMade } from './known-version.ts';
import { startTracedOperation, type TracedOperation } from './traced-operation.ts';
import { watchStreamParts } from './watch-stream-parts.ts';

const failures = new FailureLog();

/** The span of the run that a call of a model is made in. */
const RUN_SPAN = createContextKey('llm-otel run of the AI SDK');

/**
 * Makes a tracer for version 6 of the AI SDK: `experimental_telemetry: { isEnabled: true, tracer }`. Its spans become
 * agent runs, model calls, tools and embeddings of the conventions, with cost and metrics, as version 7 has them.
 */
export function aiSdkTracer(options: AiSdkOptions = {}): Tracer {
  tracerIsMade();
  const genAi = options.genAi ?? createGenAi(options);
  const signals = signalSource('@llm-otel/instrumentation-ai-sdk', options);

  const start = (name: string, given: SpanOptions, parent: Context): [Span, Context] => {
    const written = { ...given.attributes };
    const operation = failures.guard('starting a span of the AI SDK', () =>
      startTracedOperation(genAi, currentNames(written), parent),
    );
    if (operation !== undefined) {
      const span = new AiSdkSpan(operation, written, currentNames);
      whenDropped(span, { operation, written });
      const inside = operation.context;
      return [span, isRun(name) ? inside.setValue(RUN_SPAN, span) : inside];
    }
    // `embed` is told by the calls in it, which are spans of their own.
    if (isAround(name)) return [NO_SPAN, parent];
    const span = signals().tracer.startSpan(name, given, parent);
    return [span, trace.setSpan(parent, span)];
  };

  return {
    startSpan: (name, given = {}, parent = context.active()) => start(name, given, parent)[0],
    startActiveSpan<F extends (span: Span) => unknown>(
      name: string,
      ...rest: [F] | [SpanOptions, F] | [SpanOptions, Context, F]
    ): ReturnType<F> {
      const work = rest.at(-1) as F;
      const given = rest.length > 1 ? (rest[0] as SpanOptions) : {};
      const parent = rest.length > 2 ? (rest[1] as Context) : context.active();
      const [span, inside] = start(name, given, parent);
      const answer = context.with(inside, () => work(span));
      return (
        name.endsWith('.doStream') && span instanceof AiSdkSpan
          ? watched(answer, span, parent.getValue(RUN_SPAN))
          : answer
      ) as ReturnType<F>;
    },
  };
}

function isAround(name: string): boolean {
  return /^ai\.embed(?:Many)?$/.test(name);
}

function isRun(name: string): boolean {
  return /^ai\.(?:generate|stream)(?:Text|Object)$/.test(name);
}

/** The answer with its stream watched: the AI SDK ends no span of a stream that breaks, and tells no error in one. */
async function watched(answer: unknown, call: AiSdkSpan, run: unknown): Promise<unknown> {
  const given = await answer;
  const spans = run instanceof AiSdkSpan ? [call, run] : [call];
  failures.guard('watching a stream of the AI SDK', () =>
    watchStreamParts(given, {
      partFailed: (error) => spans.forEach((span) => span.partFailed(error)),
      broke: (error) => spans.forEach((span) => span.broke(error)),
    }),
  );
  return given;
}

/** What the AI SDK calls things, as the conventions do. */
function currentNames(attributes: Attributes): Attributes {
  const span = { ...BARE_SPAN, attributes } as unknown as Parameters<typeof inCurrentNames>[0];
  return (
    failures.guard('reading a span of the AI SDK', () => inCurrentNames(span))?.attributes ?? {}
  );
}

/** Its attributes are all that is read of a span. */
const BARE_SPAN = {
  name: '',
  kind: 0,
  status: { code: 0 },
  events: [],
  links: [],
  instrumentationScope: { name: 'ai' },
};

interface Open {
  readonly operation: TracedOperation;
  readonly written: Attributes;
}

let garbage: GarbageInOrder<Open> | undefined;
let spansMade = 0;

/** A stream that is left early or never read has a span that the AI SDK never ends: what is inside ends first, which was made last. */
function whenDropped(span: AiSdkSpan, open: Open): void {
  garbage ??= new GarbageInOrder(({ operation, written }) => operation.end(currentNames(written)));
  garbage.register(span, open, ++spansMade);
}
