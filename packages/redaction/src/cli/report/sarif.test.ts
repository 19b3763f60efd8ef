import { expect, test } from 'vitest';
import type { Finding } from '../finding.ts';
import { sarif } from './sarif.ts';

const finding: Finding = {
  kind: 'openai_api_key',
  file: 'a b/spans#1.jsonl',
  line: 2,
  where: 'desk, span 1 of trace 2, note',
  count: 3,
};

/** Members that the JSON schema of SARIF 2.1.0 asks for or allows, for what we write. */
const schema: Readonly<Record<string, { required: string[]; allowed: string[] }>> = {
  log: { required: ['version', 'runs'], allowed: ['$schema'] },
  run: { required: ['tool'], allowed: ['results', 'invocations'] },
  driver: { required: ['name'], allowed: ['rules'] },
  rule: { required: ['id'], allowed: ['shortDescription', 'help', 'defaultConfiguration'] },
  invocation: { required: ['executionSuccessful'], allowed: ['toolExecutionNotifications'] },
  notification: { required: ['message'], allowed: ['level', 'locations'] },
  result: {
    required: ['message'],
    allowed: [
      'ruleId',
      'ruleIndex',
      'level',
      'occurrenceCount',
      'partialFingerprints',
      'locations',
    ],
  },
  location: { required: [], allowed: ['physicalLocation', 'logicalLocations'] },
  physicalLocation: { required: ['artifactLocation'], allowed: ['region'] },
};

function check(name: string, value: object): void {
  const { required, allowed } = schema[name]!;
  expect(Object.keys(value)).toEqual(expect.arrayContaining(required));
  expect([...required, ...allowed]).toEqual(expect.arrayContaining(Object.keys(value)));
}

interface Log {
  runs: {
    tool: { driver: { rules: { id: string }[] } };
    invocations: { executionSuccessful: boolean; toolExecutionNotifications: object[] }[];
    results: {
      ruleId: string;
      ruleIndex: number;
      level: string;
      occurrenceCount: number;
      locations: { physicalLocation: { artifactLocation: { uri: string }; region?: object } }[];
    }[];
  }[];
}

test('every object has the members that the schema of SARIF 2.1.0 asks for, and no other', () => {
  const whole: Finding = { ...finding, kind: 'email_address', line: undefined };
  const log = JSON.parse(sarif([finding, whole], ['c.bin'])) as Log;
  const run = log.runs[0]!;

  check('log', log);
  check('run', run);
  check('driver', run.tool.driver);
  for (const rule of run.tool.driver.rules) check('rule', rule);
  for (const invocation of run.invocations) {
    check('invocation', invocation);
    for (const notification of invocation.toolExecutionNotifications)
      check('notification', notification);
  }
  expect(run.invocations[0]).toMatchObject({ executionSuccessful: false });
  for (const result of run.results) {
    check('result', result);
    expect(run.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    expect(['none', 'note', 'warning', 'error']).toContain(result.level);
    expect(result.occurrenceCount).toBeGreaterThanOrEqual(1);
    for (const location of result.locations) {
      check('location', location);
      check('physicalLocation', location.physicalLocation);
    }
  }
  // Lines count from 1 and are left out where there are none; names become relative URIs.
  expect(run.results.map(({ locations }) => locations[0]!.physicalLocation)).toEqual([
    { artifactLocation: { uri: 'a%20b/spans%231.jsonl' }, region: { startLine: 2 } },
    { artifactLocation: { uri: 'a%20b/spans%231.jsonl' } },
  ]);
});

test('nothing found is a run without results', () => {
  const { runs } = JSON.parse(sarif([])) as Log;

  expect(runs[0]).toMatchObject({ results: [], invocations: [{ executionSuccessful: true }] });
});
