import { join } from 'node:path';
import { context } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import { checkConformance, runEveryOperation } from '../src/conformance.ts';
import { createGenAi, mainAgentAttributes } from '../src/index.ts';
import { recordSignals } from './record-signals.ts';
import { type Recorded, renderMatrix } from './render-matrix.ts';

afterEach(() => context.disable());

/** Names of attributes, gathered for each key. */
class Gathered extends Map<string, Set<string>> {
  add(key: string, attributes: object): void {
    const names = this.get(key) ?? new Set();
    for (const name of Object.keys(attributes)) names.add(name);
    this.set(key, names);
  }
}

async function recordEverything(): Promise<Recorded> {
  const recording = recordSignals();
  await runEveryOperation(createGenAi({ ...recording, content: 'both', exceptions: 'both' }));
  const [spans, metrics, events] = [new Gathered(), new Gathered(), new Gathered()];
  const failed = new Set<string>();
  for (const span of recording.spans()) {
    const atStart = recording.atStart.get(span.spanContext().spanId);
    const { type = '', passed } = checkConformance(span, { content: true, atStart });
    spans.add(type, span.attributes);
    if (!passed) failed.add(type);
  }
  for (const { metric, attributes } of await recording.points()) metrics.add(metric, attributes);
  for (const { eventName = '', attributes } of recording.events())
    events.add(eventName, attributes);
  const agent = mainAgentAttributes({ id: 'a', name: 'n', description: 'd' });
  return {
    spans,
    metrics,
    events,
    passed: new Set([...spans.keys()].filter((type) => !failed.has(type))),
    resource: new Set(Object.keys(agent)),
  };
}

test('docs/genai-conventions.md says what is recorded of the conventions, and nothing is left unexplained', async () => {
  const { text, unexplained } = renderMatrix(await recordEverything());

  expect(unexplained).toEqual([]);
  await expect(text).toMatchFileSnapshot(
    join(import.meta.dirname, '../../../docs/genai-conventions.md'),
  );
});
