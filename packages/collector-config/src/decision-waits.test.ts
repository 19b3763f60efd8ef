import { productionPolicy, type SamplingPolicy } from '@llm-otel/sampling/policy';
import { expect, test } from 'vitest';
import { compile, RefusedError } from './index.ts';
import { decisionWaits } from './decision-waits.ts';

const everything: SamplingPolicy = { version: 1, rules: [{ name: 'all', keep: 'all' }] };
const exporters = [{ type: 'debug' }] as const;

function slow(minDurationMillis: number): SamplingPolicy {
  return { version: 1, rules: [{ name: 'slow', when: { minDurationMillis }, keep: 'all' }] };
}

test.each([
  ['everything is kept', everything, 30],
  ['a share is kept', { version: 1, rules: [{ name: 'x', keep: { ratio: 0.1 } }] }, 30],
  ['traces are judged', productionPolicy, 120],
  ['a short duration is asked for', slow(5), 120],
  ['a long duration is asked for', slow(600_000.5), 691],
  ['an endless duration is asked for', slow(1e15), 86_400],
] as const)('nobody says how long to wait, and %s', (_, policy, decisionWaitSeconds) => {
  expect(decisionWaits({}, policy)).toEqual({
    decisionWaitSeconds,
    decisionWaitAfterRootSeconds: 10,
  });
});

test.each([1, 5, 9])('a whole wait of %d s is that after the root as well', (whole) => {
  expect(decisionWaits({ decisionWaitSeconds: whole }, everything)).toEqual({
    decisionWaitSeconds: whole,
    decisionWaitAfterRootSeconds: whole,
  });
});

test.each([
  [{ decisionWaitSeconds: 0 }, 'fleet.decisionWaitSeconds is 0: use a whole number of at least 1'],
  [{ decisionWaitSeconds: 1.5 }, 'fleet.decisionWaitSeconds is 1.5'],
  [{ decisionWaitAfterRootSeconds: -1 }, 'fleet.decisionWaitAfterRootSeconds is -1'],
  [{ decisionWaitAfterRootSeconds: 31 }, 'is 31: use at most the whole wait, 30'],
])('%j', (fleet, message) => {
  expect(() => decisionWaits(fleet, everything)).toThrow(message);
});

test('a wait that the policy contradicts is refused, and emitted where approximations are allowed', () => {
  const input = { sampling: slow(6000), exporters, fleet: { decisionWaitSeconds: 6 } };

  expect(() => compile(input)).toThrow(RefusedError);
  expect(() => compile(input)).toThrow('set fleet.decisionWaitSeconds to more than 6, ');
  const { files } = compile(input, { allowApproximate: true });
  expect(files[1]?.text).toMatch(/# refused: when.minDurationMillis: .*\n.*name: slow/);
});

test.each(['errors-only', 'errors-and-10-percent', 'production', 'development'])(
  'the preset %s compiles without a word about waits, and says in its file how long it waits',
  (sampling) => {
    const { files, clauses } = compile({ sampling, exporters });

    expect(clauses.map(({ fidelity }) => fidelity)).not.toContain('refused');
    const judges = sampling !== 'development';
    const gateway = files[1]?.text ?? '';
    expect(gateway).toContain(`decision_wait: ${judges ? 120 : 30}s`);
    expect(gateway.includes('more than 120 s after the first span')).toBe(judges);
  },
);
