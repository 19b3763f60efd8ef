import { context, SpanKind } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { compare } from '@llm-otel/tooling/bench';
import { type AgentRun, createAgentTracing } from '../src/index.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
// No span processor: only the making of the span is compared, not what happens to it afterwards.
const tracer = new TracerProvider({}).getTracer('bench');

let run: AgentRun | undefined;
// The run stays open for the whole bench, as a long run does.
void createAgentTracing({ tracer }).run({ agent: { name: 'writer' } }, (started) => {
  run = started;
  return new Promise<never>(() => {});
});
const agentRun = run as unknown as AgentRun;

const work = async (): Promise<number> => 42;
const inRun = <T>(fn: () => T): T => context.with(agentRun.context, fn);
const step = (): Promise<number> => inRun(() => agentRun.step('draft', work));

compare({
  id: 'A1',
  title: 'a step around an async function',
  baseline: {
    name: 'bare startActiveSpan around it',
    run: () =>
      inRun(() =>
        tracer.startActiveSpan('step draft', async (span) => {
          try {
            return await work();
          } finally {
            span.end();
          }
        }),
      ),
  },
  ours: { name: 'run.step', run: step },
  floor: { timesTheTime: 1.2 },
  stretch: { timesTheTime: 1.1 },
});

compare({
  id: 'A1 same span',
  title: 'the same against a span that says as much',
  baseline: {
    name: 'startActiveSpan with the same attributes',
    run: () =>
      inRun(() =>
        tracer.startActiveSpan('step draft', { kind: SpanKind.INTERNAL }, async (span) => {
          span.setAttribute('llm_otel.step.index', 1);
          span.setAttribute('gen_ai.agent.name', 'writer');
          try {
            return await work();
          } finally {
            span.end();
          }
        }),
      ),
  },
  ours: { name: 'run.step', run: step },
});
