import { expect, test } from 'vitest';
import { createRedactor } from '../src/index.ts';
import { cleanValues, optInPositives, positives, unseenPositives } from './corpus/corpus.ts';
import { Draw } from './corpus/draw.ts';
import { documentedValues } from './documented-values.ts';

const ROUNDS = 12_000;
const JOINTS =
  '|| |\n|, |"|\'|; |&|/|//|:|=|}|\\n|\\"|\t|(| ) |.|@|{"a":"|-|_|+|%3D|><|`|[|]|?'.split('|');

/** Texts of the corpus, cut and glued together anywhere: what is found in one makes a boundary in the next. */
test('redacting twice is the same as once, of texts that were cut and glued together', () => {
  const draw = new Draw(83);
  const texts = [
    ...[...positives(), ...optInPositives(), ...unseenPositives()].map(({ text }) => text),
    ...cleanValues().map(({ value }) => value),
    ...Object.values(documentedValues)
      .flat()
      .map((form) => draw.form(form)),
  ];
  const redactors = [
    createRedactor({ version: 1, presets: ['secrets', 'pii'] }),
    createRedactor({
      version: 1,
      presets: ['strict'],
      detectors: { add: ['national_ids', 'crypto', 'location'] },
    }),
  ];

  function piece(): string {
    const text = draw.pick(texts);
    const at = draw.int(0, text.length);
    const cut = draw.int(0, 5);
    if (cut === 0) return text.slice(at);
    if (cut === 1) return text.slice(0, at);
    return cut === 2 ? text.slice(0, at) + draw.pick(JOINTS) + text.slice(at) : text;
  }

  const changed: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { redact } = redactors[round % 2]!;
    let text = piece();
    for (let more = draw.int(0, 3); more > 0; more--) text += draw.pick(JOINTS) + piece();
    const once = redact(text);
    if (redact(once) !== once) changed.push(text);
  }

  expect(changed).toEqual([]);
});
