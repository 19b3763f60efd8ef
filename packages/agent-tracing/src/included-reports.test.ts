import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IncludedReports } from './included-reports.ts';
import type { UsageReport } from './usage-report.ts';

const nothing = {
  inputTokens: 0,
  outputTokens: 0,
  microUsd: 0,
  ownMicroUsd: 0,
  steps: 0,
  totalSteps: 0,
  inferenceCalls: 0,
  toolCalls: 0,
};

const reportsOf = (id: string): fc.Arbitrary<UsageReport[]> =>
  // What a part reports while it works: amounts that only grow.
  fc.array(fc.nat(1000), { minLength: 1, maxLength: 5 }).map((steps) => {
    let tokens = 0;
    return steps.map((more) => {
      tokens += more;
      return { ...nothing, id, of: 'part' as const, inputTokens: tokens, toolCalls: more };
    });
  });

describe('reports of usage', () => {
  test('count each amount once, however often and in whatever order they come, also over a checkpoint', () => {
    const parts = fc
      .integer({ min: 1, max: 5 })
      .chain((count) =>
        fc.tuple(...Array.from({ length: count }, (_, index) => reportsOf(`part-${index}`))),
      );
    fc.assert(
      fc.property(parts, fc.infiniteStream(fc.nat()), fc.nat(10), (reports, random, pauseAt) => {
        const deliveries = [...reports.flat(), ...reports.flat()]
          .map((report) => ({ report, order: random.next().value as number }))
          .toSorted((a, b) => a.order - b.order);
        let included = new IncludedReports();
        let tokens = 0;
        for (const [index, { report }] of deliveries.entries()) {
          if (index === pauseAt)
            included = new IncludedReports(
              JSON.parse(JSON.stringify(included.latest)) as UsageReport[],
            );
          tokens += included.take(report).inputTokens;
        }

        const last = reports.map((ofPart) => ofPart.at(-1)?.inputTokens ?? 0);
        expect(tokens).toBe(last.reduce((sum, one) => sum + one, 0));
      }),
    );
  });

  test('may hold anything: amounts that are none count as nothing', () => {
    const included = new IncludedReports();
    const odd = {
      id: 'p',
      of: 'nonsense',
      inputTokens: -1,
      outputTokens: Number.NaN,
      microUsd: '7',
      steps: Number.POSITIVE_INFINITY,
      inferenceCalls: null,
      toolCalls: 2,
    };

    expect(included.take(odd as never)).toEqual({ ...nothing, id: 'p', of: 'part', toolCalls: 2 });
  });

  test.each([undefined, null, {}, { id: '' }, { id: 7 }, { id: 'x'.repeat(300) }])(
    'that are none are refused: %j',
    (report) => {
      expect(() => new IncludedReports().take(report as never)).toThrow(TypeError);
    },
  );

  test('may be missing from a checkpoint', () => {
    expect(new IncludedReports().latest).toEqual([]);
    expect(new IncludedReports(null).latest).toEqual([]);
  });

  test('are remembered of so many parts, and those beyond are not counted at all', () => {
    const included = new IncludedReports();
    const report = (id: string): UsageReport => ({ ...nothing, id, of: 'part', steps: 1 });
    for (let index = 0; index < 10_000; index++) included.take(report(`part ${index}`));

    expect(() => included.take(report('one more'))).toThrow(RangeError);
    expect(included.take(report('part 1')).steps).toBe(0);
    expect(included.latest).toHaveLength(10_000);
  });
});
