import { ATTR_GEN_AI_INPUT_MESSAGES, ATTR_GEN_AI_WORKFLOW_NAME } from '@llm-otel/llm-conventions';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type OtlpSink,
  startModelEmulator,
  startOtlpSink,
  unreachableUrl,
} from '@llm-otel/testing';
import { Child } from './child.ts';
import type { ProcessReport } from './child-messages.ts';
import { emulatorScripts } from './emulator-scripts.ts';
import { type Check, checkRun } from './report/checks.ts';
import { domainMetrics, type MetricFact } from './report/metric-lines.ts';
import { toTraceSpan } from './report/trace-spans.ts';
import { startRelay } from './relay.ts';
import { SECRETS } from './ticket.ts';
import type { TraceSpan } from './waterfall/trace-tree.ts';

export interface DemoResult {
  /** The spans of the ticket's trace, as they arrived. */
  readonly trace: readonly TraceSpan[];
  /** The customer's text as the receiver has it. */
  readonly ticketAsRecorded: string;
  readonly answer: string;
  readonly processes: readonly ProcessReport[];
  /** What the applications measured of their own work. */
  readonly metrics: readonly MetricFact[];
  readonly checks: readonly Check[];
}

/**
 * Runs the support desk once, from the ticket to the ledger, and checks what it promises.
 * @param to URL of a receiver that gets everything as well
 */
export async function runDemo(progress: (step: string) => void, to?: string): Promise<DemoResult> {
  const folder = mkdtempSync(join(tmpdir(), 'llm-otel-demo-'));
  const sink = await startOtlpSink();
  const relay = to === undefined ? undefined : await startRelay(sink.url, to);
  const emulator = await startModelEmulator({ scripts: emulatorScripts() });
  const children: Child[] = [];
  const start = (name: string, environment: Record<string, string> = {}): Child => {
    const child = new Child(name, new URL(`./${name}.js`, import.meta.url), {
      OTEL_EXPORTER_OTLP_ENDPOINT: relay?.url ?? sink.url,
      DEMO_DATABASE: join(folder, 'desk.sqlite'),
      DEMO_EMULATOR_URL: emulator.url,
      ...environment,
    });
    children.push(child);
    return child;
  };

  try {
    progress(`receiver on ${sink.url}, model emulator on ${emulator.url}`);
    const billing = start('billing');
    const { port } = await billing.said('ready');
    const worker = start('worker');
    await worker.said('ready');
    progress('billing service and worker are up');

    // From here to the end of the research nothing can be delivered.
    sink.answer({ status: 503 });
    progress(
      'the receiver answers 503 from now on, on purpose: until it is back, the processes say that their exports fail',
    );
    const desk = start('desk', {
      DEMO_BILLING_URL: `http://127.0.0.1:${port}`,
      DEMO_RATES_URL: await unreachableUrl(),
    });
    await desk.said('milestone', 'research-done');
    await refusedOnce(sink);
    sink.recover();
    progress('research done while the receiver was down; it is back, and gets what it missed');

    const { answer } = await desk.said('milestone', 'answered');
    progress('ticket answered');
    const processes: ProcessReport[] = [];
    for (const child of [desk, billing, worker]) processes.push(await child.stop());
    progress('processes stopped, their spans flushed');
    await relay?.close();
    if (relay !== undefined) {
      progress(relay.problem ?? `${relay.relayed} requests sent to ${to} as well`);
    }

    return result(sink, processes, answer ?? '');
  } finally {
    for (const child of children) child.kill();
    await relay?.close();
    await emulator.close();
    await sink.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Until an export was refused: an outage that nobody noticed would prove nothing. */
function refusedOnce(sink: OtlpSink): Promise<void> {
  return sink.waitFor(({ requests }) => requests.some(({ status }) => status === 503), 15_000);
}

function result(sink: OtlpSink, processes: readonly ProcessReport[], answer: string): DemoResult {
  const received = sink.spans.map(toTraceSpan);
  const root = received.find(
    ({ attributes }) => attributes[ATTR_GEN_AI_WORKFLOW_NAME] === 'answer_ticket',
  );
  const trace = received.filter(({ traceId }) => traceId === root?.traceId);
  const receivedText = asText([sink.spans, sink.metrics, sink.logs]);
  const emulated = !process.env.OPENAI_API_KEY && !process.env.ANTHROPIC_API_KEY;
  const metrics = domainMetrics(sink.metrics);
  const checks = checkRun({
    processes,
    received,
    trace,
    duplicates: sink.duplicateSpans.length,
    refusedRequests: sink.requests.filter(({ status }) => status === 503).length,
    receivedText,
    secrets: SECRETS,
    emulated,
    metrics,
  });
  return { trace, ticketAsRecorded: ticketIn(trace), answer, processes, metrics, checks };
}

/** The customer's words in the first prompt that holds them. */
function ticketIn(trace: readonly TraceSpan[]): string {
  for (const { attributes } of trace) {
    const messages = attributes[ATTR_GEN_AI_INPUT_MESSAGES];
    if (typeof messages !== 'string') continue;
    for (const { role, parts } of JSON.parse(messages) as {
      role: string;
      parts: { content?: string }[];
    }[]) {
      const content = parts[0]?.content;
      if (role === 'user' && content?.startsWith('Ticket ')) return content;
    }
  }
  return 'not recorded';
}

function asText(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? item.toString() : item,
  );
}
