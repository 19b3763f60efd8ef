// Files that are moved out of spans: what is in the store has passed redaction, and what redaction cannot read is not in it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadableSpan, SpanProcessor } from '@llm-otel/core';
import { moveMediaOut, normaliseDialects } from '@llm-otel/llm-conventions';
import { fileContentStore } from '@llm-otel/llm-conventions/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRedactor, redactSpans } from '../src/index.ts';
import { exportedSpans } from './exported-spans.ts';
import { openAiKey } from './made-secrets.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'content-store-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function normalised(span: ReadableSpan): ReadableSpan {
  const ended: ReadableSpan[] = [];
  const next = { onEnd: (one: ReadableSpan) => void ended.push(one) };
  const stage = normaliseDialects()(next, { sampledOut() {}, dropped() {} });
  (stage as Pick<SpanProcessor, 'onEnd'>).onEnd(span);
  return ended[0]!;
}

/** What is on the span and what is in the store after the three stages. */
async function leaves(attributes: Readonly<Record<string, string>>): Promise<{
  readonly span: string;
  readonly files: readonly Buffer[];
}> {
  const [span] = await exportedSpans({ version: 1, enabled: false }, (tracer) =>
    tracer.startSpan('chat', { attributes }).end(),
  );
  const store = fileContentStore({ directory });
  const redacted = redactSpans(createRedactor()).transform(normalised(span!));
  const moved = moveMediaOut(store).transform(redacted);
  await store.flush();
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile());
  return { span: JSON.stringify(moved.attributes), files: files.map((path) => readFileSync(path)) };
}

function holdsKey(bytes: Buffer): boolean {
  return bytes.toString('latin1').replaceAll('\0', '').includes(openAiKey);
}

function isKept({ span, files }: Awaited<ReturnType<typeof leaves>>): boolean {
  const runs = span.match(/[A-Za-z0-9+/]{40,}/g) ?? [];
  return [Buffer.from(span), ...files, ...runs.map((run) => Buffer.from(run, 'base64'))].some(
    holdsKey,
  );
}

const key = Buffer.from(openAiKey);
const bytes = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));
const russian = 'Отчёт о погоде в Осло. '.repeat(9);
const files: readonly (readonly [name: string, file: Buffer])[] = [
  ['a line break first', bytes('\n\nimport os\nKEY = ', openAiKey)],
  ['a tab first', bytes('\tMy notes: ', openAiKey)],
  ['colours of a terminal', bytes('\x1b[31merror\x1b[0m key ', openAiKey, '\n')],
  ['a form feed', bytes('page 1\f', openAiKey)],
  ['zeros between names', bytes('src/a.ts\0.env ', openAiKey, '\0')],
  ['Western letters', Buffer.from(`größe;schlüssel\r\n1;${openAiKey}\r\n`, 'latin1')],
  ['Cyrillic letters of Windows', bytes([0xcf, 0xe0, 0xf0, 32], openAiKey, [32, 0xea])],
  ['Chinese letters of GBK', bytes([0xc3, 0xdc, 0xc2, 0xeb], openAiKey, [0xa1, 0xa3])],
  ['letters of Shift-JIS', bytes([0x83, 0x70, 0x83, 0x58, 0x83, 0x8f], openAiKey)],
  ['UTF-16', Buffer.from(`the key ${openAiKey} is ours`, 'utf16le')],
  ['UTF-16, Russian', Buffer.from(`${russian}${openAiKey} ${russian}`, 'utf16le')],
  ['UTF-16, big endian', Buffer.from(`${russian}${openAiKey} ${russian}`, 'utf16le').swap16()],
  ['a picture with a comment', bytes([0x89, 0x50, 0x4e, 0x47, 0, 1, 2], openAiKey, [0, 0, 0xff])],
];

describe.each(files)('a file with %s', (_, file) => {
  test.each([
    'text/plain',
    'text/csv; charset=windows-1251',
    'text/plain; charset=gbk',
    'application/json',
    'application/octet-stream',
    'image/png',
    '',
  ])('and a key in it leaves without the key as %s', async (type) => {
    expect(holdsKey(file)).toBe(true);
    const content = file.toString('base64');
    const mime = type === '' ? undefined : type;
    const part = { type: 'blob', modality: 'document', mime_type: mime, content };
    for (const attributes of [
      { 'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [part] }]) },
      { 'gen_ai.tool.call.result': JSON.stringify({ mimeType: mime, data: content }) },
      { 'gen_ai.tool.call.result': JSON.stringify({ url: `data:${type};base64,${content}` }) },
    ])
      expect(isKept(await leaves(attributes))).toBe(false);
  });
});

test('a picture is in the store as long as it was, without what was found in it', async () => {
  const picture = bytes([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0], openAiKey, [0, 0, 0xff]);
  const part = { type: 'blob', modality: 'image', content: picture.toString('base64') };
  const { files: stored } = await leaves({
    'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [part] }]),
  });

  expect(stored).toEqual([
    bytes([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0], '*'.repeat(key.length), [0, 0, 0xff]),
  ]);
});
