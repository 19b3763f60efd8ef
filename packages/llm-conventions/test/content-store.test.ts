import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Attributes } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createGenAi,
  type ContentStore,
  contentBudget,
  messagesFromOpenAiChat,
  moveMediaOut,
  outputFromAiSdk,
} from '../src/index.ts';
import { fileContentStore } from '../src/node/index.ts';
import { messageErrors } from './message-shapes.ts';
import { readableSpan } from './readable-span.ts';
import { recordSignals } from './record-signals.ts';

const picture = Buffer.from('a picture');
const sha256 = createHash('sha256').update(picture).digest('hex');

function messagesWith(...contents: string[]): unknown[] {
  const parts = contents.map((content) => ({
    type: 'blob',
    modality: 'image',
    mime_type: 'image/png',
    content,
  }));
  return [{ role: 'user', parts: [{ type: 'text', content: 'look' }, ...parts] }];
}

function memoryStore(): ContentStore & { readonly stored: string[] } {
  const stored: string[] = [];
  return {
    stored,
    put({ bytes }) {
      stored.push(Buffer.from(bytes).toString());
      return { uri: `mem:${stored.length}`, sha256: 'hash' };
    },
  };
}

function moved(store: ContentStore, attributes: Attributes): Attributes {
  return moveMediaOut(store).transform(readableSpan(attributes)).attributes;
}

