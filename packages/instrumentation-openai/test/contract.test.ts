import { setImmediate } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/testing';
import { describe, expect, test } from 'vitest';
import { cases, type ContractCase, type ExpectedSpan } from './contract/cases.ts';
import { type Major, majors } from './contract/majors.ts';
import { runCase, runObserved } from './contract/run-case.ts';
import { renderScoreboard, type Score } from './contract/scoreboard.ts';

const same = new Set<string>();
const right = new Set<string>();
const keyOf = (major: Major, { name }: ContractCase): string => `${major.name} ${name}`;

describe.each(majors)('$name', (major) => {
  describe.each(cases)('$name', (contractCase) => {
    test('the application cannot tell the observed client from the bare one', async () => {
      const bare = await runCase(contractCase, major);
      const { recorder: _, ...observed } = await runObserved(contractCase, major);

      expect(observed).toEqual(bare);
      same.add(keyOf(major, contractCase));
    });

    test('one span for each model call, ended once and right', async () => {
      const { recorder } = await runObserved(contractCase, major);
      if (contractCase.spans.some(({ atCollection }) => atCollection))
        await collectGarbageUntil(() => recorder.openSpans.length === 0);

      expect(recorder.openSpans).toEqual([]);
      expect(recorder.spans.map((span) => factsOf(span))).toEqual(
        contractCase.spans.map((expected) => expect.objectContaining(expectedFacts(expected))),
      );
      right.add(keyOf(major, contractCase));
    });
  });
});

test('the scoreboard in docs is what this run gives', async () => {
  const scoreOf = (contractCase: ContractCase, major: Major): Score => ({
    same: same.has(keyOf(major, contractCase)),
    spans: right.has(keyOf(major, contractCase)),
  });

  await expect(renderScoreboard(cases, majors, scoreOf)).toMatchFileSnapshot(
    `${import.meta.dirname}/../../../docs/scoreboard-openai.md`,
  );
});

function factsOf({ name, status, attributes }: ReadableSpan): Record<string, unknown> {
  return {
    name,
    failed: status.code === SpanStatusCode.ERROR,
    errorType: attributes['error.type'],
    outcome: attributes['llm_otel.stream.outcome'],
    tokens: [attributes['gen_ai.usage.input_tokens'], attributes['gen_ai.usage.output_tokens']],
    finishReasons: attributes['gen_ai.response.finish_reasons'],
    firstChunk: attributes['gen_ai.response.time_to_first_chunk'] !== undefined,
  };
}

function expectedFacts(expected: ExpectedSpan): Record<string, unknown> {
  const { atCollection: _, ...facts } = expected;
  return { failed: expected.errorType !== undefined, errorType: undefined, ...facts };
}

/** Collects garbage, a turn of the loop each time, so that finalizers run. */
async function collectGarbageUntil(done: () => boolean): Promise<void> {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  for (let turn = 0; turn < 200 && !done(); turn++) {
    collect();
    await setImmediate();
  }
}
