import { expect, test } from 'vitest';
import { knownReleases } from './known-releases.ts';

test('a release that is not known is told once, whatever the number of files that are loaded of it', () => {
  const warnings: string[] = [];
  const isKnown = knownReleases('openai', { from: '5.0.0', below: '8.0.0' }, (why) =>
    warnings.push(why),
  );

  expect(
    ['7.57.0', undefined, '4.9.0', '4.9.0', '8.0.0'].map((version) => isKnown(version)),
  ).toEqual([true, true, false, false, false]);
  expect(warnings).toEqual([
    'openai 4.9.0 is not observed: this release knows >=5.0.0 <8.0.0',
    'openai 8.0.0 is not observed: this release knows >=5.0.0 <8.0.0',
  ]);
});
