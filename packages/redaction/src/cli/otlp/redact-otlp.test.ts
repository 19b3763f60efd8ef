import { expect, test } from 'vitest';
import { createRedactor, type Redactor } from '../../redactor.ts';
import { DecodedEdits } from './decoded-edits.ts';
import { redactOtlp } from './redact-otlp.ts';

const text = (stringValue: string) => ({ stringValue });
const SAID = text('the quick brown fox');
const redactor = createRedactor({ version: 1, prompts: false });
function redacted(request: Readonly<Record<string, unknown>>, by: Redactor = redactor): unknown {
  const edits = new DecodedEdits();
  const copy = structuredClone(request);
  redactOtlp(copy, by, edits, () => undefined);
  edits.finish();
  return edits.changed ? copy : request;
}

test('content in recorded events of spans goes by the name of the event', () => {
  const event = (name: string, attributes: readonly unknown[]) => ({
    resourceSpans: [{ scopeSpans: [{ spans: [{ events: [{ name, attributes }] }] }] }],
  });
  const said = { key: 'content', value: SAID };
  const role = { key: 'role', value: text('user') };

  expect(redacted(event('gen_ai.user.message', [said, role]))).toEqual(
    event('gen_ai.user.message', [role]),
  );
  const kept = event('gen_ai.choice', [said, role]);
  expect(redacted(kept)).toBe(kept);
});

test.each([
  ['the name of the event', { eventName: 'gen_ai.user.message' }],
  [
    'the attribute of before',
    { attributes: [{ key: 'event.name', value: text('gen_ai.user.message') }] },
  ],
])('content in recorded log records goes by %s', (_, record) => {
  const logs = (body: unknown) => ({
    resourceLogs: [{ scopeLogs: [{ logRecords: [{ ...record, body }] }] }],
  });

  expect(redacted(logs(SAID))).toEqual(logs({}));
  const map = (values: readonly unknown[]) => logs({ kvlistValue: { values } });
  const role = { key: 'role', value: text('user') };
  expect(redacted(map([role, { key: 'content', value: SAID }]))).toEqual(map([role]));
});

test('keys of attributes and of maps that become the same are told apart', () => {
  const pii = createRedactor({ version: 1, presets: ['pii'] });
  const members = (...keys: readonly string[]) => keys.map((key) => ({ key, value: SAID }));
  const span = (keys: readonly string[]) => ({
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              {
                attributes: [
                  ...members(...keys),
                  { key: 'm', value: { kvlistValue: { values: members(...keys) } } },
                ],
              },
            ],
          },
        ],
      },
    ],
  });
  const mail = '[REDACTED:email_address]';

  expect(redacted(span(['ada@corp.io', 'bob@corp.io', 'total']), pii)).toEqual(
    span([mail, `${mail} 2`, 'total']),
  );
});
