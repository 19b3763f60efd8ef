import type { RecordedRequest } from '@llm-otel/core';
import type { ByteSource } from './byte-source.ts';
import type { Damage } from './damage.ts';
import { jsonRequest } from './signal-of-request.ts';

// Node.js makes no text of more than half a gigabyte; a request of a tenth of it was not meant to be one.
const LONGEST_LINE = 64 * 1024 * 1024;

/** OTLP/JSON: a request a line, or one request or a list of them over many lines. Other JSON is passed over. */
export async function* jsonRequests(
  source: ByteSource,
  damage: Damage,
): AsyncGenerator<RecordedRequest> {
  const first = await source.line(LONGEST_LINE);
  if (first === undefined) return;
  const json = parse(first);
  if (json.ok) {
    yield* requestsIn(json.value, 'line 1');
    yield* lines(source, 2, damage);
    return;
  }
  // Its first line is no JSON: printed over many lines, or lines of which the first is damaged.
  const read = [first];
  let size = first.length;
  while (size < LONGEST_LINE) {
    const line = await source.line(LONGEST_LINE);
    if (line === undefined) break;
    read.push(line);
    size += line.length + 1;
  }
  const whole = parse(Buffer.concat(read.flatMap((line) => [line, NEW_LINE])));
  if (whole.ok) {
    yield* requestsIn(whole.value, 'request 1');
    return;
  }
  for (const [at, line] of read.entries()) yield* requestsOfLine(line, at + 1, damage);
  yield* lines(source, read.length + 1, damage);
}

const NEW_LINE = Uint8Array.of(0x0a);

async function* lines(
  source: ByteSource,
  from: number,
  damage: Damage,
): AsyncGenerator<RecordedRequest> {
  for (let number = from; ; number++) {
    const line = await source.line(LONGEST_LINE);
    if (line === undefined) return;
    yield* requestsOfLine(line, number, damage);
  }
}

function* requestsOfLine(
  line: Uint8Array,
  number: number,
  damage: Damage,
): Generator<RecordedRequest> {
  const json = parse(line);
  if (json.ok) yield* requestsIn(json.value, `line ${number}`);
  else damage.add(`line ${number} is no JSON: ${json.reason}`);
}

function* requestsIn(json: unknown, place: string): Generator<RecordedRequest> {
  for (const one of Array.isArray(json) ? (json as readonly unknown[]) : [json]) {
    const found = jsonRequest(one);
    if (found !== undefined) yield { ...found, place };
  }
}

type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string };

function parse(line: Uint8Array): Parsed {
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8').trim();
  if (text === '') return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return { ok: false, reason: (error as Error).message };
  }
}
