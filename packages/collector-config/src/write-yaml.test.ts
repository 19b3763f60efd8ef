import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { compile } from './index.ts';
import { writeYaml } from './write-yaml.ts';

const hostile = [
  'next\u0085line',
  'line\u2028separator',
  'paragraph\u2029separator',
  'bell\u0007',
  'delete\u007f',
  'mark\uFEFF',
  'return\rfeed\nend',
  'nul\0',
];

test.each(hostile)('%j comes back from a pattern, and stands in no file as it is', (text) => {
  const { files } = compile(
    {
      sampling: {
        version: 1,
        rules: [
          { name: 'odd', when: { name: text, attributes: { [text]: text } }, keep: 'all' },
          { name: 'others', keep: 'none' },
        ],
      },
      exporters: [{ type: 'debug' }],
    },
    {},
  );
  for (const { text: written } of files) {
    expect(written).not.toMatch(/[^\n\P{Cc}]|[\u2028\u2029\uFEFF]/u);
    expect(written.split('\n').filter((line) => line.startsWith('separator'))).toEqual([]);
  }
  const gateway = files.find(({ path }) => path === 'gateway.yaml')?.text ?? '';
  expect(JSON.stringify(parse(gateway))).toContain(
    JSON.stringify(JSON.stringify(text)).slice(1, -1),
  );
});

test('whatever the settings and the comments are, they are read back as they were', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostile));
  fc.assert(
    fc.property(fc.dictionary(text, text), text, (settings, comment) => {
      const comments = new Map(Object.keys(settings).map((key) => [key, comment]));
      const yaml = writeYaml({ header: [comment], settings, comments });

      expect(parse(yaml)).toEqual(settings);
    }),
  );
});