describe('media', () => {
  test('becomes a reference with address, hash and length, and stays in the shape', () => {
    const store = memoryStore();
    const attributes = moved(store, {
      'gen_ai.input.messages': JSON.stringify(messagesWith(picture.toString('base64'))),
    });

    const messages: unknown = JSON.parse(String(attributes['gen_ai.input.messages']));
    expect(messageErrors(messages)).toEqual([]);
    expect(messages).toEqual([
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'look' },
          {
            type: 'uri',
            modality: 'image',
            mime_type: 'image/png',
            uri: 'mem:1',
            sha256: 'hash',
            byte_length: 9,
          },
        ],
      },
    ]);
    expect(attributes['llm_otel.content.references']).toEqual(['mem:1']);
    expect(store.stored).toEqual(['a picture']);
  });

  test('is found in structured values and in what tools answered', () => {
    const store = memoryStore();
    const attributes = moved(store, {
      'gen_ai.output.messages': messagesWith(picture.toString('base64')),
      'gen_ai.tool.call.result': JSON.stringify({
        pages: messagesWith(picture.toString('base64url')),
      }),
    });

    expect(attributes['gen_ai.output.messages']).toMatchObject([
      { parts: [{}, { type: 'uri', uri: 'mem:1' }] },
    ]);
    expect(String(attributes['gen_ai.tool.call.result'])).toContain('"uri":"mem:2"');
  });

  const base64 = picture.toString('base64');
  const stored = { type: 'uri', modality: 'image', mime_type: 'image/png', uri: 'mem:1' };
  test.each([
    [
      'MCP, a picture',
      { type: 'image', data: base64, mimeType: 'image/png' },
      { type: 'image', mimeType: 'image/png', data: stored },
    ],
    [
      'MCP, a resource',
      { type: 'resource', resource: { uri: 'file:///a.png', mimeType: 'image/png', blob: base64 } },
      { type: 'resource', resource: { uri: 'file:///a.png', mimeType: 'image/png', blob: stored } },
    ],
    [
      'Anthropic',
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: base64 } },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: stored } },
    ],
    [
      'the AI SDK',
      { type: 'media', data: base64, mediaType: 'image/png' },
      { type: 'media', mediaType: 'image/png', data: stored },
    ],
    [
      'a data URL',
      { image_url: { url: `data:image/png;base64,${base64}` } },
      { image_url: { url: 'mem:1' } },
    ],
  ])('in the result of a tool in the shape of another API is moved too: %s', (_, item, left) => {
    for (const asText of [true, false]) {
      const store = memoryStore();
      const result = { content: [{ type: 'text', text: 'here' }, item] };
      const attributes = moved(store, {
        'gen_ai.tool.call.result': asText ? JSON.stringify(result) : result,
      });

      const after = attributes['gen_ai.tool.call.result'];
      expect(asText ? JSON.parse(String(after)) : after).toMatchObject({
        content: [{ type: 'text', text: 'here' }, left],
      });
      expect(JSON.stringify(after)).not.toContain(base64);
      expect(store.stored).toEqual(['a picture']);
      expect(attributes['llm_otel.content.references']).toEqual(['mem:1']);
    }
  });

  const picturePng = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.alloc(80, 7)]);

  test.each([
    ['a Buffer', picturePng],
    ['an array of bytes', new Uint8Array(picturePng)],
    ['an ArrayBuffer', new Uint8Array(picturePng).buffer],
    ['a DataView', new DataView(new Uint8Array(picturePng).buffer)],
    ['a Buffer in JSON', JSON.parse(JSON.stringify(picturePng)) as unknown],
    ['a list with one', [{ name: 'p', file: picturePng }]],
    ['the answer of an image model', { data: [{ b64_json: picturePng.toString('base64') }] }],
    ['base64 beside a type', { mime_type: 'image/png', content: picturePng.toString('base64') }],
    ['base64 of a file', { mimeType: 'image/png', base64: picturePng.toString('base64') }],
  ])('%s that a tool answered with goes to the store', (_, result) => {
    const recording = recordSignals();
    const { tracer, meter } = recording;
    createGenAi({ tracer, meter, content: 'span' }).tool({ name: 'draw' }, () => result);
    const store = memoryStore();

    const { attributes } = moveMediaOut(store).transform(recording.spans()[0]!);

    const json = String(attributes['gen_ai.tool.call.result']);
    expect(json).toContain('"uri":"mem:1"');
    expect(json).toContain('"modality":"image"');
    expect(json).toContain('"mime_type":"image/png"');
    expect(json).toContain('"byte_length":84');
    expect(json.length).toBeLessThan(250);
    expect(store.stored).toEqual([picturePng.toString()]);
    // A log event has them structured.
    const structured = moved(memoryStore(), { 'gen_ai.tool.call.result': result });
    expect(JSON.stringify(structured['gen_ai.tool.call.result'])).toContain('"uri":"mem:1"');
  });

  test('words beside a type are not taken for base64', () => {
    const result = { mime_type: 'application/pdf', content: 'test', body: 'word', bytes: 'abcd' };
    const span = readableSpan({ 'gen_ai.tool.call.result': JSON.stringify(result) });

    expect(moveMediaOut(memoryStore()).transform(span)).toBe(span);
  });

  test('in such a shape that the store does not take is told by its length', () => {
    const result = {
      a: { data: base64, mimeType: 'image/png' },
      b: `data:image/png;base64,${base64}`,
    };
    const attributes = moved(
      { put: () => undefined },
      { 'gen_ai.tool.call.result': JSON.stringify(result) },
    );

    expect(JSON.parse(String(attributes['gen_ai.tool.call.result']))).toEqual({
      a: {
        data: { type: 'omitted', modality: 'image', mime_type: 'image/png', byte_length: 9 },
        mimeType: 'image/png',
      },
      b: '[omitted: 9 bytes]',
    });
  });

  test.each([
    { mimeType: 'text/plain', data: 'hell' },
    { mimeType: 'image/png', data: 'not base64!' },
    { data: base64 },
    { url: 'data:image/png;base64,not base64!' },
    { url: 'data:text/plain,hello' },
  ])('is not what only looks like it: %j', (result) => {
    const span = readableSpan({ 'gen_ai.tool.call.result': JSON.stringify(result) });

    expect(moveMediaOut(memoryStore()).transform(span)).toBe(span);
  });

  test.each([
    ['data:image/svg+xml,<svg/>', '<svg/>', 'image/svg+xml'],
    ['data:image/svg+xml;utf8,%3Csvg%2F%3E', '<svg/>', 'image/svg+xml'],
    ['data:text/plain;charset=utf-8,50%', '50%', 'text/plain'],
    ['data:text/plain;BASE64,aGk=', 'hi', 'text/plain'],
  ])('of a data URL of any encoding is a blob that can be moved: %s', (url, content, mime) => {
    const store = memoryStore();
    const messages = messagesFromOpenAiChat([
      { role: 'user', content: [{ type: 'image_url', image_url: { url } }] },
    ]);

    const attributes = moved(store, { 'gen_ai.input.messages': JSON.stringify(messages) });

    expect(JSON.parse(String(attributes['gen_ai.input.messages']))).toMatchObject([
      { parts: [{ type: 'uri', mime_type: mime }] },
    ]);
    expect(store.stored).toEqual([content]);
  });

  test('of a file that the AI SDK generated has its own MIME type', () => {
    const file = { mediaType: 'image/png', base64 };

    expect(outputFromAiSdk({ content: [{ type: 'file', file }] })[0]?.parts).toEqual([
      { type: 'blob', modality: 'image', mime_type: 'image/png', content: base64 },
    ]);
  });

  test('that is no base64 any more, because redaction was there, is left alone', () => {
    const store = memoryStore();
    const span = readableSpan({
      'gen_ai.input.messages': JSON.stringify(messagesWith('AAEC[REDACTED]')),
      'gen_ai.output.messages': 'no JSON with a "blob" in it',
    });

    expect(moveMediaOut(store).transform(span)).toBe(span);
    expect(store.stored).toEqual([]);
  });

  test('that the store does not take, or throws on, is told by its length', () => {
    const refusing = { put: () => undefined };
    const throwing = {
      put: (): never => {
        throw new Error('disk');
      },
    };
    for (const store of [refusing, throwing]) {
      const attributes = moved(store, {
        'gen_ai.input.messages': JSON.stringify(messagesWith(picture.toString('base64'))),
      });
      expect(String(attributes['gen_ai.input.messages'])).toContain(
        '{"type":"omitted","modality":"image","mime_type":"image/png","byte_length":9}',
      );
      expect(attributes).not.toHaveProperty('llm_otel.content.references');
    }
  });

  test('is moved out before the budget is counted, so that no message is cut for it', () => {
    const large = Buffer.alloc(100_000, 7).toString('base64');
    const span = readableSpan({ 'gen_ai.input.messages': JSON.stringify(messagesWith(large)) });
    const budget = contentBudget({ maxBytesPerAttribute: 1000 });

    const { attributes } = budget.transform(moveMediaOut(memoryStore()).transform(span));

    expect(attributes).not.toHaveProperty('llm_otel.content.truncated');
    expect(attributes['llm_otel.content.references']).toEqual(['mem:1']);
  });
});

