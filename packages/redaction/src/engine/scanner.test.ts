import * as fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import type { Detector } from '../detectors/detector.ts';
import { createRedactor } from '../redactor.ts';
import { Scanner } from './scanner.ts';
import { TextUnits } from './text-units.ts';

afterEach(() => vi.unstubAllGlobals());

function detector(anchor: string, insideWord = true): Detector {
  return {
    kind: anchor,
    preset: 'secrets',
    anchors: [anchor],
    insideWord,
    find: (scan, start, end) => scan.found(anchor, start, end),
  };
}

function scannerOf(...anchors: readonly string[]): Scanner {
  return new Scanner({
    anchored: anchors.map((anchor) => detector(anchor)),
    digits: [],
    passes: [],
  });
}

/** Where the anchors stand, found the plain way: the earliest first, none overlapping. */
function expectedPlaces(text: string, anchors: readonly string[]): (readonly [number, number])[] {
  const folded = text.toLowerCase().replaceAll('_', '-');
  const places: (readonly [number, number])[] = [];
  for (let at = 0; at < text.length;) {
    const anchor = anchors.find((anchor) => folded.startsWith(anchor, at));
    if (anchor !== undefined) places.push([at, at + anchor.length]);
    at += anchor?.length ?? 1;
  }
  return places;
}

const anchor = fc.stringMatching(/^[a-c@:.-]{1,6}$/);

test('an anchor of words is found behind whatever is no letter or digit, and behind an escape', () => {
  const scanner = new Scanner({ anchored: [detector('skx', false)], digits: [], passes: [] });

  for (const before of [
    '',
    ' ',
    '"',
    "'",
    '`',
    '(',
    '.',
    'é',
    '密',
    String.raw`\n`,
    '%3A',
    '\u001b[31m',
  ])
    for (const head of ['', 'a', 'ab', 'abc'])
      expect(scanner.find(`${head}${before}skx`) ?? [], head + before).toHaveLength(
        before === '' && head !== '' ? 0 : 1,
      );
});

test('every anchor is found across the parts in which a long text is loaded, whatever its letters', () => {
  const anchors = ['пароль', '密码', 'secret', '@', 'sk-'];
  const scanner = scannerOf(...anchors);
  for (const anchor of anchors)
    for (const filler of ['.', 'é', 'x.'])
      for (let at = 32_755; at < 32_775; at++) {
        const text = `${filler.repeat(at).slice(0, at)}${anchor}${filler.repeat(70_000)}`;

        expect(scanner.find(text), `${anchor} at ${at}`).toEqual([
          { kind: anchor, from: at, to: at + anchor.length },
        ]);
      }
});

test('every anchor is found at every place, as by a plain search', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anchor, { minLength: 1, maxLength: 6 }),
      fc.stringMatching(/^[a-cA-C@:._-]{0,60}$/),
      (anchors, text) => {
        // Where one starts with another, the shorter one is met first.
        const own = anchors.filter(
          (one) => !anchors.some((other) => other !== one && one.startsWith(other)),
        );

        const found = scannerOf(...own).find(text) ?? [];

        expect(found.map(({ from, to }) => [from, to])).toEqual(expectedPlaces(text, own));
      },
    ),
    { numRuns: 1000 },
  );
});

test('an anchor is found on both sides of the end of a chunk, and across it', () => {
  const scanner = scannerOf('anchor', 'x@');
  const chunk = 32_768;

  for (let place = chunk - 20; place < chunk + 20; place++) {
    const text = `${' '.repeat(place)}anchor x@${' '.repeat(chunk)}anchor`;

    expect(scanner.find(text)?.map(({ from }) => from)).toEqual([
      place,
      place + 7,
      place + 9 + chunk,
    ]);
  }
});

test('anchors that start alike are told apart', () => {
  const scanner = scannerOf('sk-', 'sk-ant-', 'skip');

  expect(scanner.find('sk-ant-1 skip')?.map(({ kind }) => kind)).toEqual(['sk-', 'skip']);
});

test('a detector that may not start inside a word is asked only at the start of one', () => {
  const scanner = new Scanner({ anchored: [detector('key-', false)], digits: [], passes: [] });

  const places = scanner.find(String.raw`monkey-key- \nkey- %3Dkey- \u0022key- x%zzkey-`);

  expect(places?.map(({ from }) => from)).toEqual([7, 14, 22, 33]);
});

test('without a native copy the same is found', () => {
  vi.stubGlobal('Buffer', undefined);
  const units = new TextUnits();
  const text = `${'é'.repeat(200)}…`;

  units.load(text, 0);

  expect(String.fromCharCode(...units.units.subarray(0, units.count))).toBe(text);
  expect(scannerOf('anchor').find(`${text}anchor`)).toHaveLength(1);
});

test('without a native copy numbers are found in every part of a long text', () => {
  vi.stubGlobal('Buffer', undefined);
  const { redact } = createRedactor({ version: 1, presets: ['pii'] });
  const filler = 'word '.repeat(20_000);

  expect(redact(`4111111111111111 ${filler}`)).toBe(`[REDACTED:credit_card] ${filler}`);
});

test('more anchors than fit into 16-bit tables are found all the same', () => {
  const many = Array.from(
    { length: 4000 },
    (_, index) => `${index.toString(36).padStart(3, 'z')}-${'x'.repeat(8)}`,
  );
  const scanner = scannerOf(...many);

  expect(scanner.find(`a ${many[3]} b ${many[3999]} c`)).toHaveLength(2);
});

test('a letter whose capital is two letters does not stand for the first of them', () => {
  const scanner = scannerOf('größe', 'sk-');

  expect(scanner.find('SK-1 GRÖSSE größe')?.map(({ from }) => from)).toEqual([0, 12]);
});
