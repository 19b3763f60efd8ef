// Holds a tail sampler under load: `node test/long/soak.ts [seconds]`. 5,000 spans a second of the SDK, in waves that
// go over the byte limit. Prints figures as `result: …` and exits with 1 where a bound does not hold.
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { type Context, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { seededRandom } from '@llm-otel/testing';
import { headSampler, samplingPolicy, tailSampling } from '@llm-otel/sampling';
import { productionPolicy } from '@llm-otel/sampling/policy';
import type { TailBuffer } from '../../src/tail/tail-buffer.ts';

const SPANS_PER_SECOND = 5000;
const SPANS_PER_TRACE = 8;
const OPEN_TRACES = 1000;
const STEP_MILLIS = 10;
const MAX_BYTES = 32 * 1024 * 1024;
const LONGEST_DELAY_MILLIS = 10;
const DELAY_RESOLUTION_MILLIS = 1;
const PROMPT = 'Write a short answer to the ticket below, in the language it was written in. ';

interface OpenTrace {
  readonly root: Span;
  readonly context: Context;
  left: number;
}

const seconds = Number(process.argv[2] ?? 600);
const random = seededRandom('soak');
const policy = samplingPolicy(productionPolicy);
const counts = { ended: 0, kept: 0, sampledOut: 0, dropped: 0 };
const buffer = tailSampling(policy, { maxBytes: MAX_BYTES })(
  { onEnd: () => void counts.kept++ },
  {
    sampledOut: (_, spans) => void (counts.sampledOut += spans),
    dropped: (_, spans) => void (counts.dropped += spans),
  },
) as TailBuffer;
const provider = new TracerProvider({
  sampler: headSampler(policy, { tail: true }),
  spanProcessors: [
    {
      onStart: () => undefined,
      onEnd(span) {
        counts.ended++;
        buffer.onEnd(span);
      },
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    },
  ],
});
const tracer = provider.getTracer('soak');
const open: OpenTrace[] = [];
const problems = new Set<string>();
let peakBytes = 0;
let peakHeap = 0;

function begin(): OpenTrace {
  const root = tracer.startSpan('invoke_agent writer', { root: true });
  // One in a thousand goes on without ever ending.
  const left = random.next() < 0.001 ? Infinity : SPANS_PER_TRACE - 1;
  return { root, context: trace.setSpan(ROOT_CONTEXT, root), left };
}

function endOne(heavy: boolean): void {
  const at = random.integer(OPEN_TRACES);
  const one = (open[at] ??= begin());
  if (one.left-- <= 0) {
    one.root.end();
    open[at] = begin();
    return;
  }
  const span = tracer.startSpan('chat gpt-5-mini', {}, one.context);
  span.setAttributes({
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'gpt-5-mini',
    'gen_ai.usage.input_tokens': 800,
    'gen_ai.usage.output_tokens': 120,
    'llm_otel.cost.micro_usd': 900,
    'gen_ai.input.messages': PROMPT.repeat(heavy ? 200 : 20),
  });
  if (random.next() < 0.002) span.setStatus({ code: 2 });
  span.end();
}

function look(): void {
  peakBytes = Math.max(peakBytes, buffer.heldBytes());
  peakHeap = Math.max(peakHeap, process.memoryUsage().heapUsed);
  if (buffer.heldBytes() > MAX_BYTES) problems.add('the byte limit did not hold');
  const known = counts.kept + counts.sampledOut + counts.dropped + buffer.heldSpans();
  if (known !== counts.ended)
    problems.add(`${counts.ended} spans ended, ${known} are accounted for`);
}

const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MILLIS });
// A thread that does nothing waits for as long as the machine makes it: that part is not ours.
const idleThread = new Worker(
  `const { parentPort } = require('node:worker_threads');
   const delay = require('node:perf_hooks').monitorEventLoopDelay({ resolution: ${DELAY_RESOLUTION_MILLIS} });
   delay.enable();
   parentPort.once('message', () => parentPort.postMessage(delay.percentile(99)));`,
  { eval: true },
);
const started = performance.now();
let due = 0;
delay.enable();
const timer = setInterval(() => {
  const elapsed = performance.now() - started;
  // 20 seconds of every minute with prompts of 15 kB, which is more than there is room for.
  const heavy = Math.floor(elapsed / 1000) % 60 >= 40 || seconds < 60;
  for (const until = (elapsed * SPANS_PER_SECOND) / 1000; due < until; due++) endOne(heavy);
  look();
  if (elapsed < seconds * 1000) return;
  clearInterval(timer);
  delay.disable();
  idleThread.once('message', (nanos: number) => finish(elapsed, nanos));
  // A thread, not a window.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  idleThread.postMessage('stop');
}, STEP_MILLIS);

function finish(millis: number, idleNanos: number): void {
  buffer.drain();
  const { decisions } = buffer.stats();
  look();
  buffer.close();
  const machine = idleNanos / 1e6 - DELAY_RESOLUTION_MILLIS;
  const p99 = delay.percentile(99) / 1e6 - DELAY_RESOLUTION_MILLIS;
  const rate = Math.round((counts.ended / millis) * 1000);
  result(`${counts.ended} spans in ${Math.round(millis / 1000)} s, ${rate} a second`);
  result(`${counts.kept} kept, ${counts.sampledOut} left out, ${counts.dropped} dropped`);
  result(
    `at most ${mebibytes(peakBytes)} of ${mebibytes(MAX_BYTES)} held, heap ${mebibytes(peakHeap)}`,
  );
  result(
    `loop delay p99 ${p99.toFixed(1)} ms, in a thread that does nothing ${machine.toFixed(1)} ms`,
  );
  result(`decisions ${JSON.stringify(decisions)}`);
  if (seconds >= 60 && p99 - machine > LONGEST_DELAY_MILLIS)
    problems.add(`loop delay p99 ${p99.toFixed(1)} ms`);
  for (const problem of problems) result(`FAILED ${problem}`);
  process.exitCode = problems.size === 0 ? 0 : 1;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

function result(text: string): void {
  process.stdout.write(`result: ${text}\n`);
}
