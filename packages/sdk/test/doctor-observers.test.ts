import { expect, test } from 'vitest';
import { ApplicationFolder } from './application-folder.ts';

const JSON_OFFLINE = ['--offline', '--json'];
const OURS = '@llm-otel/instrumentation-openai';
const THEIRS = '@opentelemetry/instrumentation-openai';
const COLLECTION = '@opentelemetry/auto-instrumentations-node';
// As patches are marked, upstream's and ours.
const PATCH = `
  import { OpenAI } from 'openai';
  const mark = Symbol('llm-otel original');
  const { prototype } = OpenAI.Chat;
  const theirs = (original) => Object.assign(() => {}, { __wrapped: true, __original: original });
  const ours = (original) => Object.assign(() => {}, { [mark]: original });
`;

function applicationWith(openai: string, dependencies: readonly string[]): ApplicationFolder {
  const named = Object.fromEntries(['openai', ...dependencies].map((name) => [name, '*']));
  const application = new ApplicationFolder({ dependencies: named });
  application.stub(
    'openai',
    openai,
    {},
    'export class OpenAI {}; OpenAI.Chat = class { create() {} };',
  );
  for (const name of [...dependencies, THEIRS]) application.stub(name, '1.0.0');
  application.install('@opentelemetry/api@1.10');
  return application;
}

test('the collection of OpenTelemetry brings a second observer, where that knows the client', async () => {
  using six = applicationWith('6.49.0', [OURS, COLLECTION]);
  using seven = applicationWith('7.59.0', [OURS, COLLECTION]);

  const { findings } = await six.doctor(JSON_OFFLINE);

  expect(findings.map(({ id }) => id)).toEqual(['double-instrumentation']);
  expect(findings[0]?.what).toContain(`${OURS} and by ${THEIRS}`);
  expect((await seven.doctor(JSON_OFFLINE)).ids).toEqual([]);
});

test('what a process has found on the client wins over what is installed', async () => {
  using six = applicationWith('6.49.0', [OURS, THEIRS]);
  using seven = applicationWith('7.59.0', [THEIRS]);
  const idsWith = async (application: ApplicationFolder, patch: string) => {
    application.write('telemetry.js', `${PATCH}\nprototype.create = ${patch};`);
    const { ids } = await application.doctor([...JSON_OFFLINE, '--import', './telemetry.js']);
    return ids.filter((id) => /client-out|double/.test(id));
  };

  expect(await idsWith(six, 'ours(prototype.create)')).toEqual([]);
  expect(await idsWith(six, 'theirs(ours(prototype.create))')).toEqual(['double-instrumentation']);
  expect(await idsWith(seven, 'ours(prototype.create)')).toEqual([]);
  expect(await idsWith(seven, 'prototype.create')).toEqual(['client-out-of-range']);
});