describe('the file store', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'content-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const files = (): string[] =>
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .toSorted();

  test('keeps each content once, under its hash, where its address says, for its owner only', async () => {
    const store = fileContentStore({ directory: join(directory, 'new') });

    const first = store.put({ bytes: picture, mimeType: 'image/png' });
    const second = store.put({ bytes: picture, mimeType: 'image/png' });
    await store.flush();
    store.put({ bytes: picture, mimeType: 'image/png' });
    await store.flush();

    expect(second).toEqual(first);
    expect(first?.sha256).toBe(sha256);
    const path = fileURLToPath(first?.uri ?? '');
    expect(path.endsWith(join(sha256.slice(0, 2), `${sha256}.png`))).toBe(true);
    expect(readFileSync(path)).toEqual(picture);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(store.report()).toEqual({
      written: 1,
      refused: 0,
      failed: 0,
      evicted: 0,
      pendingBytes: 0,
    });
  });

  test('names its address after the server that serves the folder, where one is given', () => {
    const store = fileContentStore({ directory, uriPrefix: 'https://media.example.com/spans/' });

    expect(store.put({ bytes: picture, mimeType: '../../etc/passwd' })?.uri).toBe(
      `https://media.example.com/spans/${sha256.slice(0, 2)}/${sha256}.bin`,
    );
  });

  test('removes the oldest when it is full', async () => {
    const { clock } = recordSignals();
    const store = fileContentStore({ directory, maxBytes: 1000, clock });
    for (let n = 0; n < 30; n++) {
      clock.advance(1000);
      store.put({ bytes: Buffer.alloc(100, n) });
      await store.flush();
    }

    const left = files();
    expect(left.length).toBeLessThanOrEqual(10);
    const newest = createHash('sha256').update(Buffer.alloc(100, 29)).digest('hex');
    expect(left).toContain(`${newest}.bin`);
    expect(store.report()).toMatchObject({ written: 30, evicted: 30 - left.length });
  });

  test('removes what is too old, also what an earlier process left, and halves of files', async () => {
    const { clock } = recordSignals();
    const old = join(directory, 'aa', `${'aa'.repeat(32)}.png`);
    mkdirSync(join(directory, 'aa'));
    writeFileSync(old, 'old');
    utimesSync(old, 1_000_000, 1_000_000);
    writeFileSync(`${old}.1.part`, 'half');
    writeFileSync(join(directory, 'aa', 'README'), 'of somebody else');

    const store = fileContentStore({ directory, clock });
    store.put({ bytes: picture });
    await store.flush();

    expect(files()).toEqual([`${sha256}.bin`, 'README'].toSorted());
    expect(store.report().evicted).toBe(1);
  });

  test('writes again what somebody removed', async () => {
    const store = fileContentStore({ directory });
    store.put({ bytes: picture });
    await store.flush();
    rmSync(directory, { recursive: true });

    store.put({ bytes: picture });
    await store.flush();

    expect(files()).toEqual([`${sha256}.bin`]);
  });

  test('takes no more than may wait, and tells how much it refused', async () => {
    const store = fileContentStore({ directory, maxPendingBytes: 150 });

    const taken = [1, 2].map((n) => store.put({ bytes: Buffer.alloc(100, n) }) !== undefined);
    await store.flush();

    expect(taken).toEqual([true, false]);
    expect(store.report()).toMatchObject({ written: 1, refused: 1, pendingBytes: 0 });
    expect(store.put({ bytes: Buffer.alloc(100, 2) })).toBeDefined();
    await store.flush();
  });

  test('survives a folder that cannot be written, and counts', async () => {
    const file = join(directory, 'file');
    writeFileSync(file, '');
    const store = fileContentStore({ directory: join(file, 'below') });

    expect(store.put({ bytes: picture })).toBeDefined();
    await store.flush();

    expect(store.report()).toMatchObject({ written: 0, failed: 1, pendingBytes: 0 });
  });

  test('tells what is wrong with its options', () => {
    expect(() => fileContentStore({ directory: '' })).toThrow('use the path of a folder');
    expect(() => fileContentStore({ directory, maxBytes: 0.5 })).toThrow(
      'maxBytes is 0.5: use a positive whole number',
    );
  });
});
