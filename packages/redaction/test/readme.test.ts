import { readFileSync } from 'node:fs';
import { readmeSnippets } from '@llm-otel/tooling/readme';
import { expect, test } from 'vitest';
import { detectorKinds } from '../src/detectors/all-detectors.ts';

readmeSnippets(`${import.meta.dirname}/..`);

test('every kind of finding stands in README.md', () => {
  const readme = readFileSync(`${import.meta.dirname}/../README.md`, 'utf8');

  expect([...detectorKinds].filter((kind) => !readme.includes(`\`${kind}\``))).toEqual([]);
});
