import * as fc from 'fast-check';
import { parseTraceParent } from '@opentelemetry/core';
import { describe, expect, test } from 'vitest';
import { formatTraceparent, parseTraceparent } from './traceparent.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';
const VALID = `00-${TRACE_ID}-${SPAN_ID}-01`;

describe('traceparent_parsing_valid', () => {
  test('traceparent_parsing_valid: the ids and the flags are read and the context is remote', () => {
    expect(parseTraceparent(VALID)).toEqual({
      traceId: TRACE_ID,
      spanId: SPAN_ID,
      traceFlags: 1,
      isRemote: true,
    });
  });

  test.each([
    ['00', 0],
    ['01', 1],
    ['02', 2],
    ['03', 3],
    ['04', 0],
    ['fd', 1],
    ['ff', 3],
  ])('flags %s are read as %i: sampled and random are kept, others cleared', (text, flags) => {
    expect(parseTraceparent(`00-${TRACE_ID}-${SPAN_ID}-${text}`)?.traceFlags).toBe(flags);
  });

  test.each(['01', 'cc', 'fe', '0f', '10'])('a header of version %s is read by its prefix', (v) => {
    const prefix = `${v}-${TRACE_ID}-${SPAN_ID}-01`;

    expect(parseTraceparent(prefix)?.traceId).toBe(TRACE_ID);
    expect(parseTraceparent(`${prefix}-what-the-future-brings`)?.spanId).toBe(SPAN_ID);
  });

  test('a header of a later version is passed on as version 00', () => {
    const parsed = parseTraceparent(`cc-${TRACE_ID}-${SPAN_ID}-07-more`);

    expect(parsed && formatTraceparent(parsed)).toBe(`00-${TRACE_ID}-${SPAN_ID}-03`);
  });

  test.each([` ${VALID}`, `${VALID}\t`, `\t ${VALID} \t `])(
    'white space around %j is skipped',
    (text) => {
      expect(parseTraceparent(text)?.traceId).toBe(TRACE_ID);
    },
  );
});

describe('traceparent_parsing_invalid_version', () => {
  test.each(['ff', 'FF', '0', '000', 'g0', '0g', '.0', '-0', '  ', '0C'])(
    'traceparent_parsing_invalid_version: version %j is refused',
    (version) => {
      expect(parseTraceparent(`${version}-${TRACE_ID}-${SPAN_ID}-01`)).toBeUndefined();
    },
  );

  test.each(['.', 'x', '0', ' '])(
    'a later version that goes on with %j and no dash is refused',
    (next) => {
      expect(parseTraceparent(`cc-${TRACE_ID}-${SPAN_ID}-01${next}x`)).toBeUndefined();
    },
  );
});

describe('traceparent_parsing_invalid_length', () => {
  test.each([
    ['nothing', ''],
    ['one character less', VALID.slice(0, -1)],
    ['one character more', `${VALID}0`],
    ['a further part', `${VALID}-00`],
    ['a dash at the end', `${VALID}-`],
    ['no flags', VALID.slice(0, 52)],
    ['a short trace id', `00-${TRACE_ID.slice(1)}-${SPAN_ID}-01`],
    ['a long trace id', `00-${TRACE_ID}0-${SPAN_ID}-01`],
    ['a short span id', `00-${TRACE_ID}-${SPAN_ID.slice(1)}-01`],
    ['a long span id', `00-${TRACE_ID}-${SPAN_ID}0-01`],
    ['flags of one digit', `00-${TRACE_ID}-${SPAN_ID}-1`],
    ['only blanks', ' '.repeat(60)],
  ])('traceparent_parsing_invalid_length: %s is refused', (_, header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });
});

