import { BASE62, URL64 } from '../engine/characters.ts';
import type { Detector, DetectorExamples } from './detector.ts';

/** A Terraform Cloud token: 14 characters, `.atlasv1.`, and 60 to 70 more. */
export const terraformToken: Detector = {
  kind: 'terraform_token',
  preset: 'secrets',
  anchors: ['.atlas'],
  insideWord: true,
  find(scan, start) {
    if (!scan.text.startsWith('.atlasv1.', start)) return false;
    const from = scan.runStart(BASE62, start, 14);
    const to = scan.runEnd(URL64, start + 9);
    return start - from === 14 && to - start >= 40 && scan.found('terraform_token', from, to);
  },
};

export const terraformTokenExamples: DetectorExamples = {
  finds: ['{b62:14}.atlasv1.{url64:60}a'],
  leaves: ['x.atlasv1.y', '{b62:14}.atlasv2.{url64:60}'],
};
