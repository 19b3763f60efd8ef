import { diag } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { afterEach, expect, test } from 'vitest';
import { containFailures } from './contain-failures.ts';
import type { SpanProcessor } from './sdk-types.ts';

const logged: string[] = [];
const ignore = (): void => undefined;
afterEach(() => {
  diag.disable();
  logged.length = 0;
});

const broken: SpanProcessor = {
  onStart() {
    throw new Error('start');
  },
  onEnding() {
    throw new Error('ending');
  },
  onEnd() {
    throw new Error('end');
  },
  forceFlush: () => Promise.reject(new Error('flush')),
  shutdown: () => Promise.reject(new Error('shutdown')),
};

test('a processor that throws reaches neither the application nor the processors behind it, and is told once', () => {
  diag.setLogger({
    error: (message) => logged.push(message),
    warn: ignore,
    info: ignore,
    debug: ignore,
    verbose: ignore,
  });
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    spanProcessors: [containFailures(broken, 'mine'), new SimpleSpanProcessor({ exporter })],
  });

  for (let at = 0; at < 3; at++) provider.getTracer('test').startSpan('work').end();

  expect(exporter.getFinishedSpans()).toHaveLength(3);
  expect(logged.map((line) => /on\w+ of mine/.exec(line)?.[0])).toEqual([
    'onStart of mine',
    'onEnding of mine',
    'onEnd of mine',
  ]);
});

test('a flush or shutdown that fails is told to who asked', async () => {
  const contained = containFailures(broken, 'mine');

  await expect(contained.forceFlush()).rejects.toThrow('flush');
  await expect(contained.shutdown()).rejects.toThrow('shutdown');
});