describe('traceparent_parsing_invalid_chars', () => {
  test.each([
    ['upper case in the trace id', VALID.replace('a', 'A')],
    ['upper case in the span id', `00-${TRACE_ID}-B7ad6b7169203331-01`],
    ['upper case flags', `00-${TRACE_ID}-${SPAN_ID}-0A`],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-${SPAN_ID}-01`],
    ['a span id of zeros', `00-${TRACE_ID}-${'0'.repeat(16)}-01`],
    ['a letter past f', VALID.replace('a', 'g')],
    ['another separator', VALID.replaceAll('-', '_')],
    ['a character past ASCII', VALID.replace('a', 'é')],
    ['a character past Latin 1', VALID.replace('a', '\u0661')],
    ['a line break at the end', `${VALID.slice(0, -1)}\n`],
    ['a line break after the end', `${VALID}\n`],
    ['letters as flags', `00-${TRACE_ID}-${SPAN_ID}-zz`],
  ])('traceparent_parsing_invalid_chars: %s is refused', (_, header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });

  test('each character outside 0-9 and a-f is refused at each place of an id', () => {
    for (let code = 0; code < 300; code++) {
      const character = String.fromCharCode(code);
      if ('0123456789abcdef'.includes(character)) continue;
      for (const place of [3, 7, 20, 34, 36, 51, 53, 54]) {
        const header = VALID.slice(0, place) + character + VALID.slice(place + 1);
        expect(parseTraceparent(header), JSON.stringify(header)).toBeUndefined();
      }
    }
  });
});

describe('formatTraceparent', () => {
  const valid = { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1 };

  test.each([
    [0, '00'],
    [1, '01'],
    [3, '03'],
    [0x11, '01'],
    [0xff, '03'],
    [0x1ff, '03'],
    [-1, '03'],
    [Number.NaN, '00'],
  ])('flags %d are written as %s', (traceFlags, text) => {
    expect(formatTraceparent({ ...valid, traceFlags })).toBe(`00-${TRACE_ID}-${SPAN_ID}-${text}`);
  });

  test.each([
    { ...valid, traceId: '' },
    { ...valid, traceId: '0'.repeat(32) },
    { ...valid, traceId: TRACE_ID.toUpperCase() },
    { ...valid, traceId: `${TRACE_ID.slice(2)}\r\n` },
    { ...valid, traceId: 42 as unknown as string },
    { ...valid, spanId: '0'.repeat(16) },
    { ...valid, spanId: SPAN_ID.slice(1) },
    { ...valid, spanId: undefined as unknown as string },
  ])('an invalid id is not written: %j', (spanContext) => {
    expect(formatTraceparent(spanContext)).toBeUndefined();
  });

  test('a parsed context that was changed afterwards is written as it is now', () => {
    const parsed = parseTraceparent(VALID);
    if (parsed === undefined) throw new Error('not parsed');

    Object.assign(parsed, { traceFlags: 0 });
    expect(formatTraceparent(parsed)).toBe(`${VALID.slice(0, -1)}0`);
    Object.assign(parsed, { spanId: '1'.repeat(16) });
    expect(formatTraceparent(parsed)).toBe(`00-${TRACE_ID}-${'1'.repeat(16)}-00`);
    expect(formatTraceparent({ ...parsed, traceFlags: 3 })).toMatch(/-03$/);
  });
});

describe('properties', () => {
  const hex = (length: number) =>
    fc
      .string({
        unit: fc.constantFrom(...'0123456789abcdef'.split('')),
        minLength: length,
        maxLength: length,
      })
      .filter((id) => !/^0+$/.test(id));
  const headers = fc
    .tuple(hex(32), hex(16), fc.constantFrom('00', '01', '02', '03'))
    .map((parts) => `00-${parts.join('-')}`);

  test('what is parsed is formatted to the same header', () => {
    fc.assert(
      fc.property(headers, (header) => {
        const parsed = parseTraceparent(header);
        expect(parsed && formatTraceparent(parsed)).toBe(header);
        // Without what the parser remembers.
        expect(parsed && formatTraceparent({ ...parsed })).toBe(header);
      }),
    );
  });

  test('no string makes it throw, and what it accepts it writes as version 00', () => {
    const nearly = fc
      .tuple(headers, fc.nat(60), fc.string({ unit: 'binary', maxLength: 3 }))
      .map(([header, at, text]) => header.slice(0, at) + text + header.slice(at + 1));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), nearly), (header) => {
        const parsed = parseTraceparent(header);
        if (parsed === undefined) return;
        expect(formatTraceparent({ ...parsed })).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]$/);
      }),
      { numRuns: 2000 },
    );
  });

  test('it agrees with the stock parser wherever the specification leaves no doubt', () => {
    const nearly = fc
      .tuple(headers, fc.nat(54), fc.constantFrom(...'0aAfFgG-_. \n'.split('')))
      .map(([header, at, character]) => header.slice(0, at) + character + header.slice(at + 1));
    fc.assert(
      fc.property(nearly, (header) => {
        // The stock parser takes any single white space at both ends, line breaks too.
        fc.pre(header === header.trim());
        const stock = parseTraceParent(header);
        const ours = parseTraceparent(header);
        expect(ours === undefined).toBe(stock === null);
        expect(ours?.traceId).toBe(stock?.traceId);
        expect(ours?.spanId).toBe(stock?.spanId);
        expect(ours?.traceFlags).toBe(stock === null ? undefined : stock.traceFlags & 3);
      }),
      { numRuns: 2000 },
    );
  });
});
