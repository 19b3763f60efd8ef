import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const size = 100 * 1024;
const sdkFolder = join(import.meta.dirname, '../node_modules/@opentelemetry/sdk-trace/dist');

/** 100 KB of `text` as one flat string: a slice or a rope would slow down the baseline and us by different shares. */
function repeated(text: string): string {
  return flat(text.repeat(Math.ceil(size / text.length)).slice(0, size));
}

/** The same text in one piece. */
export function flat(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

/** A generator with a fixed seed, so that every run measures the same text. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = seeded(7);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;

const words =
  'the customer asked whether an order that was paid in March could still be changed and the agent looked it up in the billing service then answered with a short summary of what had happened so far because nobody else knew'.split(
    ' ',
  );
function sentence(): string {
  const body = Array.from({ length: 8 + Math.floor(random() * 12) }, () => pick(words)).join(' ');
  return `${body[0]!.toUpperCase()}${body.slice(1)}${pick(['.', '.', '?', ', or so it seemed.'])} `;
}

/** English sentences without digits. */
export const prose: string = repeated(Array.from({ length: 600 }, sentence).join(''));

/** Sources of the OpenTelemetry SDK: code as it stands in prompts. Not our own, which is full of names of secrets. */
export const code: string = repeated(
  globSync('**/*.mjs', { cwd: sdkFolder })
    .toSorted()
    .map((file) => readFileSync(join(sdkFolder, file), 'utf8'))
    .join('\n'),
);

const hex = (length: number): string =>
  Array.from({ length }, () => pick('0123456789abcdef'.split(''))).join('');

/** A list of spans with messages, as a back end returns it: ids, times, counts, short texts. */
export const json: string = flat(
  JSON.stringify(
    Array.from({ length: 190 }, (_, index) => ({
      traceId: hex(32),
      spanId: hex(16),
      name: pick(['chat gpt-4.1', 'execute_tool search', 'invoke_agent researcher']),
      startTimeUnixNano: String(1_763_000_000_000_000_000n + BigInt(index) * 1_234_567n),
      durationMs: Math.round(random() * 90_000) / 100,
      usage: {
        input_tokens: Math.floor(random() * 4000),
        output_tokens: Math.floor(random() * 900),
      },
      messages: [
        { role: 'user', parts: [{ type: 'text', content: sentence().trim() }] },
        {
          role: 'assistant',
          parts: [{ type: 'text', content: sentence().trim() }],
          finish_reason: 'stop',
        },
      ],
    })),
  ).slice(0, size),
);

/** Attribute values of 4 to 73 characters with nothing to hide. */
export const cleanValues: readonly string[] = [
  'chat',
  'openai',
  'gpt-4.1-mini-2025-04-14',
  'execute_tool search_orders',
  'chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT',
  '/v1/chat/completions',
  'https://api.example.com/v1/conversations/42/messages?limit=20',
  'application/json; charset=utf-8',
  '4bf92f3577b34da6a3ce929d0e0e4736',
  'The order was shipped on Tuesday and should arrive by the weekend, at last',
];

const joined = (...parts: readonly string[]): string => parts.join('');

/** Values of the same size, each with one secret. Put together here, so that no scanner finds one in the file. */
export const secretValues: readonly string[] = [
  joined('key is sk', '-proj-', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6'),
  joined('AKI', 'A', 'Z7QK3MWX5T2RBNDF in use'),
  joined('mail to ada.lovelace', '@', 'example.com please'),
  joined('password', '=', 'hunter2hunter2 was set'),
  joined('card 4111', ' 1111 1111 ', '1111 declined'),
  joined('gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'),
  joined('postgres://app:', 's3cr3tpw', '@db.internal:5432/orders'),
  joined('Bearer ', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4'),
];
